import Foundation
import TestSupport
import Testing

@testable import LazyFrame

/// The tables of the article on null and NaN, which say themselves what they are computed on.
@Suite("The article on null and NaN") struct NullAndNaNTests {
  @Test("its tables are what is computed")
  func tables() throws {
    var article = try Article("NullAndNaN")
    var count = 0
    for index in article.sections.indices {
      let section = article.sections[index]
      guard let table = section.table else { continue }
      let cells = section.cells
      let computed = Article.Section.table(
        try section.heading == "Verbs"
          ? NullAndNaNTests.verbs() : cells.map { try $0 == cells[0] ? $0 : row($0, cells[0]) })
      count += computed.count
      if Repository.isRecording {
        article.sections[index].replace(table, with: computed)
      } else {
        #expect(computed == Array(section.lines[table]), "\(section.heading)")
      }
    }
    #expect(count > 300)
    if Repository.isRecording { try article.save() }
  }

  @Test("every function, aggregate, window and verb is in a table")
  func completeness() throws {
    let cells = try Article("NullAndNaN").sections.flatMap(\.cells).compactMap(\.first).joined(separator: "\n")
    for name in FunctionName.names where !["avg", "stddev", "variance"].contains(name) {
      // Other names of what is there under its own.
      if let aggregate = AggregateFunction(languageName: name), aggregate.name != name { continue }
      let isThere = cells.contains("\(name)(")
      #expect(isThere, "NullAndNaN.md lacks '\(name)'")
    }
    let verbs = try Article("Verbs").sections.map(\.heading).filter { !NullAndNaNTests.others.contains($0) }
    #expect(verbs.count > 30)
    for verb in verbs {
      let isThere = cells.contains("\(verb)(")
      #expect(isThere, "NullAndNaN.md lacks the verb '\(verb)'")
    }
  }

  @Test(
    "a window of no rows has none", arguments: ["shift(x, 1)", "rank(x, 'min')", "rolling_sum(x, 2)", "fill_mean(x)"])
  func noRows(window: String) throws {
    let frame = NullAndNaNTests.frame(of: [])
    #expect(try frame.select(.parse(window).as("y")).compute().rowCount == 0)
  }

  @Test("files and rows of your own types have null and NaN as the page says")
  func files() throws {
    let frame = try LazyFrame(["x": [1, nil, .nan], "s": ["", nil, "NA"]]).compute()
    var written = ""
    CSVWriter().write(frame.batch) { written += String(decoding: $0, as: UTF8.self) }
    #expect(written == "x,s\n1.0,\"\"\n,\nnan,NA\n")
    var json = ""
    JSONWriter(layout: .lines).write(frame.batch) { json += String(decoding: $0, as: UTF8.self) }
    #expect(json == "{\"x\":1.0,\"s\":\"\"}\n{\"x\":null,\"s\":null}\n{\"x\":null,\"s\":\"NA\"}\n")

    // Read again, it is the same. The word NA is null among numbers only.
    let folder = TemporaryFolder()
    folder.write(written + "NA,b\n", to: "a.csv")
    let again = try LazyFrame.scanCSV(folder.path("a.csv")).compute()
    #expect(again.rows.map(\.description) == frame.rows.map(\.description) + ["[null, b]"])

    struct Row: Decodable { let x: Double?, s: String? }
    struct Strict: Decodable { let x: Double }
    let rows = try frame.decode(as: Row.self)
    #expect(rows.map { $0.x == nil } == [false, true, false])
    #expect(rows[2].x?.isNaN == true)
    #expect(throws: LazyFrameError.self) { try frame.decode(as: Strict.self) }
  }

  /// The headings of `Verbs.md` that are no verb, or one that passes values on as they are.
  private static let others: Set = [
    "", "Overview", "sales", "shops", "Sources", "Rows", "Columns", "Groups", "Several frames", "Shape",
    "One row of all", "Computed at once", "Runs", "Files", "Partitions", "scanCSV", "scanNDJSON", "readJSON",
    "scanJSON",
    "init", "select", "withColumns", "drop", "rename", "schema", "explain", "compute", "persist", "writeCSV",
    "writeNDJSON", "writeJSON", "write",
    "writeRejectedRows", "partitionCount", "partitions", "repartition", "mapPartitions",
  ]

  // MARK: Rows of expressions

  /// An expression, and its values for what the header says.
  private func row(_ cells: [String], _ header: [String]) throws -> [String] {
    let text = cells[0].dropFirst().dropLast()
    return [cells[0]] + (try header.dropFirst().map { "`\(try value(String(text), header[0], $0))`" })
  }

  private func value(_ text: String, _ kind: String, _ input: String) throws -> String {
    let frame = try NullAndNaNTests.frame(input)
    let expression = try LazyFrame.Expression.parse(text).as("result")
    do {
      let isAggregate = kind == "Aggregate"
      let column = try (isAggregate ? frame.groupBy([]).aggregate(expression) : frame.select(expression)).compute()
        .columns[0]
      return (0..<column.count).map { column[$0] == .string("") ? "''" : column[$0].description }.joined(
        separator: ", ")
    } catch let error as LazyFrameError where ![.syntax, .type, .unknownColumn].contains(error.code) {
      return "error"
    }
  }

  /// The frame that a header means: "`x` is null", "1, null, 3", "no rows" or "Result".
  private static func frame(_ header: String) throws -> LazyFrame {
    let words = header.replacing("`", with: "").components(separatedBy: " is ")
    guard words.count == 2 else {
      if header == "no rows" { return frame(of: []) }
      if header == "Result" { return frame(of: [0]) }
      return frame(of: header.components(separatedBy: ", ").map { Double($0.lowercased()) })
    }
    let columns: [String: DType] = ["x": .float64, "i": .int64, "s": .string, "t": .datetime, "l": .list(.float64)]
    let values: [String: LazyFrame.Expression] = [
      "null": lit(.null), "NaN": lit(Double.nan), "0": 0, "empty": "", "[]": lit(.list([])),
      "[1, null, NaN, 1]": lit(.list([.double(1), .null, .double(.nan), .double(1)])),
    ]
    guard let type = columns[words[0]], let value = values[words[1]] else {
      throw Missing(description: "no frame is known for '\(header)'")
    }
    return frame(of: [0]).select(value.cast(to: type).as(words[0]))
  }

  /// The values as `x`, beside the numbers of the rows as `y`.
  private static func frame(of values: [Double?]) -> LazyFrame {
    let columns = [Column(values), Column(values.indices.map { Double($0 + 1) as Double? })]
    let schema = Schema([Field("x", .float64), Field("y", .float64)])
    return LazyFrame(DataFrame(RecordBatch(schema: schema, columns: columns, rowCount: values.count)))
  }

  // MARK: Rows of verbs

  private static func verbs() throws -> [[String]] {
    let inputs: [[Double?]] = [[2, nil, .nan, 1, nil], []]
    let header = ["Verb", "2, null, NaN, 1, null", "no rows"]
    return [header]
      + (try NullExamples.verbs.map { row in
        ["`\(try row.source)`"]
          + (try inputs.map { values in "`\(try rows(try row.verb(frame(of: values).select(col("x")))))`" })
      })
  }

  /// The rows of a table in one line.
  private static func rows(_ value: any Printed) throws -> String {
    guard let frame = try (value as? LazyFrame)?.compute() ?? value as? DataFrame else { return try value.printed() }
    let rows = frame.rows.map { row in
      row.count == 1 ? row[0].description : "(\(row.map(\.description).joined(separator: ", ")))"
    }
    return rows.isEmpty ? "no rows" : rows.joined(separator: ", ")
  }
}
