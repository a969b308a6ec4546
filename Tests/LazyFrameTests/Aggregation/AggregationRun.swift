import Columnar
import TestSupport
import Testing

@testable import LazyFrame

/// The states of one aggregate for the groups of some rows, as the group-by keeps them.
final class AggregationRun {
  private let aggregate: ResolvedAggregate
  private let resultType: DType
  private let accumulator: any Accumulator
  private var table: GroupTable
  /// The groups of the rows, numbered by their place here.
  private(set) var labels: [Int] = []

  convenience init(_ function: AggregateFunction, _ types: [DType]) throws {
    let signature = try AggregateSignature.resolve(function, types)
    let inputs = signature.inputs.map { ResolvedExpression.column("x", $0) }
    self.init(
      ResolvedAggregate(name: "result", function: function, inputs: inputs, filter: nil, type: signature.computed),
      signature.result)
  }

  private init(_ aggregate: ResolvedAggregate, _ resultType: DType) {
    self.aggregate = aggregate
    self.resultType = resultType
    accumulator = aggregate.makeAccumulator()
    table = GroupTable(GroupLayout(wordCount: 1, stateSizes: [accumulator.stateSize]))
  }

  /// Adds a batch. Runs of one group are at times cut in two.
  func update(_ sample: AggregationSample, _ rows: Range<Int>, _ numbers: inout SplitMix64) throws {
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
    let columns = try zip(sample.columns(rows), aggregate.inputs).map { CastKernels.cast($0, to: $1.type) }
    // Buffers keep the memory of an empty batch alive too.
    let (groupBuffer, startBuffer) = (Buffer(groups), Buffer(starts))
    try withExtendedLifetime((groupBuffer, startBuffer)) {
      try accumulator.update(
        columns, GroupRuns(groups: groupBuffer.pointer, starts: startBuffer.pointer, count: groups.count),
        table.states(of: 0))
    }
  }

  /// Merges runs as the group-by does: into a state that is empty at first, in order. Sealing turns the numbers round.
  static func merged(_ runs: [AggregationRun]) -> AggregationRun {
    let result = AggregationRun(runs[0].aggregate, runs[0].resultType)
    for run in runs {
      let count = run.labels.count
      let numbers = (0..<count).map { UInt32(count - 1 - $0) }
      numbers.withUnsafeBufferPointer {
        run.table.renumber($0)
        run.accumulator.seal($0)
      }
      run.labels.reverse()
      let sources = Buffer((0..<count).map { UInt32($0) })
      let targets = Buffer(run.labels.map { UInt32(result.number(of: $0)) })
      withExtendedLifetime((sources, targets)) {
        let pairs = GroupPairs(sources: sources.pointer, targets: targets.pointer, count: count)
        result.accumulator.merge(
          run.accumulator, pairs, from: run.table.states(of: 0), into: result.table.states(of: 0))
      }
    }
    return result
  }

  private func number(of label: Int) -> Int {
    let group = withUnsafePointer(to: UInt64(bitPattern: Int64(label))) {
      table.findOrAdd($0, KeyHash.hash($0, count: 1))
    }
    if group == labels.count { labels.append(label) }
    return group
  }

  /// The result of each group, by its label.
  func finish() throws -> (type: DType, values: [Int: Value]) {
    let column = CastKernels.cast(
      try accumulator.finish(labels.count, table.states(of: 0)), to: resultType)
    #expect(column.count == labels.count)
    let values = labels.indices.map { (labels[$0], column[$0]) }
    return (column.type, Dictionary(uniqueKeysWithValues: values))
  }
}
