/// The type of a column's values. Every type also has null.
public struct DType: Hashable, Sendable {
  /// How the values lie in memory.
  package enum Kind: String, Hashable, Sendable, BitwiseCopyable {
    case null, bool, int8, int16, int32, int64, uint8, uint16, uint32, uint64, float32, float64, string, categorical
    case date, datetime, duration
    case list
  }

  // Two bytes and no box: types are compared and copied for every field that is looked at.
  /// The type, or that of what lies in the innermost lists.
  private let base: Kind
  /// How many lists lie around it.
  private let depth: UInt8

  private init(_ base: Kind, depth: UInt8 = 0) {
    self.base = base
    self.depth = depth
  }

  package var kind: Kind { depth > 0 ? .list : base }

  /// A column of which no value is known: everything is null. It takes on whatever type it is combined with.
  public static let null = DType(.null)
  /// True or false.
  public static let bool = DType(.bool)
  /// A signed integer of 8 bits.
  public static let int8 = DType(.int8)
  /// A signed integer of 16 bits.
  public static let int16 = DType(.int16)
  /// A signed integer of 32 bits.
  public static let int32 = DType(.int32)
  /// A signed integer of 64 bits.
  public static let int64 = DType(.int64)
  /// An integer of 8 bits without a sign.
  public static let uint8 = DType(.uint8)
  /// An integer of 16 bits without a sign.
  public static let uint16 = DType(.uint16)
  /// An integer of 32 bits without a sign.
  public static let uint32 = DType(.uint32)
  /// An integer of 64 bits without a sign.
  public static let uint64 = DType(.uint64)
  /// An IEEE 754 number of 32 bits.
  public static let float32 = DType(.float32)
  /// An IEEE 754 number of 64 bits.
  public static let float64 = DType(.float64)
  /// UTF-8 text.
  public static let string = DType(.string)
  /// UTF-8 text that repeats, kept as numbers and a dictionary. It means its text: that is what is compared, ordered,
  /// grouped and written.
  public static let categorical = DType(.categorical)
  /// A day of the proleptic Gregorian calendar, stored as days since 1970-01-01.
  public static let date = DType(.date)
  /// A moment without a time zone, stored as microseconds since 1970-01-01 00:00.
  public static let datetime = DType(.datetime)
  /// A length of time, stored as microseconds.
  public static let duration = DType(.duration)

  /// Lists of values of a type, which may be lists themselves. Traps when more than 32 would lie in each other.
  public static func list(_ element: DType) -> DType {
    precondition(element.depth < nestingLimit, "at most \(nestingLimit) lists lie in each other")
    return DType(element.base, depth: element.depth + 1)
  }

  /// All types but lists, of which there is no end.
  public static let all: [DType] = [
    .null, .bool, .int8, .int16, .int32, .int64, .uint8, .uint16, .uint32, .uint64, .float32, .float64, .string,
    .categorical, .date, .datetime, .duration,
  ]

  /// Whether arithmetic applies.
  public var isNumeric: Bool { isInteger || isFloatingPoint }

  /// Whether the values are whole numbers.
  public var isInteger: Bool {
    switch kind {
    case .int8, .int16, .int32, .int64, .uint8, .uint16, .uint32, .uint64: true
    case .null, .bool, .float32, .float64, .string, .categorical, .date, .datetime, .duration, .list: false
    }
  }

  /// Whether the values are floating-point numbers.
  public var isFloatingPoint: Bool { kind == .float32 || kind == .float64 }

  /// Whether the values are text.
  public var isText: Bool { kind == .string || kind == .categorical }

  /// Whether the values are days or moments.
  public var isTemporal: Bool { kind == .date || kind == .datetime }

  /// The type of the elements of a list, else nil.
  public var element: DType? { depth > 0 ? DType(base, depth: depth - 1) : nil }

  /// How many lists may lie in each other.
  package static let nestingLimit = 32

  private static let named = Dictionary(uniqueKeysWithValues: all.map { ($0.description, $0) })

  /// The type with this name, as `description` prints it, or nil; also where over 32 lists lie in each other.
  public init?(name: String) {
    var inner = name[...]
    var depth = 0
    while inner.hasPrefix("list("), inner.hasSuffix(")"), depth < DType.nestingLimit {
      inner = inner.dropFirst(5).dropLast()
      depth += 1
    }
    guard let element = DType.named[String(inner)] else { return nil }
    self = (0..<depth).reduce(element) { type, _ in .list(type) }
  }
}

extension DType: CustomStringConvertible {
  /// The type's name in lower case: `int64`, `list(string)`.
  public var description: String {
    element.map { "list(\($0))" } ?? kind.rawValue
  }
}

extension DType: Codable {
  /// Reads a type by its name.
  public init(from decoder: any Decoder) throws {
    let container = try decoder.singleValueContainer()
    let name = try container.decode(String.self)
    guard let type = DType(name: name) else {
      throw DecodingError.dataCorruptedError(in: container, debugDescription: "there is no type '\(name)'")
    }
    self = type
  }

  /// Writes the type's name.
  public func encode(to encoder: any Encoder) throws {
    var container = encoder.singleValueContainer()
    try container.encode(description)
  }
}
