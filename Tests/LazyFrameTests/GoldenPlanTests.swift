import Foundation
import Testing

@testable import LazyFrame

/// Queries with their optimised plan and their result, in files: `Tests/Fixtures/plans`.
///
/// A file holds the operations in the order in which they apply, one a line, then the plan, then the result as rows of
/// values. `LAZYFRAME_RECORD=1 swift test --filter GoldenPlan` writes plan and result anew; read the difference before
/// you keep it.
@Suite("Golden plans") struct GoldenPlanTests {
  struct Golden: CustomTestStringConvertible, Sendable {
    let path: URL
    let title: String
    let operations: [(verb: String, text: String)]
    let plan: String
    let result: String

    var testDescription: String { title }

    init(_ path: URL) throws {
      self.path = path
      let sections = try String(contentsOf: path, encoding: .utf8).components(separatedBy: "\n--- ")
      let head = sections[0].split(separator: "\n")
      title = String(head[0].dropFirst(2))
      operations = head.dropFirst().map { line in
        let parts = line.split(separator: ":", maxSplits: 1)
        return (String(parts[0]), parts.count > 1 ? parts[1].trimmingCharacters(in: .whitespaces) : "")
      }
      plan = Golden.section("plan", sections)
      result = Golden.section("result", sections)
    }

    private static func section(_ name: String, _ sections: [String]) -> String {
      sections.first { $0.hasPrefix(name + "\n") }.map {
        String($0.dropFirst(name.count + 1)).trimmingCharacters(in: .newlines)
      } ?? ""
    }

    func frame() throws -> LazyFrame {
      let prices = try LazyFrame.scanCSV(Fixtures.root.appending(path: "datasets/prices.csv").path())
      let companies = try TextTable([
        "symbol string, sector string, founded int64", "DVV, energy, 1990", "CGW, trade, 2001", "XYZ, none, 1970",
      ])
      let named = try TextTable(["symbol string, close float64", "CGW, 700.5", "XYZ, 2000.0"])
      let tables = [
        "prices": prices, "companies": LazyFrame(try companies.frame(pieceRows: 3)),
        "named": LazyFrame(try named.frame(pieceRows: 2)),
      ]
      var lines = QueryLines(prices, tables: tables)
      for operation in operations {
        try lines.apply(operation.text.isEmpty ? operation.verb : "\(operation.verb): \(operation.text)")
      }
      return lines.frame
    }

    func record(plan: String, result: String) throws {
      let head = ["# \(title)"] + operations.map { "\($0.verb): \($0.text)" }
      let text = head.joined(separator: "\n") + "\n--- plan\n\(plan)\n--- result\n\(result)\n"
      try Data(text.utf8).write(to: path)
    }
  }

  static let all: [Golden] = {
    let folder = Fixtures.root.appending(path: "Tests/Fixtures/plans")
    do {
      let files = try FileManager.default.contentsOfDirectory(at: folder, includingPropertiesForKeys: nil)
      return try files.sorted { $0.path() < $1.path() }.map(Golden.init)
    } catch {
      fatalError("the golden plans cannot be read: \(error)")
    }
  }()

  @Test("the plan and its result are the recorded ones", arguments: all)
  func recorded(_ golden: Golden) throws {
    let frame = try golden.frame()
    // Paths differ from clone to clone.
    let plan = try frame.explain(.optimized).replacing(Fixtures.root.path(), with: "")
    let result = text(try frame.compute(ComputeOptions(threads: 2)))
    if ProcessInfo.processInfo.environment["LAZYFRAME_RECORD"] != nil {
      try golden.record(plan: plan, result: result)
    } else {
      #expect(plan == golden.plan)
      #expect(result == golden.result)
    }
  }

  @Test("no optimiser pass changes the result when it is left out", arguments: all)
  func passes(_ golden: Golden) throws {
    let frame = try golden.frame()
    let expected = bits(try frame.compute(ComputeOptions(threads: 1)))
    for pass in Optimizer.Pass.allCases.map(\.rawValue) {
      var options = ComputeOptions(threads: 1)
      options.disabledPasses = [pass]
      #expect(bits(try frame.compute(options)) == expected, "without \(pass)")
    }
  }

  private func text(_ frame: DataFrame) -> String {
    let rows = frame.rows.map { $0.map(\.description).joined(separator: ", ") }
    return ([frame.schema.description] + rows).joined(separator: "\n")
  }
}
