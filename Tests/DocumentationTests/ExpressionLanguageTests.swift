import Foundation
import LazyFrame
import TestSupport
import Testing

/// The tables of the article on expressions as text.
@Suite("The article on the expression language") struct ExpressionLanguageTests {
  /// The tables with these columns: expressions in the first, and what the others say of them.
  private static func rows(_ header: [String]) throws -> [[String]] {
    try Article("ExpressionLanguage").sections.map(\.cells).filter { $0.first == header }.flatMap { $0.dropFirst() }
      .map { $0.map { cell in cell.hasPrefix("`") ? String(cell.dropFirst().dropLast()) : cell } }
  }

  /// The file that the page shows behind a sentence.
  private static func frame(behind sentence: String, in folder: TemporaryFolder) throws -> LazyFrame {
    let page = try Repository.text("Sources/LazyFrame/LazyFrame.docc/ExpressionLanguage.md")
    let parts = page.components(separatedBy: sentence)
    guard parts.count == 2 else { throw Missing(description: "the page does not say: \(sentence)") }
    folder.write(parts[1].components(separatedBy: "```")[1].dropFirst() + "", to: "rows.csv")
    return try LazyFrame.scanCSV(folder.path("rows.csv"))
  }

  @Test("each expression has the result and the type that the page says")
  func expressions() throws {
    let folder = TemporaryFolder()
    let frame = try ExpressionLanguageTests.frame(behind: "is computed on this row:", in: folder)
    let rows = try ExpressionLanguageTests.rows(["Expression", "Result", "Type"])
    #expect(rows.count > 180)
    for row in rows {
      let column = try frame.select(.parse(row[0]).as("result")).compute().columns[0]
      #expect(column[0].description == row[1], "\(row[0])")
      #expect(column.type.description == row[2], "\(row[0])")
    }
  }

  @Test("each aggregate has the result and the name that the page says")
  func aggregates() throws {
    let folder = TemporaryFolder()
    let frame = try ExpressionLanguageTests.frame(behind: "These are computed on the four rows", in: folder)
    let rows = try ExpressionLanguageTests.rows(["Aggregate", "Result", "Name of the result"])
    #expect(rows.count > 40)
    for row in rows {
      let result = try frame.groupBy().aggregate(.parse(row[0])).compute()
      #expect(result.row(0)[0].description == row[1], "\(row[0])")
      #expect(result.schema.names == [row[2]], "\(row[0])")
    }
  }
}
