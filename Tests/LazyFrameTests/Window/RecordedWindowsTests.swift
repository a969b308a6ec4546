import Columnar
import Foundation
import Testing

@testable import LazyFrame

/// Windows that DuckDB, Polars and pandas answered: see `Tests/Fixtures/windows/make_answers.py`.
@Suite("Recorded answers of windows") struct RecordedWindowsTests {
  typealias Cell = RecordedAnswersTests.Cell

  struct Answers: Decodable {
    let tables: [String: [String: Samples]]
    let cases: [Case]
  }

  struct Samples: Decodable {
    let type: String
    let values: [Cell]
  }

  struct Case: Decodable, Sendable {
    let table: String
    let expression: String
    let tool: String
    let query: String
    let type: String
    let tolerance: Double
    let expected: [Cell]
  }

  static let answers: Answers = {
    do {
      let path = Fixtures.root.appending(path: "Tests/Fixtures/windows/answers.json")
      return try JSONDecoder().decode(Answers.self, from: Data(contentsOf: path))
    } catch {
      fatalError("the recorded answers cannot be read: \(error)")
    }
  }()

  private static func table(_ name: String) -> RecordBatch {
    let columns = (answers.tables[name] ?? [:]).sorted { $0.key < $1.key }
    let fields = columns.map { name, samples -> Field in
      guard let type = DType(name: samples.type) else { fatalError("there is no type \(samples.type)") }
      return Field(name, type)
    }
    return RecordBatch(
      schema: Schema(fields),
      columns: zip(columns, fields).map { column, field in
        withRubbish(Column.known(field.type, column.value.values.map { value($0, field.type) }))
      }, rowCount: columns.first?.value.values.count ?? 0)
  }

  /// The column with something else in the slot of each null, which no one may look at.
  private static func withRubbish(_ column: Column) -> Column {
    func filled<Element: ColumnElement>(_ buffer: Buffer<Element>, _ rubbish: (Int) -> Element) -> Column {
      let values = (0..<column.count).map { column.isNull(at: $0) ? rubbish($0) : buffer[$0] }
      return Column(type: column.type, values: Element.values(Buffer(values)), validity: column.validity)
    }
    switch column.values {
    case .int64(let buffer): return filled(buffer) { Int64($0 * 7 % 5 - 2) * 86_400_000_000 }
    case .float64(let buffer): return filled(buffer) { [-.infinity, .nan, 1e300, -7][$0 % 4] }
    default: return column
    }
  }

  private static func value(_ cell: Cell, _ type: DType) -> Value {
    switch cell {
    case .null: .null
    case .bool(let value): .bool(value)
    case .integer(let value) where type == .datetime: .datetime(microseconds: value)
    case .integer(let value) where type == .duration: .duration(microseconds: value)
    case .integer(let value): type.isFloatingPoint ? .double(Double(value)) : .int(value)
    case .float(let value): .double(value)
    case .text(let text): type.isFloatingPoint ? .double(Double(text) ?? .nan) : .string(text)
    }
  }

  @Test(
    "the answers are the other tools', of one partition and of several",
    arguments: ["mixed", "one", "empty", "nulls"], [1, 7])
  func answers(table: String, partitions: Int) throws {
    let frame = WindowSamples.frame(RecordedWindowsTests.table(table), partitions: partitions)
    let cases = RecordedWindowsTests.answers.cases.filter { $0.table == table }
    #expect(cases.count > 400)
    // Many at once, so that those with the same groups share them.
    for start in stride(from: 0, to: cases.count, by: 60) {
      let some = cases[start..<min(start + 60, cases.count)]
      let named = try some.enumerated().map { try LazyFrame.Expression.parse($1.expression).as("answer \($0)") }
      let result = try frame.select(named).compute(ComputeOptions(threads: 2))
      for (test, column) in zip(some, result.columns) { check(test, column) }
    }
  }

  private func check(_ test: Case, _ column: Column) {
    #expect(column.type.description == test.type, "\(test.expression)")
    #expect(column.count == test.expected.count, "\(test.expression)")
    for (row, cell) in test.expected.enumerated() where row < column.count {
      let expected = RecordedWindowsTests.value(cell, column.type)
      if !isEqual(column[row], expected, test.tolerance) {
        Issue.record(
          "\(test.expression) on '\(test.table)', row \(row): \(column[row]), \(test.tool) has \(expected) for \(test.query)"
        )
        return
      }
    }
  }

  private func isEqual(_ value: Value, _ expected: Value, _ tolerance: Double) -> Bool {
    switch (value, expected) {
    case (.double(let value), .double(let expected)):
      return value.isNaN && expected.isNaN || value == expected || abs(value - expected) <= tolerance * abs(expected)
    default: return value == expected
    }
  }
}
