import Columnar
import Synchronization

/// What is known of the numbers, days or moments of a column in one partition of a table in memory.
struct ColumnStatistics: Sendable {
  /// The least and the largest value as two rows, NaN being larger than every number. Nil: there is none.
  let extremes: Column?
  let nullCount: Int

  /// Nil where values are not of a fixed width. O(rows).
  init?(_ pieces: [Column]) {
    guard let first = pieces.first else { return nil }
    nullCount = pieces.reduce(0) { $0 + $1.nullCount }
    switch first.values {
    case .int8: extremes = ColumnStatistics.extremes(pieces, Int8.self)
    case .int16: extremes = ColumnStatistics.extremes(pieces, Int16.self)
    case .int32: extremes = ColumnStatistics.extremes(pieces, Int32.self)
    case .int64: extremes = ColumnStatistics.extremes(pieces, Int64.self)
    case .uint8: extremes = ColumnStatistics.extremes(pieces, UInt8.self)
    case .uint16: extremes = ColumnStatistics.extremes(pieces, UInt16.self)
    case .uint32: extremes = ColumnStatistics.extremes(pieces, UInt32.self)
    case .uint64: extremes = ColumnStatistics.extremes(pieces, UInt64.self)
    case .float32: extremes = ColumnStatistics.extremes(pieces, Float.self)
    case .float64: extremes = ColumnStatistics.extremes(pieces, Double.self)
    case .null, .bool, .string, .categorical, .list: return nil
    }
  }

  /// Those of several partitions together; nil where there are none of one of them.
  init?(joining parts: [ColumnStatistics?]) {
    let known = parts.compactMap { $0 }
    guard known.count == parts.count else { return nil }
    extremes = ColumnStatistics(known.compactMap(\.extremes))?.extremes
    nullCount = known.reduce(0) { $0 + $1.nullCount }
  }

  private static func extremes<Element: ColumnElement & Comparable>(
    _ pieces: [Column], _ element: Element.Type
  ) -> Column? {
    var numbers: (least: Element, largest: Element)?
    var nan: Element?
    for piece in pieces {
      let values = piece.buffer(of: element).pointer
      func isNumber(_ row: Int) -> Bool { !piece.isNull(at: row) && values[row] == values[row] }
      if nan == nil {
        nan = (0..<piece.count).first { !piece.isNull(at: $0) && values[$0] != values[$0] }.map { values[$0] }
      }
      guard let first = (0..<piece.count).first(where: isNumber) else { continue }
      var (least, largest) = numbers ?? (values[first], values[first])
      // NaN is neither less nor more.
      if piece.nullCount == 0 {
        for row in first..<piece.count {
          least = values[row] < least ? values[row] : least
          largest = values[row] > largest ? values[row] : largest
        }
      } else {
        for row in first..<piece.count where !piece.isNull(at: row) {
          least = values[row] < least ? values[row] : least
          largest = values[row] > largest ? values[row] : largest
        }
      }
      numbers = (least, largest)
    }
    guard let low = numbers?.least ?? nan, let high = nan ?? numbers?.largest else { return nil }
    return Column(type: pieces[0].type, values: Element.values(Buffer([low, high])))
  }

  /// Whether no value makes a comparison true that a column of these statistics is one side of.
  func excludes(_ operation: BinaryOperator, _ constant: Value) -> Bool {
    guard let extremes else { return true }
    let constants = Column(repeating: constant, type: extremes.type, count: 2)
    func holds(_ operation: BinaryOperator, at row: Int) -> Bool {
      ComparisonKernels.compare(operation, extremes, constants)[row] == .bool(true)
    }
    switch operation {
    case .less, .lessOrEqual: return !holds(operation, at: 0)
    case .greater, .greaterOrEqual: return !holds(operation, at: 1)
    case .equal: return holds(.greater, at: 0) || holds(.less, at: 1)
    default: return false
    }
  }
}

/// The statistics of a table, a column and a partition at a time.
///
/// They cost about as much as a filter does. So the first filter that asks is told nothing, and they are computed for the second:
/// rows that were filtered twice will be filtered again. Who groups by a column has them computed at once.
final class KnownStatistics: Sendable {
  private struct Place: Hashable {
    let partition: Int
    let column: Int
  }

  private enum State {
    case asked
    case known(ColumnStatistics?)
  }

  private let states = Mutex<[Place: State]>([:])

  /// Nil also for the first who asks.
  func onceAskedFor(partition: Int, column: Int, _ pieces: () -> [Column]) -> ColumnStatistics? {
    let place = Place(partition: partition, column: column)
    let state = states.withLock { states in
      defer { if states[place] == nil { states[place] = .asked } }
      return states[place]
    }
    return state == nil ? nil : computed(partition: partition, column: column, pieces)
  }

  func computed(partition: Int, column: Int, _ pieces: () -> [Column]) -> ColumnStatistics? {
    let place = Place(partition: partition, column: column)
    if case .known(let statistics) = states.withLock({ $0[place] }) { return statistics }
    let statistics = ColumnStatistics(pieces())
    states.withLock { $0[place] = .known(statistics) }
    return statistics
  }
}

extension MemoryTable {
  /// The least and the largest value of a column in all partitions. O(rows) the first time.
  func statistics(of column: Int) -> ColumnStatistics? {
    ColumnStatistics(
      joining: partitions.indices.map { partition in
        statistics.computed(partition: partition, column: column) {
          partitions[partition].batches.map { $0.columns[column] }
        }
      })
  }

  /// Whether it is known that a condition is true for no row of a partition.
  func excludes(_ condition: ResolvedExpression, partition: Int) -> Bool {
    // Each column is asked for once, however often it is compared.
    var known: [String: ColumnStatistics] = [:]
    for name in condition.columns {
      guard let column = schema.index(of: name) else { continue }
      known[name] = statistics.onceAskedFor(partition: partition, column: column) {
        partitions[partition].batches.map { $0.columns[column] }
      }
    }
    return condition.isExcluded(known)
  }
}

extension ResolvedExpression {
  fileprivate func isExcluded(_ known: [String: ColumnStatistics]) -> Bool {
    switch self {
    case .binary(.and, let left, let right, _): return left.isExcluded(known) || right.isExcluded(known)
    case .binary(.or, let left, let right, _): return left.isExcluded(known) && right.isExcluded(known)
    default:
      guard let (name, operation, constant) = range else { return false }
      return known[name]?.excludes(operation, constant) ?? false
    }
  }

  /// A comparison of a column with a constant, the column on the left.
  fileprivate var range: (column: String, operation: BinaryOperator, constant: Value)? {
    guard case .binary(let operation, let left, let right, _) = self, operation.isComparison, left.type == right.type,
      left.type.hasFixedWidth
    else { return nil }
    switch (left, right) {
    case (.column(let name, _), .literal(let value, _)) where !value.isNull: return (name, operation, value)
    case (.literal(let value, _), .column(let name, _)) where !value.isNull: return (name, operation.mirrored, value)
    default: return nil
    }
  }

  /// Whether ranges of columns can tell that it is true for no row.
  var isAboutRanges: Bool {
    switch self {
    case .binary(.and, let left, let right, _): left.isAboutRanges || right.isAboutRanges
    case .binary(.or, let left, let right, _): left.isAboutRanges && right.isAboutRanges
    default: range != nil && range?.operation != .notEqual
    }
  }
}

extension BinaryOperator {
  /// The comparison with its sides exchanged.
  fileprivate var mirrored: BinaryOperator {
    switch self {
    case .less: .greater
    case .lessOrEqual: .greaterOrEqual
    case .greater: .less
    case .greaterOrEqual: .lessOrEqual
    default: self
    }
  }
}

extension DType {
  fileprivate var hasFixedWidth: Bool { isNumeric || isTemporal || self == .duration }
}
