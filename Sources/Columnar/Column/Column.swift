/// Values of one type, each of which may be null: Arrow's layout, immutable, shared by reference.
public struct Column: Sendable {
  /// How the values lie in memory. A null's slot holds an arbitrary value of the type.
  package enum Values: Sendable {
    /// So many nulls, of no type.
    case null(count: Int)
    case bool(Bitmap)
    case int32(Buffer<Int32>)
    case int64(Buffer<Int64>)
    case float32(Buffer<Float>)
    case float64(Buffer<Double>)
    case string(StringValues)
  }

  /// The type of the values.
  public let type: DType
  /// How many values there are, nulls included.
  public let count: Int
  package let values: Values
  /// A set bit is a value, a clear one a null. Nil when nothing is null.
  package let validity: Bitmap?

  package init(type: DType, values: Values, validity: Bitmap? = nil) {
    self.type = type
    self.values = values
    self.validity = validity
    count =
      switch values {
      case .null(let count): count
      case .bool(let bits): bits.count
      case .int32(let buffer): buffer.count
      case .int64(let buffer): buffer.count
      case .float32(let buffer): buffer.count
      case .float64(let buffer): buffer.count
      case .string(let strings): strings.count
      }
    precondition(validity.map { $0.count == count } ?? true, "a column's validity has another length than its values")
    precondition(Column.fits(values, type), "a column's values do not lie in memory as its type says")
  }

  private static func fits(_ values: Values, _ type: DType) -> Bool {
    switch (values, type.kind) {
    case (.null, .null), (.bool, .bool), (.int32, .int32), (.int32, .date), (.int64, .int64), (.int64, .datetime): true
    case (.float32, .float32), (.float64, .float64), (.string, .string): true
    default: false
    }
  }

  /// How many values are null. O(n / 64).
  public var nullCount: Int {
    if case .null(let count) = values { return count }
    return validity.map { count - $0.setCount } ?? 0
  }

  /// Whether the value at `index` is null. O(1).
  public func isNull(at index: Int) -> Bool {
    if case .null = values { return true }
    return validity.map { !$0[index] } ?? false
  }

  /// The value at `index`, which must be in `0..<count`. O(1).
  public subscript(index: Int) -> Value {
    precondition(index >= 0 && index < count, "a column's index is out of range")
    if isNull(at: index) { return .null }
    switch values {
    case .null: return .null
    case .bool(let bits): return .bool(bits[index])
    case .int32(let buffer): return type == .date ? .date(days: buffer[index]) : .int(Int64(buffer[index]))
    case .int64(let buffer):
      return type == .datetime ? .datetime(microseconds: buffer[index]) : .int(buffer[index])
    case .float32(let buffer): return .double(Double(buffer[index]))
    case .float64(let buffer): return .double(buffer[index])
    case .string(let strings): return .string(strings[index])
    }
  }
}
