import Columnar

/// How one aggregate is computed for all groups of a table.
///
/// What it remembers of a group is a state of fixed size in the group's row, or memory of its own, or both. It is built by
/// `update`, batch after batch, and then sealed. Merging adds sealed states to those of another table, in partition order.
/// So the same partitions give the same bits, whoever computes them.
protocol Accumulator: AnyObject, Sendable {
  // Sendable: one task at a time changes an accumulator, and hands it on when it is done.

  /// How many bytes a state has in the group's row. A multiple of 8.
  var stateSize: Int { get }

  /// Whether a state that is copied to a group that has seen nothing is the same as one merged into it.
  var isCopiedWithState: Bool { get }

  /// Adds the rows of a batch. `inputs` are the aggregate's arguments, `runs` says which rows belong to which group.
  func update(_ inputs: [Column], _ runs: GroupRuns, _ states: GroupStates) throws

  /// No more rows come. Groups have new numbers now: group `g` is `numbers[g]`. The accumulator is only read from now on, by
  /// several threads at once.
  func seal(_ numbers: UnsafeBufferPointer<UInt32>)

  /// Adds some groups of a sealed accumulator of the same kind.
  func merge(_ other: any Accumulator, _ pairs: GroupPairs, from others: GroupStates, into states: GroupStates)

  /// The result for groups `0..<count`.
  ///
  /// - Throws: `LazyFrameError` when a result does not fit its type.
  func finish(_ count: Int, _ states: GroupStates) throws -> Column
}

extension Accumulator {
  func seal(_ numbers: UnsafeBufferPointer<UInt32>) {}
}

/// Which groups of one table are which of another: `sources[i]` is `targets[i]`. A target may come several times.
struct GroupPairs {
  let sources: UnsafePointer<UInt32>
  let targets: UnsafePointer<UInt32>
  let count: Int
}

/// The rows of a batch as runs of neighbours in one group: run `r` is the rows `starts[r]..<starts[r + 1]`, all of group
/// `groups[r]`. Sorted data gives few long runs, which are added without going through memory for each row.
struct GroupRuns {
  let groups: UnsafePointer<UInt32>
  let starts: UnsafePointer<UInt32>
  let count: Int

  private var rowCount: Int { Int(starts[count]) }

  /// Calls `body` with each row that is not null and its group where every run is one row, and says whether that is so.
  ///
  /// For rows in no order that is the rule. A loop of its own, with nothing else in it, takes half the time.
  @inline(__always)
  func forEachRow(_ validity: Bitmap?, _ body: (_ group: Int, _ row: Int) -> Void) -> Bool {
    guard count == rowCount else { return false }
    let words = validity?.words.pointer
    for row in 0..<count {
      if let words, words[row >> 6] >> UInt64(row & 63) & 1 == 0 { continue }
      body(Int(groups[row]), row)
    }
    return true
  }

  /// Calls `body` with the group and the rows of each run, in order.
  @inline(__always)
  func forEach(_ body: (_ group: Int, _ start: Int, _ end: Int) -> Void) {
    // Runs of one row each are the rule in data that is in no order: then there is nothing to look up.
    if count == rowCount {
      for row in 0..<count { body(Int(groups[row]), row, row &+ 1) }
    } else {
      for run in 0..<count { body(Int(groups[run]), Int(starts[run]), Int(starts[run &+ 1])) }
    }
  }
}

extension ResolvedAggregate {
  /// An accumulator that has seen nothing.
  ///
  /// - Parameter ofOneGroup: whether all rows are one group.
  func makeAccumulator(ofOneGroup: Bool = false) -> any Accumulator {
    let input = inputs.first?.type ?? .null
    return switch function {
    case .count: CountAccumulator(counts: .values)
    case .nullCount: CountAccumulator(counts: .nulls)
    case .sum where input != .float64: IntegerSumAccumulator(result: .sum, type: type)
    case .mean where input != .float64: IntegerSumAccumulator(result: .mean, type: type)
    case .sum: FloatSumAccumulator(result: .sum)
    case .mean: FloatSumAccumulator(result: .mean)
    case .min: Choice.smallest.makeAccumulator(of: input)
    case .max: Choice.largest.makeAccumulator(of: input)
    case .product: ProductAccumulator()
    case .weightedMean: WeightedMeanAccumulator()
    case .variance: MomentAccumulator(result: .variance)
    case .standardDeviation: MomentAccumulator(result: .standardDeviation)
    case .populationVariance: MomentAccumulator(result: .variance, ddof: 0)
    case .populationStandardDeviation: MomentAccumulator(result: .standardDeviation, ddof: 0)
    case .adjustedVariance(let ddof): MomentAccumulator(result: .variance, ddof: ddof)
    case .adjustedStandardDeviation(let ddof): MomentAccumulator(result: .standardDeviation, ddof: ddof)
    case .standardError: MomentAccumulator(result: .standardError)
    case .skewness: ShapeAccumulator(result: .skewness)
    case .kurtosis: ShapeAccumulator(result: .kurtosis)
    case .covariance: ComomentAccumulator(result: .covariance)
    case .populationCovariance: ComomentAccumulator(result: .populationCovariance)
    case .correlation: ComomentAccumulator(result: .correlation)
    case .quantile(let fraction) where ofOneGroup: TotalQuantileAccumulator(fraction: fraction)
    case .quantile(let fraction): QuantileAccumulator(fraction: fraction)
    case .first: Choice.first.makeAccumulator(of: input)
    case .last: Choice.last.makeAccumulator(of: input)
    case .firstRow: RowsAccumulator(types: [input], keeps: .first, skipsNulls: false, result: .value)
    case .lastRow: RowsAccumulator(types: [input], keeps: .last, skipsNulls: false, result: .value)
    case .atMin:
      RowsAccumulator(types: inputs.map(\.type), keeps: .best(1, largest: false), skipsNulls: true, result: .value)
    case .atMax:
      RowsAccumulator(types: inputs.map(\.type), keeps: .best(1, largest: true), skipsNulls: true, result: .value)
    case .list: RowsAccumulator(types: [input], keeps: .all, skipsNulls: false, result: .list)
    case .joined(let separator):
      RowsAccumulator(types: [input], keeps: .all, skipsNulls: true, result: .text(separator: separator))
    case .any: Choice.largest.makeAccumulator(of: input)
    case .all: Choice.smallest.makeAccumulator(of: input)
    case .top(let limit): top(limit, of: input, takesLargest: true)
    case .bottom(let limit): top(limit, of: input, takesLargest: false)
    case .countDistinct, .countDistinctRows: DistinctAccumulator(types: inputs.map(\.type), result: .count)
    case .mode: DistinctAccumulator(types: [input], result: .mostFrequent)
    case .approximateCountDistinct: CardinalityAccumulator()
    case .approximateQuantile(let fraction): QuantileSketchAccumulator(fraction: fraction)
    case .range, .geometricMean: preconditionFailure("the resolver replaces this function")
    }
  }

  private func top(_ count: Int, of input: DType, takesLargest: Bool) -> any Accumulator {
    TopAccumulator(type: input, count: count, takesLargest: takesLargest)
      ?? RowsAccumulator(types: [input], keeps: .best(count, largest: takesLargest), skipsNulls: true, result: .list)
  }
}
