import Columnar
import TaskGraph

/// A computed table: columns of equal length in memory, immutable.
public struct DataFrame: Sendable {
  /// The columns with their schema.
  public let batch: RecordBatch

  /// A table of these columns, which it shares. O(1).
  public init(_ batch: RecordBatch) {
    self.batch = batch
  }

  /// The names and types of the columns, in order.
  public var schema: Schema { batch.schema }
  /// How many rows there are, also when there is no column.
  public var rowCount: Int { batch.rowCount }
  /// The columns, in the order of the schema.
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

extension Int: ValueConvertible {
  public init?(columnValue: Value) {
    guard case .int(let value) = columnValue else { return nil }
    self.init(exactly: value)
  }
}

extension Int64: ValueConvertible {
  public init?(columnValue: Value) {
    guard case .int(let value) = columnValue else { return nil }
    self = value
  }
}

extension Int32: ValueConvertible {
  public init?(columnValue: Value) {
    guard case .int(let value) = columnValue else { return nil }
    self.init(exactly: value)
  }
}

extension Double: ValueConvertible {
  public init?(columnValue: Value) {
    switch columnValue {
    case .double(let value): self = value
    case .int(let value): self.init(exactly: value)
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

extension CivilDatetime: ValueConvertible {
  public init?(columnValue: Value) {
    guard case .datetime(let microseconds) = columnValue else { return nil }
    self.init(microseconds: microseconds)
  }
}
