/// A Swift type whose values lie side by side in a column.
package protocol ColumnElement: BitwiseCopyable, Sendable, Comparable {
  static var zero: Self { get }

  /// The values if they are of this type, else nil.
  static func buffer(of values: Column.Values) -> Buffer<Self>?

  static func values(_ buffer: Buffer<Self>) -> Column.Values
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
