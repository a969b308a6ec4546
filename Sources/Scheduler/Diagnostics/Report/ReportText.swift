/// Amounts and names as a report shows them.
package enum ReportText {
  /// Three digits and a unit: "1.24 s", "350 ms", "12.5 µs".
  package static func duration(_ nanoseconds: Int) -> String {
    if nanoseconds >= 60_000_000_000 { return long(nanoseconds / 1_000_000_000) }
    return scaled(nanoseconds, [("ns", 1), ("µs", 1000), ("ms", 1_000_000), ("s", 1_000_000_000)])
  }

  /// Three digits and a unit: "1.24 GB", "350 kB", "12 B".
  package static func bytes(_ bytes: Int) -> String {
    scaled(bytes, [("B", 1), ("kB", 1000), ("MB", 1_000_000), ("GB", 1_000_000_000), ("TB", 1_000_000_000_000)])
  }

  /// Whole, with a comma behind each three digits: "1,234,567".
  package static func count(_ count: Int) -> String {
    var text = ""
    for (index, digit) in String(count).reversed().enumerated() {
      if index > 0, index % 3 == 0 { text = "," + text }
      text = "\(digit)" + text
    }
    return text
  }

  /// A count with its noun: "1 task", "65 tasks".
  package static func count(_ number: Int, _ noun: String) -> String {
    "\(count(number)) \(noun)\(number == 1 ? "" : "s")"
  }

  /// "83%", and "<1%" for what is little and not nothing.
  static func share(_ part: Int, of whole: Int) -> String {
    if part <= 0 || whole <= 0 { return "0%" }
    let percent = Int((Double(part) / Double(whole) * 100).rounded())
    return percent == 0 ? "<1%" : "\(percent)%"
  }

  /// With two decimals: "1.86".
  static func decimal(_ value: Double) -> String {
    let hundredths = Int((value * 100).rounded())
    return "\(hundredths / 100)." + (hundredths % 100 < 10 ? "0" : "") + "\(hundredths % 100)"
  }

  /// A text for a page, between tags or in an attribute.
  static func escaped(_ text: String) -> String {
    var result = ""
    for scalar in text.unicodeScalars {
      switch scalar {
      case "&": result += "&amp;"
      case "<": result += "&lt;"
      case ">": result += "&gt;"
      case "\"": result += "&quot;"
      // HTML knows no other control characters.
      case "\0"..<"\t", "\u{B}"..<" ", "\u{7F}": result += "\u{FFFD}"
      default: result.unicodeScalars.append(scalar)
      }
    }
    return result
  }

  private static func long(_ seconds: Int) -> String {
    let (minutes, rest) = (seconds / 60, seconds % 60)
    return minutes < 60 ? "\(minutes) min \(rest) s" : "\(minutes / 60) h \(minutes % 60) min"
  }

  private static func scaled(_ value: Int, _ units: [(name: String, size: Int)]) -> String {
    // What would be rounded up to a thousand is written in the next unit.
    let unit = units.last { Double(value) >= Double($0.size) * 0.9995 } ?? units[0]
    if unit.size == 1 { return "\(value) \(unit.name)" }
    let number = Double(value) / Double(unit.size)
    let decimals = number < 9.995 ? 2 : number < 99.95 ? 1 : 0
    let scale = decimals == 2 ? 100 : decimals == 1 ? 10 : 1
    let whole = Int((number * Double(scale)).rounded())
    let fraction = whole % scale
    if decimals == 0 { return "\(whole) \(unit.name)" }
    let digits = String(fraction)
    return "\(whole / scale).\(String(repeating: "0", count: decimals - digits.count))\(digits) \(unit.name)"
  }
}
