/// What stands in place of a match: text, and groups of the match as `$1`, `${1}` or `${name}`; `$0` is the whole match
/// and `$$` the sign itself.
struct RegularReplacement {
  enum Piece: Equatable {
    case text([UInt8])
    case group(Int)
  }

  private(set) var pieces: [Piece] = []

  /// - Throws: `LazyFrameError` for a group that the pattern does not have, and for a `$` that means nothing.
  init(_ text: String, for expression: RegularExpression) throws {
    var literal: [UInt8] = []
    var rest = text.unicodeScalars[...]
    while let scalar = rest.popFirst() {
      guard scalar == "$" else {
        literal += Array(String(scalar).utf8)
        continue
      }
      if rest.first == "$" {
        rest.removeFirst()
        literal.append(UInt8(ascii: "$"))
        continue
      }
      let name = try RegularReplacement.name(&rest, in: text)
      if !literal.isEmpty { pieces.append(.text(literal)) }
      literal = []
      guard let group = Int(name) ?? expression.group(named: name), group <= expression.groupCount else {
        throw LazyFrameError(
          .pattern, "the replacement '\(text)' asks for group \(name), which the regular expression does not have",
          hint: "the groups of \(expression.pattern) are numbered from 0 to \(expression.groupCount)")
      }
      pieces.append(.group(group))
    }
    if !literal.isEmpty { pieces.append(.text(literal)) }
  }

  /// The group's number or name behind a `$`.
  private static func name(_ rest: inout Substring.UnicodeScalarView, in text: String) throws -> String {
    if rest.first == "{", let end = rest.firstIndex(of: "}") {
      defer { rest = rest[rest.index(after: end)...] }
      return String(rest[rest.index(after: rest.startIndex)..<end])
    }
    let digits = rest.prefix { ("0"..."9").contains($0) }
    guard !digits.isEmpty else {
      throw LazyFrameError(
        .pattern, "a '$' in the replacement '\(text)' stands before no group",
        hint: "write $1 or ${name} for a group, and $$ for the sign itself")
    }
    rest.removeFirst(digits.count)
    return String(digits)
  }

  /// Appends what stands for the last match.
  func append(_ matches: RegularExpressionMatches, in text: UnsafeRawBufferPointer, to output: inout [UInt8]) {
    for piece in pieces {
      switch piece {
      case .text(let bytes): output += bytes
      case .group(let number):
        if let range = matches.range(number) { output.append(contentsOf: text[range]) }
      }
    }
  }
}
