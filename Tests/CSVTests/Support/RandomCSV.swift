import TestSupport

/// Random CSV text, well-formed but for stray quotes in the middle of fields.
struct RandomCSV {
  var bytes: [UInt8] = []
  let width: Int

  /// About `size` bytes. Small files are mostly oddities.
  ///
  /// - Parameter hasEscapes: whether a backslash in quotes makes the next byte mean itself.
  init(size: Int, hasEscapes: Bool = false, _ generator: inout SplitMix64) {
    width = Int.random(in: 1...5, using: &generator)
    let newlines = [["\n"], ["\r\n"], ["\n", "\r\n"]].randomElement(using: &generator) ?? []
    let oddities = Int.random(in: 0...4, using: &generator)
    if Int.random(in: 0...3, using: &generator) == 0 { bytes = [0xEF, 0xBB, 0xBF] }
    bytes += (0..<width).map { "c\($0)" }.joined(separator: ",").utf8
    bytes += (newlines.randomElement(using: &generator) ?? "\n").utf8
    while bytes.count < size {
      if Int.random(in: 0...9, using: &generator) == 0 { bytes += (newlines.first ?? "\n").utf8 }
      for column in 0..<width {
        if column > 0 { bytes.append(UInt8(ascii: ",")) }
        bytes += RandomCSV.field(oddities, hasEscapes, &generator).utf8
      }
      bytes += (newlines.randomElement(using: &generator) ?? "\n").utf8
    }
    if Bool.random(using: &generator) {
      while let last = bytes.last, last == 10 || last == 13 { bytes.removeLast() }
    }
  }

  private static func field(_ oddities: Int, _ hasEscapes: Bool, _ generator: inout SplitMix64) -> String {
    func one(_ choices: [String]) -> String { choices.randomElement(using: &generator) ?? "" }
    guard Int.random(in: 0...4, using: &generator) < oddities else {
      return one([
        "", "a", "12", "-3.5", hasEscapes ? "a\\" : "word", "two words", "é", "日本語", "a text of more than twelve bytes",
      ])
    }
    switch Int.random(in: 0...5, using: &generator) {
    case 0: return one(["5\" pipe", "a\"b\"c", "x\"", "a\"\"", "é\"\"\"", "\r", "a\rb"])
    case 1: return "\"\(one(["x", "", "a,b"]))\"\(one(["y", "y\"z", "é", " \"q\""]))"
    default:
      let parts = (0..<Int.random(in: 0...5, using: &generator)).map { _ in
        if hasEscapes, Bool.random(using: &generator) {
          return one(["\\\"", "\\\\", "\\,", "\\\n", "\\n", "\\\"\"\"", "\\\",\\\"", "\\é"])
        }
        return one(["a", ",", "\n", "\r\n", "\"\"", "é", "1,2,3\n4,5,6\n", "\"\",\"\"", "\n\n", "plain", "\r"])
      }
      return "\"" + parts.joined() + "\""
    }
  }
}
