import Foundation
import LazyFrame

/// A row of a table of expressions: the line that it is written in, and what it gives.
struct ExampleRow: Sendable {
  let expression: LazyFrame.Expression
  private let file: String
  private let line: Int

  init(_ expression: LazyFrame.Expression, file: String = #filePath, line: Int = #line) {
    (self.expression, self.file, self.line) = (expression, file, line)
  }

  /// The expression as it is written.
  var source: String {
    get throws {
      let line = try String(contentsOfFile: file, encoding: .utf8).components(separatedBy: "\n")[line - 1]
      let text = line.trimmingCharacters(in: .whitespaces)
      guard text.hasPrefix("ExampleRow("), text.hasSuffix("),") else {
        throw Missing(description: "an example is one line, and not: \(text)")
      }
      return String(text.dropFirst("ExampleRow(".count).dropLast(2))
    }
  }
}

/// The table of a section: expressions over the rows of a frame.
struct ExampleTable: Sendable {
  let heading: String
  /// The names of the two columns.
  let header: [String]
  /// What each expression makes of the sample.
  let result: @Sendable (LazyFrame.Expression) throws -> Column
  let rows: [ExampleRow]

  func lines() throws -> [String] {
    Article.Section.table(
      [header]
        + (try rows.map { row in
          let column = try result(row.expression)
          let values = (0..<column.count).map { column[$0].description }.joined(separator: ", ")
          return ["`\(try row.source)`", "`\(values)`"]
        }))
  }
}
