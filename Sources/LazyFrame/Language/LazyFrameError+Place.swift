extension LazyFrameError {
  /// The text that an expression was parsed from, with carets under the place of the error, on two lines:
  ///
  /// ```
  /// mean(close) + medain(open)
  ///               ^^^^^^
  /// ```
  ///
  /// A long text is cut around the place. Nil when the error has no place.
  /// - Parameters:
  ///   - text: what was parsed.
  ///   - width: the most characters that a line may have.
  public func placed(in text: String, width: Int = 78) -> String? {
    guard let span else { return nil }
    let characters = text.map { LazyFrameError.isVisible($0) ? $0 : " " }
    let first = text.prefix(before: span.start + 1) - 1
    // At the end of the text there is nothing to underline but the place behind it.
    let start = span.start >= text.utf8.count ? characters.count : max(0, first)
    let end = max(start + 1, text.prefix(before: span.end))

    let width = max(width, 10)
    var window = 0..<characters.count
    if characters.count > width {
      // A third of the line leads to the place, if the text goes on that far behind it.
      let from = max(0, min(start - width / 3, characters.count + 1 - width))
      window = from..<min(characters.count, from + width)
    }
    var line = String(characters[window])
    if window.lowerBound > 0 { line = "…" + line.dropFirst() }
    if window.upperBound < characters.count { line = line.dropLast() + "…" }
    let indent = String(repeating: " ", count: start - window.lowerBound)
    return "\(line)\n\(indent)\(String(repeating: "^", count: max(1, min(end, window.upperBound) - start)))"
  }

  private static func isVisible(_ character: Character) -> Bool {
    character.unicodeScalars.allSatisfy { $0.value >= 0x20 && $0.value != 0x7F } && !character.isNewline
  }
}
