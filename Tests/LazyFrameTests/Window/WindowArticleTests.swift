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

  @Test("its frame of time is read and computed")
  func frame() throws {
    let path = Fixtures.root.appending(path: "Sources/LazyFrame/LazyFrame.docc/Windows.md")
    let lines = try String(contentsOf: path, encoding: .utf8).split(separator: "\n")
    let text = String(try #require(lines.first { $0.hasPrefix("sum(x) over (") }))
    let days = ["2024-01-01", "2024-01-08", "2024-01-16"] as ColumnValues
    let frame = try LazyFrame(["k": ["a", "a", "a"], "x": [1, 2, 4], "t": days])
      .select(col("k"), col("x"), col("t").cast(to: .date))
    #expect(try frame.select(.parse(text).as("y")).compute().columns[0].all == [.int(1), .int(3), .int(4)])
  }
}
