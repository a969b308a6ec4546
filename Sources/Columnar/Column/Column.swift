/// Values of one type, each of which may be null: Arrow's layout, immutable, shared by reference.
public struct Column: Sendable {
  /// How the values lie in memory. A null's slot holds an arbitrary value of the type.
  package enum Values: Sendable {
    /// So many nulls, of no type.
    case null(count: Int)
    case bool(Bitmap)
    case int8(Buffer<Int8>)
    case int16(Buffer<Int16>)
    case int32(Buffer<Int32>)
    case int64(Buffer<Int64>)
    case uint8(Buffer<UInt8>)
    case uint16(Buffer<UInt16>)
    case uint32(Buffer<UInt32>)
    case uint64(Buffer<UInt64>)
    case float32(Buffer<Float>)
    case float64(Buffer<Double>)
    case string(StringValues)
    case categorical(CategoricalValues)
    indirect case list(ListValues)
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
    count = values.count
    precondition(validity.map { $0.count == count } ?? true, "a column's validity has another length than its values")
    precondition(Column.fits(values, type), "a column's values do not lie in memory as its type says")
  }

  private static func fits(_ values: Values, _ type: DType) -> Bool {
    switch (values, type.kind) {
    case (.null, .null), (.bool, .bool), (.int32, .int32), (.int32, .date), (.int64, .int64), (.int64, .datetime): true
    case (.int64, .duration): true
    case (.int8, .int8), (.int16, .int16), (.uint8, .uint8), (.uint16, .uint16), (.uint32, .uint32): true
    case (.uint64, .uint64), (.float32, .float32), (.float64, .float64), (.string, .string),
      (.categorical, .categorical):
      true
    case (.list(let lists), .list): lists.elements.type == type.element
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

  /// The value at `index`, which must be in `0..<count`. O(1), but of a list O(its elements).
  public subscript(index: Int) -> Value {
    precondition(index >= 0 && index < count, "a column's index is out of range")
    if isNull(at: index) { return .null }
    switch values {
    case .null: return .null
    case .bool(let bits): return .bool(bits[index])
    case .int8(let buffer): return .int(Int64(buffer[index]))
    case .int16(let buffer): return .int(Int64(buffer[index]))
    case .int32(let buffer): return type == .date ? .date(days: buffer[index]) : .int(Int64(buffer[index]))
    case .int64(let buffer):
      switch type.kind {
      case .datetime: return .datetime(microseconds: buffer[index])
      case .duration: return .duration(microseconds: buffer[index])
      default: return .int(buffer[index])
      }
    case .uint8(let buffer): return .int(Int64(buffer[index]))
    case .uint16(let buffer): return .int(Int64(buffer[index]))
    case .uint32(let buffer): return .int(Int64(buffer[index]))
    case .uint64(let buffer): return .whole(buffer[index])
    case .float32(let buffer): return .double(Double(buffer[index]))
    case .float64(let buffer): return .double(buffer[index])
    case .string(let strings): return .string(strings[index])
    case .categorical(let categories): return .string(categories[index])
    case .list(let lists): return .list(lists[index].map { lists.elements[$0] })
    }
  }
}

extension Column.Values {
  /// How many values there are.
  package var count: Int {
    switch self {
    case .null(let count): count
    case .bool(let bits): bits.count
    case .list(let lists): lists.count
    case let others: others.fixed?.count ?? 0
    }
  }
}
