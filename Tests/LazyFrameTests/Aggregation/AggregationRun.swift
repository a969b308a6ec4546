import Columnar
import TestSupport
import Testing

@testable import LazyFrame

/// The states of one aggregate for the groups of some rows, as the group-by keeps them.
struct AggregationRun {
  private let aggregate: ResolvedAggregate
  let accumulator: any Accumulator
  /// The groups of the rows, numbered by their place here.
  private(set) var labels: [Int] = []

  init(_ function: AggregateFunction, _ types: [DType]) throws {
    let signature = try AggregateSignature.resolve(function, types)
    let inputs = types.map { ResolvedExpression.column("x", $0) }
    self.init(ResolvedAggregate(name: "result", function: function, inputs: inputs, type: signature.result))
  }

  private init(_ aggregate: ResolvedAggregate) {
    self.aggregate = aggregate
    accumulator = aggregate.makeAccumulator()
  }

  /// Adds a batch. Runs of one group are at times cut in two.
  mutating func update(_ sample: AggregationSample, _ rows: Range<Int>, _ numbers: inout SplitMix64) throws {
    var groups: [UInt32] = []
    var starts: [UInt32] = []
    for row in rows {
      let group = UInt32(number(of: sample.groups[row]))
      if groups.last != group || numbers.next(below: 50) == 0 {
        groups.append(group)
        starts.append(UInt32(row - rows.lowerBound))
      }
    }
    starts.append(UInt32(rows.count))
    accumulator.grow(to: labels.count)
    let columns = try sample.columns(rows)
    // Buffers keep the memory of an empty batch alive too.
    let (groupBuffer, startBuffer) = (Buffer(groups), Buffer(starts))
    try withExtendedLifetime((groupBuffer, startBuffer)) {
      try accumulator.update(
        columns, GroupRuns(groups: groupBuffer.pointer, starts: startBuffer.pointer, count: groups.count))
    }
  }

  /// Merges runs as the group-by does: into a state that is empty at first, in order.
  static func merged(_ runs: [AggregationRun]) -> AggregationRun {
    var result = AggregationRun(runs[0].aggregate)
    for run in runs {
      run.accumulator.seal(groupCount: run.labels.count)
      let sources = Buffer((0..<run.labels.count).map { UInt32($0) })
      let targets = Buffer(run.labels.map { UInt32(result.number(of: $0)) })
      result.accumulator.grow(to: result.labels.count)
      withExtendedLifetime((sources, targets)) {
        let pairs = GroupPairs(sources: sources.pointer, targets: targets.pointer, count: sources.count)
        result.accumulator.merge(run.accumulator, pairs)
      }
    }
    return result
  }

  private mutating func number(of label: Int) -> Int {
    if let number = labels.firstIndex(of: label) { return number }
    labels.append(label)
    return labels.count - 1
  }

  /// The result of each group, by its label.
  func finish() throws -> (type: DType, values: [Int: Value]) {
    let column = try accumulator.finish(labels.count)
    #expect(column.count == labels.count)
    let values = labels.indices.map { (labels[$0], column[$0]) }
    return (column.type, Dictionary(uniqueKeysWithValues: values))
  }
}
