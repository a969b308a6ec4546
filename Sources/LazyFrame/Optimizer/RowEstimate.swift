import CSV
import Columnar

/// About how many rows a plan gives: for people who read it, and for choices that cost no more than time when it is wrong.
///
/// Rows in memory are counted; those of files follow from their size and the samples of their records. A filter on rows in
/// memory is tried on some of them, other filters let through what is usual for their kind, as in Selinger et al., "Access path
/// selection in a relational database management system" (1979). A join is taken to be one of a table with its dimension: each
/// row finds a partner, unless those were filtered.
struct RowEstimate: Equatable {
  var rows: Double
  /// How many there would be if nothing were filtered: about how many different keys the rows can have.
  var unfiltered: Double
  var isExact = false

  init(_ rows: Double, unfiltered: Double? = nil, isExact: Bool = false) {
    (self.rows, self.unfiltered, self.isExact) = (rows, unfiltered ?? rows, isExact)
  }

  fileprivate func limited(to count: Int) -> RowEstimate {
    RowEstimate(min(rows, Double(count)), isExact: isExact)
  }

  fileprivate func filtered(_ share: Double) -> RowEstimate { RowEstimate(rows * share, unfiltered: unfiltered) }

  /// The share of rows that filters have left.
  var share: Double { unfiltered > 0 ? rows / unfiltered : 1 }
}

extension ResolvedPlan {
  /// - Parameter shared: the estimates of the plans that the root shares.
  func estimate(shared: [RowEstimate] = []) -> RowEstimate {
    estimate(inputs.map { $0.estimate(shared: shared) }, shared: shared)
  }

  /// The estimate from those of the inputs.
  func estimate(_ inputs: [RowEstimate], shared: [RowEstimate]) -> RowEstimate {
    switch self {
    case .scan(let node): return node.estimate
    case .memory(let node): return RowEstimate(Double(node.table.rowCount), isExact: true)
    case .filter(let predicate, .memory(let node)):
      return inputs[0].filtered(node.share(passing: predicate) ?? predicate.selectivity)
    case .filter(let predicate, _): return inputs[0].filtered(predicate.selectivity)
    case .project, .sort(_, limit: nil, _), .window, .numbered, .repartitioned: return inputs[0]
    case .mapped, .partition: return RowEstimate(inputs[0].rows)
    case .sort(_, let limit?, _), .limit(let limit, _), .last(let limit, _): return inputs[0].limited(to: limit)
    case .aggregate(let keys, _, _): return ResolvedPlan.groups(keys, inputs[0])
    case .join(let join, _, _): return join.estimate(inputs[0], inputs[1])
    case .concat:
      return RowEstimate(
        inputs.reduce(0) { $0 + $1.rows }, unfiltered: inputs.reduce(0) { $0 + $1.unfiltered },
        isExact: inputs.allSatisfy(\.isExact))
    case .explode:
      // Lists are short.
      return RowEstimate(4 * inputs[0].rows, unfiltered: 4 * inputs[0].unfiltered)
    case .sharing: return inputs[inputs.count - 1]
    case .shared(let number, _): return number < shared.count ? shared[number] : RowEstimate(0)
    }
  }

  /// One key has about the square root of the rows as different values; with each further key there are more groups.
  private static func groups(_ keys: [NamedExpression], _ input: RowEstimate) -> RowEstimate {
    if keys.isEmpty { return RowEstimate(1, isExact: true) }
    let rowsOfGroup = keys.reduce(input.unfiltered) { rows, _ in rows.squareRoot() }
    let groups = input.unfiltered / max(rowsOfGroup, 1)
    return RowEstimate(min(input.rows, groups), unfiltered: min(input.unfiltered, groups))
  }
}

extension ResolvedJoin {
  fileprivate func estimate(_ left: RowEstimate, _ right: RowEstimate) -> RowEstimate {
    let domain = max(min(left.unfiltered, right.unfiltered), 1)
    let pairs = left.rows * right.rows / domain
    let unfiltered = max(left.unfiltered, right.unfiltered)
    switch kind.kind {
    case .inner: return RowEstimate(pairs, unfiltered: unfiltered)
    case .left: return asof == nil ? RowEstimate(max(pairs, left.rows), unfiltered: unfiltered) : left
    case .right: return RowEstimate(max(pairs, right.rows), unfiltered: unfiltered)
    case .full: return RowEstimate(max(pairs, left.rows, right.rows), unfiltered: unfiltered)
    case .semi: return left.filtered(right.share)
    case .anti: return left.filtered(1 - right.share)
    case .cross: return RowEstimate(left.rows * right.rows, isExact: left.isExact && right.isExact)
    }
  }
}

extension ScanNode {
  fileprivate var estimate: RowEstimate {
    let (count, isExact) = scan.estimatedRows
    var estimate = RowEstimate(count, isExact: isExact)
    if let filter { estimate = estimate.filtered(filter.selectivity) }
    if let limit { estimate = estimate.limited(to: limit) }
    return estimate
  }
}

extension MemoryNode {
  private static let sampleCount = 16
  private static let sampleRows = 64

  /// The share of rows for which a condition is true, of some from all over the table; nil when it cannot be tried.
  fileprivate func share(passing predicate: ResolvedExpression) -> Double? {
    var all = self
    all.condition = nil
    let pieces = table.partitions.indices.flatMap { all.partition($0) }
    var (seen, passing) = (0, 0)
    for index in stride(from: 0, to: pieces.count, by: max(pieces.count / MemoryNode.sampleCount, 1)) {
      let sample = pieces[index].prefix(MemoryNode.sampleRows)
      guard let condition = try? Evaluator.evaluate(predicate, sample) else { return nil }
      seen += sample.rowCount
      passing += Selection(condition).rows.count
    }
    // There may be one where none was seen.
    return seen == 0 ? nil : max(Double(passing), 0.5) / Double(seen)
  }
}

extension ResolvedExpression {
  /// The share of rows for which a condition is true, by its kind.
  fileprivate var selectivity: Double {
    switch self {
    case .literal(.bool(true), _): 1
    case .literal: 0
    case .binary(.and, let left, let right, _): left.selectivity * right.selectivity
    case .binary(.or, let left, let right, _): min(left.selectivity + right.selectivity, 1)
    case .binary(.equal, _, _, _): 0.1
    case .binary(.notEqual, _, _, _): 0.9
    case .binary(.less, _, _, _), .binary(.lessOrEqual, _, _, _), .binary(.greater, _, _, _),
      .binary(.greaterOrEqual, _, _, _):
      1.0 / 3
    case .function(.isIn, let arguments, _): min(0.1 * Double(arguments.count - 1), 0.5)
    case .membership(_, let constants): min(0.1 * Double(constants.values.count), 0.5)
    case .function(.like, _, _): 0.2
    case .unary(.not, let operand): 1 - operand.selectivity
    case .unary(.isNull, _): 0.1
    case .unary(.isNotNull, _): 0.9
    case .computing(_, let result): result.selectivity
    default: 0.5
    }
  }
}

extension RowEstimate: CustomStringConvertible {
  /// `~1.2 M rows`, or `1000 rows` where they are counted.
  var description: String {
    if isExact && rows < 1e15 || rows < 1 {
      let count = Int(rows.rounded(.up))
      return "\(isExact ? "" : "~")\(count) row\(count == 1 ? "" : "s")"
    }
    // Two digits: more would be a promise.
    var scale = 1.0
    while rows / scale >= 99.5 { scale *= 10 }
    var (value, unit) = ((rows / scale).rounded() * scale, 0)
    while value >= 1000, unit < RowEstimate.units.count - 1 { (value, unit) = (value / 1000, unit + 1) }
    let isWhole = value == value.rounded()
    let text = isWhole && value < 1e15 ? "\(Int(value))" : "\((value * 10).rounded() / 10)"
    return "~\(text)\(RowEstimate.units[unit]) row\(value == 1 && unit == 0 ? "" : "s")"
  }

  private static let units = ["", " k", " M", " G", " T"]
}
