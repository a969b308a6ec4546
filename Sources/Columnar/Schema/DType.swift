/// The type of a column's values. Every type also has null.
public struct DType: Hashable, Sendable, Codable {
  /// How the values lie in memory.
  package enum Kind: String, Hashable, Sendable, Codable {
    case null, bool, int32, int64, float32, float64, string, date, datetime
  }

  package let kind: Kind

  package init(_ kind: Kind) {
    self.kind = kind
  }

  /// A column of which no value is known: everything is null. It takes on whatever type it is combined with.
  public static let null = DType(.null)
  /// True or false.
  public static let bool = DType(.bool)
  /// A signed integer of 32 bits.
  public static let int32 = DType(.int32)
  /// A signed integer of 64 bits.
  public static let int64 = DType(.int64)
  /// An IEEE 754 number of 32 bits.
  public static let float32 = DType(.float32)
  /// An IEEE 754 number of 64 bits.
  public static let float64 = DType(.float64)
  /// UTF-8 text.
  public static let string = DType(.string)
  /// A day of the proleptic Gregorian calendar, stored as days since 1970-01-01.
  public static let date = DType(.date)
  /// A moment without a time zone, stored as microseconds since 1970-01-01 00:00.
  public static let datetime = DType(.datetime)

  /// All types.
  public static let all: [DType] = [.null, .bool, .int32, .int64, .float32, .float64, .string, .date, .datetime]

  /// Whether arithmetic applies.
  public var isNumeric: Bool {
    switch kind {
    case .int32, .int64, .float32, .float64: true
    case .null, .bool, .string, .date, .datetime: false
    }
  }

  /// Whether the values are whole numbers.
  public var isInteger: Bool { kind == .int32 || kind == .int64 }

  /// Whether the values are floating-point numbers.
  public var isFloatingPoint: Bool { kind == .float32 || kind == .float64 }

  /// Whether the values are days or moments.
  public var isTemporal: Bool { kind == .date || kind == .datetime }

  /// The type with this name, as `description` prints it, or nil.
  public init?(name: String) {
    guard let kind = Kind(rawValue: name) else { return nil }
    self.init(kind)
  }
}

extension DType: CustomStringConvertible {
  /// The type's name in lower case: `int64`.
  public var description: String { kind.rawValue }
}
