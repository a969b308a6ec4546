import Columnar

/// A type whose values lie side by side in a column.
protocol ColumnElement: BitwiseCopyable, Sendable, Comparable {
  static var zero: Self { get }

  /// The column's values; the resolver has seen to it that they are of this type.
  static func buffer(of column: Column) -> Buffer<Self>

  static func values(_ buffer: Buffer<Self>) -> Column.Values
}

extension Int32: ColumnElement {
  static func buffer(of column: Column) -> Buffer<Int32> { column.int32s }
  static func values(_ buffer: Buffer<Int32>) -> Column.Values { .int32(buffer) }
}

extension Int64: ColumnElement {
  static func buffer(of column: Column) -> Buffer<Int64> { column.int64s }
  static func values(_ buffer: Buffer<Int64>) -> Column.Values { .int64(buffer) }
}

extension Float: ColumnElement {
  static func buffer(of column: Column) -> Buffer<Float> {
    guard case .float32(let buffer) = column.values else {
      preconditionFailure("the plan expects 32-bit floats, not \(column.type)")
    }
    return buffer
  }
  static func values(_ buffer: Buffer<Float>) -> Column.Values { .float32(buffer) }
}

extension Double: ColumnElement {
  static func buffer(of column: Column) -> Buffer<Double> { column.float64s }
  static func values(_ buffer: Buffer<Double>) -> Column.Values { .float64(buffer) }
}
