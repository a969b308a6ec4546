import Columnar

/// A column of a printed table: its lines from the name down, and how wide the widest is.
struct TableColumn {
  /// The name and the type.
  static let headerLines = 2

  private(set) var lines: [String]
  private let widths: [Int]
  let width: Int
  private let isRightAligned: Bool

  private init(lines: [String], isRightAligned: Bool) {
    self.lines = lines
    self.isRightAligned = isRightAligned
    widths = lines.map(TextWidth.of)
    width = widths.max() ?? 0
  }

  /// - Parameter rows: which values to show; nil stands for those that are left out.
  init(_ field: Field, _ column: Column, rows: [Int?], maximumTextLength: Int?) {
    let values = rows.map { $0.map { column[$0] } }
    let decimals = FloatText.decimals(for: values)
    let lines = values.map { value in
      switch value {
      case nil: "…"
      case .double(let number): FloatText.text(number, decimals: decimals)
      case .string(let text): TableColumn.printable(text, maximumTextLength)
      case .some(let value): value.description
      }
    }
    self.init(
      lines: [TableColumn.printable(field.name, maximumTextLength), field.type.description] + lines,
      isRightAligned: field.type.isNumeric)
  }

  /// What stands for columns that are left out.
  static func gap(lines count: Int) -> TableColumn {
    TableColumn(lines: Array(repeating: "…", count: count), isRightAligned: false)
  }

  /// A line, filled up with blanks to the column's width.
  func padded(_ line: Int) -> String {
    let blanks = String(repeating: " ", count: width - widths[line])
    return isRightAligned ? blanks + lines[line] : lines[line] + blanks
  }

  /// A text without line ends, escape sequences and the like, which would break the table or the terminal.
  private static func printable(_ text: String, _ maximumLength: Int?) -> String {
    var result = ""
    var width = 0
    for character in text {
      let shown = escaped(character)
      width += TextWidth.of(shown)
      if let maximumLength, width > maximumLength { return result + "…" }
      result += shown
    }
    return result
  }

  private static func escaped(_ character: Character) -> String {
    var result = ""
    for scalar in character.unicodeScalars {
      switch scalar {
      case "\n": result += "\\n"
      case "\r": result += "\\r"
      case "\t": result += "\\t"
      case _ where scalar.properties.generalCategory == .control: result += "\\u{\(String(scalar.value, radix: 16))}"
      default: result.unicodeScalars.append(scalar)
      }
    }
    return result
  }
}
