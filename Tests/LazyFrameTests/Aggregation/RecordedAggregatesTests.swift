import Columnar
import Foundation
import Testing

@testable import LazyFrame

/// Aggregates that DuckDB and pandas answered: see `Tests/Fixtures/aggregates/make_answers.py`.
@Suite("Recorded answers of aggregates") struct RecordedAggregatesTests {
  struct Answers: Decodable {
    let columns: [String: Samples]
    let cases: [Case]
  }

  struct Samples: Decodable {
    let type: String
    let values: [RecordedAnswersTests.Cell]
  }

  struct Case: Decodable, CustomTestStringConvertible, Sendable {
    let expression: String
    let tool: String
    let query: String
    let type: String
    let tolerance: Double
    let keys: [Int64]
    let expected: [Answer]

    var testDescription: String { "\(expression), as \(tool) has it: \(query)" }
  }

  /// A value or a list of them.
  enum Answer: Decodable, Sendable {
    case value(RecordedAnswersTests.Cell)
    case list([Answer])

    init(from decoder: any Decoder) throws {
      let container = try decoder.singleValueContainer()
      if let list = try? container.decode([Answer].self) {
        self = .list(list)
      } else {
        self = .value(try container.decode(RecordedAnswersTests.Cell.self))
      }
    }

    func value(_ type: DType) -> Value {
      switch self {
      case .list(let answers): .list(answers.map { $0.value(type.element ?? .null) })
      case .value(.null): .null
      case .value(.bool(let value)): .bool(value)
      case .value(.integer(let value)): type.isFloatingPoint ? .double(Double(value)) : .int(value)
      case .value(.float(let value)): .double(value)
      case .value(.text(let text)): type.isFloatingPoint ? .double(Double(text) ?? .nan) : .string(text)
      }
    }
  }

  static let answers: Answers = {
    do {
      let path = Fixtures.root.appending(path: "Tests/Fixtures/aggregates/answers.json")
      return try JSONDecoder().decode(Answers.self, from: Data(contentsOf: path))
    } catch {
      fatalError("the recorded answers cannot be read: \(error)")
    }
  }()

  /// The rows in batches of 30.
  static let frame: DataFrame = {
    let names = answers.columns.keys.sorted()
    let columns = names.compactMap { name -> (Field, [Value])? in
      guard let samples = answers.columns[name], let type = DType(name: samples.type) else { return nil }
      return (Field(name, type), samples.values.map { Answer.value($0).value(type) })
    }
    let schema = Schema(columns.map(\.0))
    let count = columns.first?.1.count ?? 0
    let batches = stride(from: 0, to: count, by: 30).map { start in
      let rows = start..<min(start + 30, count)
      return RecordBatch(
        schema: schema, columns: columns.map { Column.known($0.0.type, Array($0.1[rows])) }, rowCount: rows.count)
    }
    return DataFrame(batches, schema: schema)
  }()

  @Test("the answer is the other tool's", arguments: answers.cases)
  func answer(_ test: Case) throws {
    let aggregate = try LazyFrame.Expression.parse(test.expression)
    let table = RecordedAggregatesTests.frame
    let frame = LazyFrame(partitions: table.batches, schema: table.schema)
    let result = try frame.groupBy(col("k")).aggregate(aggregate.as("a")).compute()
    #expect(result.schema.fields[1].type.description == test.type)
    guard let type = DType(name: test.type) else { return }
    let rows = (0..<result.rowCount).map { result.row($0) }
    for (key, answer) in zip(test.keys, test.expected) {
      let value = try #require(rows.first { $0[0] == .int(key) })[1]
      let expected = answer.value(type)
      #expect(isEqual(value, expected, test.tolerance), "group \(key): \(value), expected \(expected)")
    }
  }

  private func isEqual(_ value: Value, _ expected: Value, _ tolerance: Double) -> Bool {
    guard case .double(let a) = value, case .double(let b) = expected, a.isFinite, b.isFinite else {
      return same(value, expected)
    }
    return abs(a - b) <= tolerance * abs(b)
  }
}
