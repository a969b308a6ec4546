// Columns from Swift values.

extension Column {
  /// A column of integers. Nil is null. O(n).
  public init(_ values: [Int64?]) {
    self = Column.make(.int64, values, placeholder: 0, Values.int64)
  }

  /// A column of numbers. Nil is null; NaN is a number. O(n).
  public init(_ values: [Double?]) {
    self = Column.make(.float64, values, placeholder: 0, Values.float64)
  }

  /// A column of truth values. Nil is null. O(n).
  public init(_ values: [Bool?]) {
    self.init(type: .bool, values: .bool(Bitmap(values.map { $0 ?? false })), validity: Column.validity(values))
  }

  /// A column of strings. Nil is null. O(bytes).
  public init(_ values: [String?]) {
    var builder = StringBuilder(capacity: values.count)
    for value in values { builder.append(value ?? "") }
    self.init(type: .string, values: .string(builder.freeze()), validity: Column.validity(values))
  }

  /// A column of `type` from single values. Nil when a value is of another type. O(n).
  public init?(_ type: DType, _ values: [Value]) {
    func collect<Element>(_ read: (Value) -> Element?) -> [Element?]? {
      var result: [Element?] = []
      for value in values {
        if value.isNull {
          result.append(nil)
        } else if let element = read(value) {
          result.append(element)
        } else {
          return nil
        }
      }
      return result
    }
    switch type.kind {
    case .null:
      guard values.allSatisfy(\.isNull) else { return nil }
      self.init(type: type, values: .null(count: values.count))
    case .bool:
      guard let bits = collect({ if case .bool(let value) = $0 { value } else { nil } }) else { return nil }
      self.init(bits)
    case .int32:
      guard let numbers = collect({ if case .int(let value) = $0 { Int32(exactly: value) } else { nil } }) else {
        return nil
      }
      self = Column.make(type, numbers, placeholder: 0) { .int32($0) }
    case .int64:
      guard let numbers = collect({ if case .int(let value) = $0 { value } else { nil } }) else { return nil }
      self.init(numbers)
    case .float32:
      guard let numbers = collect({ $0.number.map(Float.init) }) else { return nil }
      self = Column.make(type, numbers, placeholder: 0) { .float32($0) }
    case .float64:
      guard let numbers = collect({ $0.number }) else { return nil }
      self.init(numbers)
    case .string:
      guard let texts = collect({ if case .string(let value) = $0 { value } else { nil } }) else { return nil }
      self.init(texts)
    case .date:
      guard let days = collect({ if case .date(let value) = $0 { value } else { nil } }) else { return nil }
      self = Column.make(type, days, placeholder: 0) { .int32($0) }
    case .datetime:
      guard let moments = collect({ if case .datetime(let value) = $0 { value } else { nil } }) else { return nil }
      self = Column.make(type, moments, placeholder: 0) { .int64($0) }
    }
  }

  private static func make<Element: BitwiseCopyable & Sendable>(
    _ type: DType, _ values: [Element?], placeholder: Element, _ wrap: (Buffer<Element>) -> Values
  ) -> Column {
    Column(type: type, values: wrap(Buffer(values.map { $0 ?? placeholder })), validity: validity(values))
  }

  private static func validity<Element>(_ values: [Element?]) -> Bitmap? {
    values.contains { $0 == nil } ? Bitmap(values.map { $0 != nil }) : nil
  }
}
