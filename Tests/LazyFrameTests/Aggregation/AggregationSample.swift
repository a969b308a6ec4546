import Columnar
import TestSupport
import Testing

@testable import LazyFrame

/// The inputs of an aggregate, row by row, and the group of each row.
struct AggregationSample {
  var types: [DType]
  var inputs: [[Value]]
  var groups: [Int]

  var rowCount: Int { groups.count }

  /// One group of all rows.
  init(_ type: DType, _ values: [Value]) {
    (types, inputs, groups) = ([type], [values], values.map { _ in 0 })
  }

  /// Random rows with ties, in runs of neighbours, with no, some or only nulls.
  init(_ types: [DType], rowCount: Int, _ numbers: inout SplitMix64, value: (DType, inout SplitMix64) -> Value) {
    self.types = types
    let nullRate = [0, 0, 5, 90, 100][numbers.next(below: 5)]
    inputs = types.map { type in
      (0..<rowCount).map { _ in numbers.next(below: 100) < nullRate ? .null : value(type, &numbers) }
    }
    let groupCount = 1 + numbers.next(below: 20)
    let runLength = [1, 3, 300][numbers.next(below: 3)]
    groups = []
    while groups.count < rowCount {
      let length = min(1 + numbers.next(below: runLength), rowCount - groups.count)
      groups += Array(repeating: numbers.next(below: groupCount), count: length)
    }
  }

  func columns(_ rows: Range<Int>) throws -> [Column] {
    try zip(types, inputs).map { type, values in try #require(Column(type, Array(values[rows]))) }
  }

  /// Random partitions, each of random batches. Some batches are empty.
  func split(_ numbers: inout SplitMix64) -> [[Range<Int>]] {
    var partitions: [[Range<Int>]] = [[]]
    var start = 0
    while start < rowCount {
      let end = min(rowCount, start + numbers.next(below: [3, 100, 1000][numbers.next(below: 3)]))
      partitions[partitions.count - 1].append(start..<end)
      if numbers.next(below: 3) == 0 { partitions.append([]) }
      start = end
    }
    return partitions
  }
}

extension AggregationSample {
  /// The aggregate of each group, of random partitions and batches.
  func aggregate(_ function: AggregateFunction, seed: Int) throws -> [Int: Value] {
    var numbers = SplitMix64(seed: seed)
    let runs = try split(&numbers).map { batches in
      let run = try AggregationRun(function, types)
      for batch in batches { try run.update(self, batch, &numbers) }
      return run
    }
    let before = try runs.map { try $0.finish().values }
    let merged = AggregationRun.merged(runs)
    let result = try merged.finish()
    #expect(try result.type == AggregateSignature.resolve(function, types).result)
    // Merging leaves the sealed states as they were, under other numbers; finishing leaves all.
    for (run, values) in zip(runs, before) { #expect(same(try run.finish().values, values)) }
    #expect(same(try merged.finish().values, result.values))
    return result.values
  }

  /// The aggregate of all rows as one batch, of one group; null for no rows.
  func aggregate(_ function: AggregateFunction) throws -> Value {
    var numbers = SplitMix64(seed: 0)
    let run = try AggregationRun(function, types)
    try run.update(self, 0..<rowCount, &numbers)
    return try run.finish().values[0] ?? .null
  }
}

/// Whether two values are the same to the last bit. All NaNs are.
func same(_ left: Value, _ right: Value) -> Bool {
  if case .list(let a) = left, case .list(let b) = right {
    return a.count == b.count && zip(a, b).allSatisfy { same($0, $1) }
  }
  guard case .double(let a) = left, case .double(let b) = right else { return left == right }
  return a.bitPattern == b.bitPattern || (a.isNaN && b.isNaN)
}

func same(_ left: [Int: Value], _ right: [Int: Value]) -> Bool {
  left.count == right.count && left.allSatisfy { same($1, right[$0] ?? .string("missing")) }
}
