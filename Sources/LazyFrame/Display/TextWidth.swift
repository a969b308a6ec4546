/// How many cells of a terminal a text takes.
enum TextWidth {
  /// Two for each East Asian wide character and emoji, none for marks that combine, else one. O(length).
  static func of(_ text: String) -> Int {
    var isASCII = true
    for byte in text.utf8 where byte >= 0x80 { isASCII = false }
    return isASCII ? text.utf8.count : text.reduce(0) { $0 + of($1) }
  }

  /// The width of one character as a reader sees it, whatever code points it is made of.
  static func of(_ character: Character) -> Int {
    guard let first = character.unicodeScalars.first else { return 0 }
    if character.unicodeScalars.contains(where: { isWide($0.value) || $0.value == emojiSelector }) { return 2 }
    switch first.properties.generalCategory {
    case .nonspacingMark, .enclosingMark, .format: return 0
    default: return 1
    }
  }

  /// Asks for the picture form of a symbol that also has a plain one.
  private static let emojiSelector: UInt32 = 0xFE0F

  /// Whether a code point is of class W or F in Unicode's East Asian Width, by the blocks that matter.
  private static func isWide(_ value: UInt32) -> Bool {
    guard value >= 0x1100 else { return false }
    switch value {
    case 0x1100...0x115F, 0x2E80...0x303E, 0x3041...0x33FF, 0x3400...0x4DBF, 0x4E00...0xA4CF, 0xA960...0xA97F,
      0xAC00...0xD7A3, 0xF900...0xFAFF, 0xFE30...0xFE6F, 0xFF00...0xFF60, 0xFFE0...0xFFE6, 0x1F300...0x1F64F,
      0x1F680...0x1F6FF, 0x1F900...0x1F9FF, 0x20000...0x3FFFD:
      return true
    default: return false
    }
  }
}
