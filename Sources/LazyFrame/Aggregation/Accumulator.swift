import Columnar

/// The running state of one aggregate for all groups of a partition.
///
/// Groups are numbered from 0. A state is built by `update`, batch after batch, and then sealed. Merging adds sealed states
/// to one that was empty at first, in partition order. So the same partitions give the same bits, whoever computes them.
protocol Accumulator: AnyObject, Sendable {
  // Sendable: one task at a time has a state, and hands it on when it is done.

  /// Makes room for groups up to `count`; new groups have seen nothing.
  func grow(to count: Int)

  /// Adds the rows of a batch. `inputs` are the aggregate's arguments, `runs` says which rows belong to which group.
  func update(_ inputs: [Column], _ runs: GroupRuns) throws

  /// No more rows come: the state is only read from now on, by several threads at once.
  func seal(groupCount: Int)

  /// Adds some groups of a sealed state of the same kind. There is room for all of them.
  func merge(_ other: any Accumulator, _ pairs: GroupPairs)

  /// The result for groups `0..<count`.
  ///
  /// - Throws: `LazyFrameError` when a result does not fit its type.
  func finish(_ count: Int) throws -> Column
}

/// The rows of a batch as runs of neighbours in one group: run `r` is the rows `starts[r]..<starts[r + 1]`, all of group
/// `groups[r]`. Sorted data gives few long runs, which are added without going through memory for each row.
struct GroupRuns {
  let groups: UnsafePointer<UInt32>
  let starts: UnsafePointer<UInt32>
  let count: Int

  private var rowCount: Int { Int(starts[count]) }

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

extension Accumulator {
  func seal(groupCount: Int) {}
}

/// Which groups of one state are which of another: `sources[i]` is `targets[i]`. A target may come several times.
struct GroupPairs {
  let sources: UnsafePointer<UInt32>
  let targets: UnsafePointer<UInt32>
  let count: Int
}

extension ResolvedAggregate {
  /// A state that has seen nothing.
  func makeAccumulator() -> any Accumulator {
    let input = inputs.first?.type ?? .null
    return switch function {
    case .count: CountAccumulator()
    case .sum where input == .int64: IntegerSumAccumulator(result: .sum)
    case .mean where input == .int64: IntegerSumAccumulator(result: .mean)
    case .sum: FloatSumAccumulator(result: .sum)
    case .mean: FloatSumAccumulator(result: .mean)
    case .min: Choice.smallest.makeAccumulator(of: input)
    case .max: Choice.largest.makeAccumulator(of: input)
    case .variance: MomentAccumulator(result: .variance)
    case .standardDeviation: MomentAccumulator(result: .standardDeviation)
    case .covariance: ComomentAccumulator(result: .covariance)
    case .correlation: ComomentAccumulator(result: .correlation)
    case .quantile(let fraction): QuantileAccumulator(fraction: fraction)
    case .first: Choice.first.makeAccumulator(of: input)
    case .last: Choice.last.makeAccumulator(of: input)
    case .any: Choice.largest.makeAccumulator(of: input)
    case .all: Choice.smallest.makeAccumulator(of: input)
    case .countDistinct: DistinctAccumulator(type: input)
    }
  }
}
