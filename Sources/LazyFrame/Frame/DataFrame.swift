import Columnar
import Synchronization
import TaskGraph

/// A computed table: columns of equal length in memory, immutable.
///
/// The rows lie in memory as the tasks left them, in pieces; they are put together when somebody asks for whole columns.
public struct DataFrame: Sendable {
  /// The names and types of the columns, in order.
  public let schema: Schema
  /// How many rows there are, also when there is no column.
  public let rowCount: Int
  /// How many fields were dropped when this was computed from CSV files with rows that have more than there are columns and are
  /// kept: see `BadRowPolicy.keep`.
  public let droppedFieldCount: Int
  private let pieces: Pieces

  /// The rows, until they are put together, and then the whole.
  private final class Pieces: Sendable {
    let batches: Mutex<[RecordBatch]>

    init(_ batches: [RecordBatch]) { self.batches = Mutex(batches) }
  }

  /// A table of these columns, which it shares. O(1).
  public init(_ batch: RecordBatch) {
    self.init([batch], schema: batch.schema)
  }

  /// A table of the rows of several batches, which it shares. Traps when they do not have the schema. O(batches).
  public init(_ batches: [RecordBatch], schema: Schema) {
    self.init(batches, schema: schema, droppedFieldCount: 0)
  }

  init(_ batches: [RecordBatch], schema: Schema, droppedFieldCount: Int) {
    for batch in batches { precondition(batch.schema == schema, "the pieces of a table have one schema") }
    self.schema = schema
    self.droppedFieldCount = droppedFieldCount
    rowCount = batches.reduce(0) { $0 + $1.rowCount }
    pieces = Pieces(batches)
  }

  /// The rows in pieces of any size. O(1).
  public var batches: [RecordBatch] { pieces.batches.withLock { $0 } }

  /// The rows as one piece. O(rows · columns) the first time, unless there is only one.
  public var batch: RecordBatch {
    pieces.batches.withLock { batches in
      if batches.count != 1 { batches = [RecordBatch.concatenated(batches, schema: schema)] }
      return batches[0]
    }
  }

  /// The columns, in the order of the schema. As `batch`.
  public var columns: [Column] { batch.columns }

  /// The column called `name`, or nil. O(columns).
  public subscript(name: String) -> Column? { batch[name] }

  /// The value in a row of the column called `name`, or nil when there is no such column. O(columns).
  public subscript(row: Int, name: String) -> Value? { batch[name].map { $0[row] } }

  /// The values of a column as Swift values, nil for null: `frame.values("close", as: Double.self)`.
  ///
  /// - Throws: `LazyFrameError` when there is no such column, or its type does not convert without loss.
  /// - Complexity: O(rows).
  public func values<Element: ValueConvertible>(_ name: String, as type: Element.Type) throws -> [Element?] {
    guard let column = batch[name] else {
      throw LazyFrameError(
        .unknownColumn, "there is no column '\(name)'", hint: NearestName.suggestion(name, among: schema.names))
    }
    return try (0..<rowCount).map { row in
      let value = column[row]
      if value.isNull { return nil }
      guard let element = Element(columnValue: value) else {
        throw LazyFrameError(.decoding, "column '\(name)' is \(column.type), which cannot be read as \(type)")
      }
      return element
    }
  }

  /// The values of one row, in the order of the columns. O(columns).
  public func row(_ index: Int) -> [Value] {
    precondition(index >= 0 && index < rowCount, "a row's index is out of range")
    return columns.map { $0[index] }
  }

  /// All rows. Each is made when it is looked at.
  public var rows: some RandomAccessCollection<[Value]> {
    (0..<rowCount).lazy.map(row)
  }
}

/// A Swift type that column values can be read as.
public protocol ValueConvertible {
  /// Nil when the value is of another type or does not fit.
  init?(columnValue: Value)
}

extension FixedWidthInteger {
  /// The whole number, or nil when the value is none or does not fit.
  public init?(columnValue: Value) {
    guard let number: Self = columnValue.whole() else { return nil }
    self = number
  }
}

extension Int: ValueConvertible {}
extension Int8: ValueConvertible {}
extension Int16: ValueConvertible {}
extension Int32: ValueConvertible {}
extension Int64: ValueConvertible {}
extension UInt: ValueConvertible {}
extension UInt8: ValueConvertible {}
extension UInt16: ValueConvertible {}
extension UInt32: ValueConvertible {}
extension UInt64: ValueConvertible {}

extension Double: ValueConvertible {
  public init?(columnValue: Value) {
    switch columnValue {
    case .double(let value): self = value
    case .int(let value): self.init(exactly: value)
    case .unsigned(let value): self.init(exactly: value)
    default: return nil
    }
  }
}

extension Float: ValueConvertible {
  public init?(columnValue: Value) {
    guard let value = columnValue.number, value.isNaN || Double(Float(value)) == value else { return nil }
    self.init(value)
  }
}

extension Bool: ValueConvertible {
  public init?(columnValue: Value) {
    guard case .bool(let value) = columnValue else { return nil }
    self = value
  }
}

extension String: ValueConvertible {
  public init?(columnValue: Value) {
    guard case .string(let value) = columnValue else { return nil }
    self = value
  }
}

extension CivilDate: ValueConvertible {
  public init?(columnValue: Value) {
    guard case .date(let days) = columnValue else { return nil }
    self.init(days: days)
  }
}

extension Duration: ValueConvertible {
  public init?(columnValue: Value) {
    guard case .duration(let microseconds) = columnValue else { return nil }
    self = .microseconds(microseconds)
  }
}

extension CivilDatetime: ValueConvertible {
  public init?(columnValue: Value) {
    guard case .datetime(let microseconds) = columnValue else { return nil }
    self.init(microseconds: microseconds)
  }
}

/// Of a list, whose elements must all be of the type.
extension Array: ValueConvertible where Element: ValueConvertible {
  public init?(columnValue: Value) {
    guard case .list(let values) = columnValue else { return nil }
    var elements: [Element] = []
    for value in values {
      guard let element = Element(columnValue: value) else { return nil }
      elements.append(element)
    }
    self = elements
  }
}

/// Of an element of a list, which may be null.
extension Optional: ValueConvertible where Wrapped: ValueConvertible {
  public init?(columnValue: Value) {
    if columnValue.isNull {
      self = .none
    } else if let value = Wrapped(columnValue: columnValue) {
      self = .some(value)
    } else {
      return nil
    }
  }
}
