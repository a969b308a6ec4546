import Foundation
import LazyFrame
import Testing

@Suite("JSON files and what pandas makes of them")
struct RecordedJSONTests {
  private static let folder = Fixtures.root.appending(path: "Tests/Fixtures/json")

  @Test("all values are the same", arguments: ["events.ndjson", "numbers.ndjson", "records.json", "columns.json"])
  func values(name: String) throws {
    let data = try Data(contentsOf: RecordedJSONTests.folder.appending(path: "answers.json"))
    let answers = try JSONDecoder().decode([String: [[String]]].self, from: data)
    let wanted = try #require(answers[name])
    let path = RecordedJSONTests.folder.appending(path: name).path()
    let isLines = name.hasSuffix(".ndjson")
    for size in isLines ? [1, 64, 200, 1 << 20] : [1] {
      let frame =
        try isLines
        ? LazyFrame.scanNDJSON(path, options: JSONReading.options(partitionSize: size)) : LazyFrame.readJSON(path)
      let computed = try frame.compute()
      let columns = computed.schema.names.enumerated().map { index, name in
        [name] + computed.rows.map { $0[index].description }
      }
      #expect(columns.sorted { $0[0] < $1[0] } == wanted, "partitions of \(size) bytes")
    }
  }
}
