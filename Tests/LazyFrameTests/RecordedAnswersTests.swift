import Foundation
import Testing

@testable import LazyFrame

/// Queries on edge-case files whose answers DuckDB gave: see `Tests/Fixtures/csv/make_edge_files.py`.
@Suite("Recorded answers") struct RecordedAnswersTests {
  struct Case: Decodable, CustomTestStringConvertible, Sendable {
    let name: String
    let file: String
    let schema: [String: String]
    let by: String
    let aggregates: String
    let filter: String?
    let sort: String
    let columns: [String]
    let types: [String]
    let expected: [[Cell]]

    var testDescription: String { name }

    var path: String { Fixtures.csv.appending(path: file).path() }

    func query(_ partitionSize: Int) throws -> LazyFrame {
      var options = CSVOptions()
      options.partitionSize = partitionSize
      var frame = try LazyFrame.scanCSV(path, options: options)
      if let filter { frame = frame.filter(try LazyFrame.Expression.parse(filter)) }
      let keys = try LazyFrame.Expression.parseSortKeys(sort)
      return frame.groupBy(try LazyFrame.Expression.parseList(by)).aggregate(
        try LazyFrame.Expression.parseList(aggregates)
      ).sort(by: keys)
    }
  }

  enum Cell: Decodable, Sendable {
    case null
    case bool(Bool)
    case integer(Int64)
    case float(Double)
    case text(String)

    init(from decoder: any Decoder) throws {
      let container = try decoder.singleValueContainer()
      if container.decodeNil() {
        self = .null
      } else if let value = try? container.decode(Bool.self) {
        self = .bool(value)
      } else if let value = try? container.decode(Int64.self) {
        self = .integer(value)
      } else if let value = try? container.decode(Double.self) {
        self = .float(value)
      } else {
        self = .text(try container.decode(String.self))
      }
    }
  }

  static let cases: [Case] = {
    do {
      return try JSONDecoder().decode([Case].self, from: Data(contentsOf: Fixtures.csv.appending(path: "cases.json")))
    } catch {
      fatalError("the recorded answers cannot be read: \(error)")
    }
  }()

  @Test("the answer is DuckDB's, in one partition and in many", arguments: cases)
  func answer(_ test: Case) throws {
    // Partitions of a few bytes make thousands of tasks of a large file: small ones show as much.
    let size = try Data(contentsOf: URL(fileURLWithPath: test.path)).count
    for partitionSize in [16 << 20, 4096, 64, 7] where size / partitionSize < 300 {
      let frame = try test.query(partitionSize).compute(ComputeOptions(threads: 2))
      #expect(frame.schema.names == test.columns)
      try #require(frame.rowCount == test.expected.count, "partition size \(partitionSize)")
      for (row, expected) in zip(frame.rows, test.expected) {
        for (index, cell) in expected.enumerated() {
          #expect(
            matches(row[index], cell, test.types[index], isExact: isExact(test.columns[index])),
            "partition size \(partitionSize), row \(row), column \(test.columns[index]), expected \(cell)")
        }
      }
    }
  }

  @Test("one thread and two give the same bits", arguments: cases)
  func threads(_ test: Case) throws {
    let query = try test.query(512)
    #expect(bits(try query.compute(ComputeOptions(threads: 1))) == bits(try query.compute(ComputeOptions(threads: 2))))
  }

  @Test("an optimised plan gives the same bits as the plan as written", arguments: cases)
  func optimized(_ test: Case) throws {
    let query = try test.query(4096)
    var options = ComputeOptions(threads: 1)
    let optimized = try query.compute(options)
    options.disabledPasses = Set(Optimizer.Pass.allCases.map(\.rawValue))
    #expect(bits(optimized) == bits(try query.compute(options)))
  }

  @Test("the columns are found with their types", arguments: cases)
  func schema(_ test: Case) throws {
    // Every file is small enough to be seen whole, so the inference is exact.
    let names = ["text": "string", "integer": "int64", "float": "float64", "boolean": "bool"]
    let schema = try LazyFrame.scanCSV(test.path).schema()
    for (column, type) in test.schema {
      let name = column.isEmpty ? "column_1" : column
      #expect(schema[name]?.type.description == names[type] ?? type, "column \(name)")
    }
  }

  private func isExact(_ column: String) -> Bool { !column.hasPrefix("sum") && !column.hasPrefix("mean") }

  private func matches(_ value: Value, _ cell: Cell, _ type: String, isExact: Bool) -> Bool {
    switch (value, cell) {
    case (.null, .null): return true
    case (.bool(let value), .bool(let expected)): return value == expected
    case (.int(let value), .integer(let expected)): return value == expected
    case (.string(let value), .text(let expected)): return value == expected
    case (.double(let value), .text(let expected)):
      return value.isNaN ? expected == "nan" : value == (expected == "inf" ? .infinity : -.infinity) && value.isInfinite
    case (.double(let value), .integer(let expected)): return near(value, Double(expected), isExact)
    case (.double(let value), .float(let expected)): return near(value, expected, isExact)
    case (.int(let value), .float(let expected)): return Double(value) == expected
    case (.date, .text(let expected)): return value.description == expected
    case (.datetime, .text(let expected)):
      return value.description == expected.split(separator: "T").joined(separator: " ")
    default: return false
    }
  }

  private func near(_ value: Double, _ expected: Double, _ isExact: Bool) -> Bool {
    value == expected || (!isExact && abs(value - expected) <= 1e-12 * abs(expected))
  }
}
