import Columnar

/// Prints rows as a table for people: names, types, aligned values, and how many rows and columns there are.
///
///      symbol │ year  │ mean_open
///      string │ int64 │   float64
///     ────────┼───────┼───────────
///      AZNN   │  2018 │ 69.742683
///      …      │     … │         …
///      ZVO    │  2021 │  3.100000
///     50,000 rows × 3 columns
///
/// Null is `null`. Floats are rounded to six decimals, unless they are so large or small that this would not say much.
/// Control characters are written as escapes.
public struct TableFormatter: Sendable {
  /// How many characters a line may have: columns in the middle are left out, but never the first. Nil: as many as it
  /// takes.
  public var width: Int? = 120
  /// How many rows are shown, half of them from the end. Nil: all.
  public var maximumRows: Int? = 40
  /// How many characters of a text are shown. Nil: all.
  public var maximumTextLength: Int? = 60

  /// A formatter of at most 40 rows, 120 characters to a line and 60 of a text.
  public init() {}

  /// A formatter that cuts nothing.
  public static var complete: TableFormatter {
    var formatter = TableFormatter()
    formatter.width = nil
    formatter.maximumRows = nil
    formatter.maximumTextLength = nil
    return formatter
  }

  /// The table, ending in a newline. O(shown rows · columns).
  public func format(_ batch: RecordBatch) -> String {
    let rows = shownRows(of: batch.rowCount)
    let columns = fitted(
      zip(batch.schema.fields, batch.columns).map {
        TableColumn($0, $1, rows: rows, maximumTextLength: maximumTextLength)
      })
    var text = ""
    if !columns.isEmpty {
      let lineCount = columns[0].lines.count
      for line in 0..<lineCount {
        let cells = columns.map { " " + $0.padded(line) + " " }.joined(separator: "│")
        text += TableFormatter.trimmingEnd(cells) + "\n"
        if line == TableColumn.headerLines - 1 {
          text += columns.map { String(repeating: "─", count: $0.width + 2) }.joined(separator: "┼") + "\n"
        }
      }
    }
    text += TableFormatter.counted(batch.rowCount, "row") + " × "
    text += TableFormatter.counted(batch.schema.count, "column") + "\n"
    return text
  }

  /// The rows to show; nil stands for those that are left out.
  private func shownRows(of count: Int) -> [Int?] {
    guard let maximumRows, count > maximumRows else { return Array(0..<count) }
    let first = (maximumRows + 1) / 2
    return Array(0..<first) + [nil] + Array((count - (maximumRows - first))..<count)
  }

  /// Leaves out columns in the middle until the rest fits the width; the first stays, and if possible the last.
  private func fitted(_ columns: [TableColumn]) -> [TableColumn] {
    // A blank on each side, and a line between columns.
    let needed = columns.reduce(-1) { $0 + $1.width + 3 }
    guard let width, needed > width, columns.count > 2 else { return columns }
    let gap = TableColumn.gap(lines: columns[0].lines.count)
    var front = 1
    var back = columns.count - 1
    var used = columns[0].width + 3 + gap.width + 3 + columns[back].width + 2
    if used > width { return [columns[0], gap] }
    while front < back {
      // The front gets two columns for each one of the back, since keys come first.
      let isFront = front < 2 * (columns.count - back)
      used += columns[isFront ? front : back - 1].width + 3
      if used > width { break }
      if isFront { front += 1 } else { back -= 1 }
    }
    return columns[..<front] + [gap] + columns[back...]
  }

  private static func trimmingEnd(_ line: String) -> Substring {
    var line = line[...]
    while line.last == " " { line.removeLast() }
    return line
  }

  /// `1 row`, `50,000 rows`.
  private static func counted(_ count: Int, _ noun: String) -> String {
    var digits = String(count)
    var place = digits.count - 3
    while place > 0 {
      digits.insert(",", at: digits.index(digits.startIndex, offsetBy: place))
      place -= 3
    }
    return "\(digits) \(noun)\(count == 1 ? "" : "s")"
  }
}
