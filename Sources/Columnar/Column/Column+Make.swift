// Columns from Swift values.

extension Column {
  /// A column of `int8`. Nil is null. O(n).
  public init(_ values: [Int8?]) { self.init(.int8, elements: values) }
  /// A column of `int16`. Nil is null. O(n).
  public init(_ values: [Int16?]) { self.init(.int16, elements: values) }
  /// A column of `int32`. Nil is null. O(n).
  public init(_ values: [Int32?]) { self.init(.int32, elements: values) }
  /// A column of `int64`. Nil is null. O(n).
  public init(_ values: [Int64?]) { self.init(.int64, elements: values) }
  /// A column of `uint8`. Nil is null. O(n).
  public init(_ values: [UInt8?]) { self.init(.uint8, elements: values) }
  /// A column of `uint16`. Nil is null. O(n).
  public init(_ values: [UInt16?]) { self.init(.uint16, elements: values) }
  /// A column of `uint32`. Nil is null. O(n).
  public init(_ values: [UInt32?]) { self.init(.uint32, elements: values) }
  /// A column of `uint64`. Nil is null. O(n).
  public init(_ values: [UInt64?]) { self.init(.uint64, elements: values) }
  /// A column of `float32`. Nil is null; NaN is a number. O(n).
  public init(_ values: [Float?]) { self.init(.float32, elements: values) }
  /// A column of `float64`. Nil is null; NaN is a number. O(n).
  public init(_ values: [Double?]) { self.init(.float64, elements: values) }

  /// A column of days. Nil is null. O(n).
  public init(_ values: [CivilDate?]) { self.init(.date, elements: values.map { $0?.days }) }

  /// A column of moments. Nil is null. O(n).
  public init(_ values: [CivilDatetime?]) { self.init(.datetime, elements: values.map { $0?.microseconds }) }

  /// A column of lengths of time, rounded to microseconds. Nil is null. Traps when one is of over 292,000 years. O(n).
  public init(_ values: [Duration?]) {
    self.init(.duration, elements: values.map { $0.map { Value.microseconds(of: $0) } })
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

  /// A column of `type` from single values. Nil when a value is of another type or does not fit. O(n).
  public init?(_ type: DType, _ values: [Value]) {
    /// What `read` makes of each value that is not null; nil when it refuses one.
    func all<Element>(_ read: (Value) -> Element?) -> [Element?]? {
      var result: [Element?] = []
      for value in values {
        let element = value.isNull ? nil : read(value)
        if element == nil, !value.isNull { return nil }
        result.append(element)
      }
      return result
    }
    func column<Element: ColumnElement>(_ read: (Value) -> Element?) -> Column? {
      all(read).map { Column(type, elements: $0) }
    }
    let made: Column? =
      switch type.kind {
      case .null: values.allSatisfy(\.isNull) ? Column(type: type, values: .null(count: values.count)) : nil
      case .bool: all { if case .bool(let value) = $0 { value } else { nil } }.map { Column($0) }
      case .int8: column { $0.whole(as: Int8.self) }
      case .int16: column { $0.whole(as: Int16.self) }
      case .int32: column { $0.whole(as: Int32.self) }
      case .int64: column { $0.whole(as: Int64.self) }
      case .uint8: column { $0.whole(as: UInt8.self) }
      case .uint16: column { $0.whole(as: UInt16.self) }
      case .uint32: column { $0.whole(as: UInt32.self) }
      case .uint64: column { $0.whole(as: UInt64.self) }
      case .float32: column { $0.number.map { Float($0) } }
      case .float64: column { $0.number }
      case .string: all { if case .string(let value) = $0 { value } else { nil } }.map { Column($0) }
      case .categorical:
        all { if case .string(let value) = $0 { value } else { nil } }.map { Column(categories: $0) }
      case .list:
        all { if case .list(let value) = $0 { value } else { nil } }.flatMap {
          Column(lists: $0, of: type.element ?? .null)
        }
      case .date: column { if case .date(let value) = $0 { value } else { nil } }
      case .datetime: column { if case .datetime(let value) = $0 { value } else { nil } }
      case .duration: column { if case .duration(let value) = $0 { value } else { nil } }
      }
    guard let made else { return nil }
    self = made
  }

  private init<Element: ColumnElement>(_ type: DType, elements: [Element?]) {
    self.init(
      type: type, values: Element.values(Buffer(elements.map { $0 ?? .zero })), validity: Column.validity(elements))
  }

  private static func validity<Element>(_ values: [Element?]) -> Bitmap? {
    values.contains { $0 == nil } ? Bitmap(values.map { $0 != nil }) : nil
  }
}
