/// One value of a column, whatever its type.
public enum Value: Hashable, Sendable, Codable {
  /// No value. It equals itself.
  case null
  /// True or false.
  case bool(Bool)
  /// A whole number, of an `int32` or `int64` column.
  case int(Int64)
  /// A number of a `float32` or `float64` column. As in IEEE 754, NaN does not equal itself.
  case double(Double)
  /// Text. As Swift strings do, it equals text that is canonically equivalent.
  case string(String)
  /// Days since 1970-01-01.
  case date(days: Int32)
  /// Microseconds since 1970-01-01 00:00.
  case datetime(microseconds: Int64)
}

extension Value {
  /// Whether this is null.
  public var isNull: Bool { self == .null }

  /// The number of an `int` or a `double`, else nil.
  public var number: Double? {
    switch self {
    case .int(let value): Double(value)
    case .double(let value): value
    case .null, .bool, .string, .date, .datetime: nil
    }
  }
}

extension Value: CustomStringConvertible {
  /// The value as it is printed: `null`, `true`, `12`, `0.5`, `2020-01-31`.
  public var description: String {
    switch self {
    case .null: "null"
    case .bool(let value): value ? "true" : "false"
    case .int(let value): String(value)
    case .double(let value): value.description
    case .string(let value): value
    case .date(let days): CivilDate(days: days).description
    case .datetime(let microseconds): CivilDatetime(microseconds: microseconds).description
    }
  }
}
