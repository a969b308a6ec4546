/// What stands around fields, and what makes the byte behind it mean nothing but itself inside of them.
struct Quote: Sendable, Hashable {
  let byte: UInt8
  /// Nil: only a doubled quote stands for a quote.
  let escape: UInt8?

  init(_ byte: UInt8, escape: UInt8? = nil) {
    (self.byte, self.escape) = (byte, escape)
  }
}

extension Dialect {
  /// Nil: no quoting.
  var fieldQuote: Quote? { quote.map { Quote($0, escape: escape) } }

  /// The quote as its own escape is what doubled quotes are.
  static func escape(_ options: CSVOptions) -> UInt8? { options.escape == options.quote ? nil : options.escape }
}
