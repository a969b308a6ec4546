/// How the bytes of one data set separate records and fields: the options with the sniffed parts filled in.
public struct Dialect: Sendable, Hashable, Codable {
  /// The byte between fields.
  public let delimiter: UInt8
  /// Nil: no quoting.
  public let quote: UInt8?
  /// Nil: nothing makes the next byte literal.
  public let escape: UInt8?
  /// Nil: no comments.
  public let comment: UInt8?
}

extension Dialect: CustomStringConvertible {
  /// `delimiter ',', quote '"'`.
  public var description: String {
    var parts = ["delimiter \(Dialect.name(delimiter))"]
    parts.append(quote.map { "quote \(Dialect.name($0))" } ?? "no quotes")
    if let escape { parts.append("escape \(Dialect.name(escape))") }
    if let comment { parts.append("comment \(Dialect.name(comment))") }
    return parts.joined(separator: ", ")
  }

  static func name(_ byte: UInt8) -> String {
    byte == UInt8(ascii: "\t") ? "tab" : "'\(Character(Unicode.Scalar(byte)))'"
  }
}
