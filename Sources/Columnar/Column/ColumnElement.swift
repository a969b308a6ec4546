/// A Swift type whose values lie side by side in a column.
package protocol ColumnElement: BitwiseCopyable, Sendable, Comparable {
  static var zero: Self { get }

  /// The values if they are of this type, else nil.
  static func buffer(of values: Column.Values) -> Buffer<Self>?

  static func values(_ buffer: Buffer<Self>) -> Column.Values
}

extension Int8: ColumnElement {
  package static func buffer(of values: Column.Values) -> Buffer<Self>? {
    if case .int8(let buffer) = values { buffer } else { nil }
  }
  package static func values(_ buffer: Buffer<Self>) -> Column.Values { .int8(buffer) }
}

extension Int16: ColumnElement {
  package static func buffer(of values: Column.Values) -> Buffer<Self>? {
    if case .int16(let buffer) = values { buffer } else { nil }
  }
  package static func values(_ buffer: Buffer<Self>) -> Column.Values { .int16(buffer) }
}

extension Int32: ColumnElement {
  package static func buffer(of values: Column.Values) -> Buffer<Self>? {
    if case .int32(let buffer) = values { buffer } else { nil }
  }
  package static func values(_ buffer: Buffer<Self>) -> Column.Values { .int32(buffer) }
}

extension Int64: ColumnElement {
  package static func buffer(of values: Column.Values) -> Buffer<Self>? {
    if case .int64(let buffer) = values { buffer } else { nil }
  }
  package static func values(_ buffer: Buffer<Self>) -> Column.Values { .int64(buffer) }
}

extension UInt8: ColumnElement {
  package static func buffer(of values: Column.Values) -> Buffer<Self>? {
    if case .uint8(let buffer) = values { buffer } else { nil }
  }
  package static func values(_ buffer: Buffer<Self>) -> Column.Values { .uint8(buffer) }
}

extension UInt16: ColumnElement {
  package static func buffer(of values: Column.Values) -> Buffer<Self>? {
    if case .uint16(let buffer) = values { buffer } else { nil }
  }
  package static func values(_ buffer: Buffer<Self>) -> Column.Values { .uint16(buffer) }
}

extension UInt32: ColumnElement {
  package static func buffer(of values: Column.Values) -> Buffer<Self>? {
    if case .uint32(let buffer) = values { buffer } else { nil }
  }
  package static func values(_ buffer: Buffer<Self>) -> Column.Values { .uint32(buffer) }
}

extension UInt64: ColumnElement {
  package static func buffer(of values: Column.Values) -> Buffer<Self>? {
    if case .uint64(let buffer) = values { buffer } else { nil }
  }
  package static func values(_ buffer: Buffer<Self>) -> Column.Values { .uint64(buffer) }
}

extension Float: ColumnElement {
  package static func buffer(of values: Column.Values) -> Buffer<Self>? {
    if case .float32(let buffer) = values { buffer } else { nil }
  }
  package static func values(_ buffer: Buffer<Self>) -> Column.Values { .float32(buffer) }
}

extension Double: ColumnElement {
  package static func buffer(of values: Column.Values) -> Buffer<Self>? {
    if case .float64(let buffer) = values { buffer } else { nil }
  }
  package static func values(_ buffer: Buffer<Self>) -> Column.Values { .float64(buffer) }
}

extension Column {
  /// The column's values; whoever calls this has seen to it that they are of this type.
  package func buffer<Element: ColumnElement>(of type: Element.Type = Element.self) -> Buffer<Element> {
    guard let buffer = Element.buffer(of: values) else { preconditionFailure("\(self.type) is not stored as \(type)") }
    return buffer
  }
}
