import Foundation

/// A page in Markdown as sections, each a heading and the lines below it.
struct Article {
  struct Section {
    /// The line with the number signs; empty before the first.
    let headingLine: String
    var lines: [String]

    /// What the heading says, without the marks of code.
    var heading: String {
      String(headingLine.drop { $0 == "#" || $0 == " " }).replacing("`", with: "")
    }
  }

  let path: String
  var sections: [Section]

  /// A page of the catalogue of `LazyFrame`.
  init(_ name: String) throws {
    try self.init(path: "Sources/LazyFrame/LazyFrame.docc/\(name).md")
  }

  init(path: String) throws {
    self.path = path
    sections = [Section(headingLine: "", lines: [])]
    var isCode = false
    for line in try Repository.text(path).split(separator: "\n", omittingEmptySubsequences: false).map(String.init) {
      if line.hasPrefix("```") { isCode.toggle() }
      if !isCode, ["## ", "### ", "#### "].contains(where: line.hasPrefix) {
        sections.append(Section(headingLine: line, lines: []))
      } else {
        sections[sections.count - 1].lines.append(line)
      }
    }
  }

  func save() throws {
    let lines = sections.flatMap { ($0.headingLine.isEmpty ? [] : [$0.headingLine]) + $0.lines }
    try Repository.write(lines.joined(separator: "\n"), path)
  }
}

extension Article.Section {
  /// The lines of the blocks of code, from the first fence to the last.
  var code: Range<Int>? { range { $0.hasPrefix("```") } }

  /// The lines of the table.
  var table: Range<Int>? { range { $0.hasPrefix("|") } }

  private func range(_ isPart: (String) -> Bool) -> Range<Int>? {
    guard let first = lines.firstIndex(where: isPart), let last = lines.lastIndex(where: isPart) else { return nil }
    return first..<(last + 1)
  }

  /// Puts lines in place of some, or behind all of them.
  mutating func replace(_ range: Range<Int>?, with new: [String]) {
    if let range { return lines.replaceSubrange(range, with: new) }
    while lines.last == "" { lines.removeLast() }
    lines += [""] + new + [""]
  }

  /// The cells of the table row by row, the header first, without the line below it.
  var cells: [[String]] {
    guard let table else { return [] }
    let rows = lines[table].map { line in
      line.replacing("\\|", with: "\0").split(separator: "|").map {
        $0.replacing("\0", with: "|").trimmingCharacters(in: .whitespaces)
      }
    }
    return rows.enumerated().filter { $0.offset != 1 }.map(\.element)
  }

  /// The lines of a table.
  static func table(_ cells: [[String]]) -> [String] {
    let rows = cells.map { "| " + $0.map { $0.replacing("|", with: "\\|") }.joined(separator: " | ") + " |" }
    let rule = "| " + cells[0].map { _ in "---" }.joined(separator: " | ") + " |"
    return [rows[0], rule] + rows.dropFirst()
  }
}
