import Columnar
import Foundation
import Testing

@testable import LazyFrame

/// Calls of functions that DuckDB, Polars and pandas answered: see `Tests/Fixtures/functions/make_answers.py`.
@Suite("Recorded answers of functions") struct RecordedFunctionsTests {
  typealias Cell = RecordedAnswersTests.Cell

  struct Answers: Decodable {
    let columns: [String: Samples]
    let cases: [Case]
  }

  struct Samples: Decodable {
    let type: String
    let values: [Cell]
  }

  struct Case: Decodable, CustomTestStringConvertible, Sendable {
    let expression: String
    let tool: String
    let query: String
    let type: String
    let tolerance: Double
    let expected: [Cell]
    let skipped: [Int]?

    var testDescription: String { "\(expression), as \(tool) has it: \(query)" }
  }

  static let answers: Answers = {
    do {
      let path = Fixtures.root.appending(path: "Tests/Fixtures/functions/answers.json")
      return try JSONDecoder().decode(Answers.self, from: Data(contentsOf: path))
    } catch {
      fatalError("the recorded answers cannot be read: \(error)")
    }
  }()

  static let columns: [String: Column] = answers.columns.mapValues { samples in
    guard let type = DType(name: samples.type) else { fatalError("there is no type \(samples.type)") }
    return Column.known(type, samples.values.map { RecordedFunctionsTests.value($0, type) })
  }

  private static func value(_ cell: Cell, _ type: DType) -> Value {
    switch cell {
    case .null: .null
    case .bool(let value): .bool(value)
    case .integer(let value) where type == .date: .date(days: Int32(truncatingIfNeeded: value))
    case .integer(let value) where type == .datetime: .datetime(microseconds: value)
    case .integer(let value): type.isFloatingPoint ? .double(Double(value)) : .int(value)
    case .float(let value): .double(value)
    case .text(let text): type.isFloatingPoint ? .double(Double(text) ?? .nan) : .string(text)
    }
  }

  @Test("the answer is the other tool's", arguments: answers.cases)
  func answer(_ test: Case) throws {
    // The columns that the case speaks of are as long as its answer.
    let named = RecordedFunctionsTests.columns.filter { $0.value.count == test.expected.count }.sorted {
      $0.key < $1.key
    }
    let schema = Schema(named.map { Field($0.key, $0.value.type) })
    let expression = try ExpressionResolver(schema: schema).resolve(try Expression.parse(test.expression))
    let batch = RecordBatch(schema: schema, columns: named.map(\.value), rowCount: test.expected.count)
    let result = try Evaluator.evaluate(expression, batch)
    #expect(result.type.description == test.type)
    for (row, cell) in test.expected.enumerated() where test.skipped?.contains(row) != true {
      let expected = RecordedFunctionsTests.value(cell, result.type)
      #expect(
        isEqual(result[row], expected, test.tolerance),
        "row \(row) of \(expression.columns.sorted().map { batch[$0]?[row].description ?? "" }): \(result[row]), expected \(expected)"
      )
    }
  }

  private func isEqual(_ value: Value, _ expected: Value, _ tolerance: Double) -> Bool {
    switch (value, expected) {
    case (.double(let value), .double(let expected)):
      return value.isNaN && expected.isNaN || value == expected || abs(value - expected) <= tolerance * abs(expected)
    // By their bytes: Swift's equality knows only canonical equivalence.
    case (.string(let value), .string(let expected)): return Array(value.utf8) == Array(expected.utf8)
    default: return value == expected
    }
  }
}
