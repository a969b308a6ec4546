/// One value of a column, whatever its type.
public enum Value: Hashable, Sendable, Codable {
  /// No value. It equals itself.
  case null
  /// True or false.
  case bool(Bool)
  /// A whole number that fits 64 bits with a sign, of a column of whatever width.
  case int(Int64)
  /// A whole number of a `uint64` column that is too large for `int`. A smaller one is always `int`, so that equal numbers
  /// are equal values, whatever columns they come from, and nobody who reads numbers meets this case without need.
  case unsigned(UInt64)
  /// A number of a `float32` or `float64` column. As in IEEE 754, NaN does not equal itself.
  case double(Double)
  /// Text. As Swift strings do, it equals text that is canonically equivalent.
  case string(String)
  /// Days since 1970-01-01.
  case date(days: Int32)
  /// Microseconds since 1970-01-01 00:00.
  case datetime(microseconds: Int64)
  /// A length of time in microseconds.
  case duration(microseconds: Int64)
  /// The elements of a list, null among them as `null`.
  case list([Value])
}

extension Value {
  /// A whole number: `int` where it fits, else `unsigned`.
  public static func whole(_ number: UInt64) -> Value {
    Int64(exactly: number).map { .int($0) } ?? .unsigned(number)
  }

  /// A length of time, rounded to microseconds. Traps when it is of over 292,000 years, which 64 bits do not hold.
  public static func duration(_ duration: Duration) -> Value { .duration(microseconds: microseconds(of: duration)) }

  static func microseconds(of duration: Duration) -> Int64 {
    guard let count = duration.wholeMicroseconds else { preconditionFailure("\(duration) does not fit 64 bits") }
    return count
  }

  /// Whether this is null.
  public var isNull: Bool { self == .null }

  /// The number of an `int`, an `unsigned` or a `double`, else nil.
  public var number: Double? {
    switch self {
    case .int(let value): Double(value)
    case .unsigned(let value): Double(value)
    case .double(let value): value
    case .null, .bool, .string, .date, .datetime, .duration, .list: nil
    }
  }

  /// The whole number as another type; nil when this is none or does not fit.
  package func whole<Number: FixedWidthInteger>(as type: Number.Type = Number.self) -> Number? {
    switch self {
    case .int(let value): Number(exactly: value)
    case .unsigned(let value): Number(exactly: value)
    case .null, .bool, .double, .string, .date, .datetime, .duration, .list: nil
    }
  }
}

extension Value: CustomStringConvertible {
  /// The value as it is printed: `null`, `true`, `12`, `0.5`, `2020-01-31`, `1d 02:30:00`,
  /// `[1, null]`, `["a"]`.
  public var description: String {
    switch self {
    case .null: "null"
    case .bool(let value): value ? "true" : "false"
    case .int(let value): String(value)
    case .unsigned(let value): String(value)
    case .double(let value): value.description
    case .string(let value): value
    case .date(let days): CivilDate(days: days).description
    case .datetime(let microseconds): CivilDatetime(microseconds: microseconds).description
    case .duration(let microseconds): Value.text(duration: microseconds)
    case .list(let elements): "[\(elements.map(\.listed).joined(separator: ", "))]"
    }
  }

  /// The value as an element of a list: text has quotes.
  private var listed: String {
    guard case .string(var text) = self else { return description }
    var buffer = TextBuffer(capacity: 64)
    text.withUTF8 { buffer.append(quoted: UnsafeRawBufferPointer($0)) }
    return buffer.string
  }

  private static func text(duration microseconds: Int64) -> String {
    var buffer = TextBuffer(capacity: 32)
    buffer.append(duration: microseconds)
    return buffer.string
  }
}
