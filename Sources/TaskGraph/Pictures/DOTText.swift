/// A text as a quoted string of the DOT language, where a backslash begins an escape and `&` an entity.
///
/// - Parameter rounds: How often Graphviz resolves escapes: once in a label, twice in a tooltip.
func quoted(_ text: String, rounds: Int = 1) -> String {
  let backslash = String(repeating: "\\", count: 1 << rounds)
  var result = "\""
  for scalar in text.unicodeScalars {
    switch scalar {
    case "\"": result += "\\\""
    case "\\": result += backslash
    case "&": result += "&amp;"
    case "\n": result += "\\n"
    case "\t": result += " "
    // DOT has no escape for other control characters, and a zero byte would end its input. XML knows no U+FFFE and U+FFFF.
    case "\u{FFFE}", "\u{FFFF}": result += "\u{FFFD}"
    case _ where scalar.properties.generalCategory == .control: result += "\u{FFFD}"
    default: result.unicodeScalars.append(scalar)
    }
  }
  return result + "\""
}

/// A text on one line, with something left out when it is too long: behind the beginning, and before as many characters
/// at the end as are to be kept.
func shortened(_ text: String, to length: Int, keepingLast ending: Int = 0) -> String {
  let line = String(text.map { $0.isNewline ? " " : $0 })
  if line.count <= length { return line }
  return line.prefix(length - ending - 1) + "…" + line.suffix(ending)
}
