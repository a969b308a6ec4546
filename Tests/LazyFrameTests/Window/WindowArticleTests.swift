import Columnar
import Foundation
import Testing

@testable import LazyFrame

@Suite("The article on windows") struct WindowArticleTests {
  /// The rows of the table of functions: what is written in Swift, in texts, and the result.
  private static func rows() throws -> [[String]] {
    let path = Fixtures.root.appending(path: "Sources/LazyFrame/LazyFrame.docc/Windows.md")
    return try String(contentsOf: path, encoding: .utf8).split(separator: "\n").filter { $0.hasPrefix("| `") }
      .map { line in line.split(separator: "|").map { $0.trimmingCharacters(in: .whitespaces) }.filter { !$0.isEmpty } }
  }

  @Test("its table is what the functions give")
  func table() throws {
    let rows = try WindowArticleTests.rows()
    #expect(rows.count == 17)
    let values = Column([1, nil, 3, .nan, 2] as [Double?])
    let frame = LazyFrame(
      DataFrame(RecordBatch(schema: Schema([Field("x", .float64)]), columns: [values], rowCount: 5)))
    for row in rows {
      for text in row[1].components(separatedBy: "`, `").map({ $0.trimmingCharacters(in: ["`"]) }) {
        let column = try frame.select(Expression.parse(text).as("y")).compute().columns[0]
        let found = (0..<5).map { row -> String in
          let number = column[row].number
          return number.map { $0.isNaN ? "NaN" : "\(Int($0))" } ?? "null"
        }
        #expect(found.joined(separator: ", ") == row[2].trimmingCharacters(in: ["`"]), "\(text)")
      }
    }
  }
}
