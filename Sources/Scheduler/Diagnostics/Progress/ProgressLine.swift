/// How far runs are, as a line of text.
struct ProgressLine {
  let state: ProgressState

  /// A line for a terminal that shows so many characters, or nil when not even the share of tasks fits.
  ///
  ///     ━━━━━━━━━━━━━╸────────   62%  124/200    83/s  0:07, 0:03 left  scan-csv
  ///
  /// Where there is too little room, first the rate is left out, then the layer, the number of tasks, the times, and the bar.
  /// What is shown, and where, does not depend on the layer, which changes from moment to moment.
  func text(columns: Int) -> String? {
    for choice in choices {
      let words = choice.words.joined(separator: "  ")
      let room = columns - words.count - 2 - (choice.hasLayer ? Self.layerRoom + 2 : 0)
      if room < Self.smallestBar { continue }
      let line = bar(width: min(room, Self.largestBar)) + "  " + words
      guard choice.hasLayer, let layer = state.layer else { return line }
      return line + "  " + Self.shortened(layer, to: columns - line.count - 2)
    }
    return share.count <= columns ? share : nil
  }

  /// A line of its own, for a file.
  ///
  ///     62%, 124/200 tasks, 83/s, 0:07, 0:03 left, scan-csv
  var plainText: String {
    let layer = state.layer.map { [Self.shortened($0, to: 60)] } ?? []
    return (["\(percent)%", "\(state.done)/\(state.total) tasks", rate, times] + layer).joined(separator: ", ")
  }

  private static let smallestBar = 8
  private static let largestBar = 40

  /// How much is kept free for the name of a layer.
  private static let layerRoom = 16

  /// What can stand behind the bar, the fullest first.
  private var choices: [(words: [String], hasLayer: Bool)] {
    let count = Self.padded("\(state.done)", to: String(state.total).count) + "/\(state.total)"
    return [
      ([share, count, Self.padded(rate, to: 6), times], true), ([share, count, times], true),
      ([share, count, times], false), ([share, times], false), ([share], false),
    ]
  }

  private func bar(width: Int) -> String {
    let halves = state.total == 0 ? 0 : state.done * width * 2 / state.total
    let rest = width - halves / 2 - halves % 2
    return String(repeating: "━", count: halves / 2) + (halves % 2 == 1 ? "╸" : "")
      + String(repeating: "─", count: rest)
  }

  private var share: String {
    Self.padded("\(percent)%", to: 4)
  }

  private var percent: Int { state.total == 0 ? 0 : state.done * 100 / state.total }

  private var times: String {
    Self.clock(state.elapsed) + (state.remaining.map { ", \(Self.clock($0)) left" } ?? "")
  }

  /// Tasks a second, with three digits.
  private var rate: String {
    guard state.elapsed > 0 else { return "0/s" }
    let rate = Double(state.done) / Double(state.elapsed) * 1e9
    if rate >= 9.95 { return "\(Int(rate.rounded()))/s" }
    let tenths = Int((rate * 10).rounded())
    return "\(tenths / 10).\(tenths % 10)/s"
  }

  /// Minutes and seconds, or hours before them.
  private static func clock(_ nanoseconds: UInt64) -> String {
    let seconds = nanoseconds / 1_000_000_000
    let (hours, minutes) = (seconds / 3600, seconds / 60 % 60)
    let rest = padded("\(seconds % 60)", to: 2, with: "0")
    return hours == 0 ? "\(minutes):\(rest)" : "\(hours):\(padded("\(minutes)", to: 2, with: "0")):\(rest)"
  }

  private static func padded(_ text: String, to width: Int, with character: String = " ") -> String {
    String(repeating: character, count: max(0, width - text.count)) + text
  }

  /// A name that users chose, without what a terminal would obey, in at most so many places of a terminal.
  private static func shortened(_ name: String, to places: Int) -> String {
    let clean = name.map { character in
      character.unicodeScalars.contains { $0.properties.generalCategory == .control } ? "?" : character
    }
    if clean.reduce(0, { $0 + width(of: $1) }) <= places { return String(clean) }
    var text = ""
    var room = places - 1
    for character in clean {
      room -= width(of: character)
      if room < 0 { break }
      text.append(character)
    }
    return text + "…"
  }

  /// How many places of a terminal a character takes at most: scripts whose letters may be wide begin at U+1100.
  private static func width(of character: Character) -> Int {
    character.unicodeScalars.contains { $0.value >= 0x1100 && !(0x2000..<0x2600).contains($0.value) } ? 2 : 1
  }
}
