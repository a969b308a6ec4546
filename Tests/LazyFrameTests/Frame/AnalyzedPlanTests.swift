import Columnar
import Scheduler
import TaskGraph
import Testing

@testable import LazyFrame

@Suite("Analysed plans") struct AnalyzedPlanTests {
  /// The lines that speak of rows, without what differs from run to run.
  private func rows(_ frame: LazyFrame, _ options: ComputeOptions = ComputeOptions(threads: 2)) throws -> [String] {
    try frame.explain(.analyzed, options).split(separator: "\n").filter { $0.hasPrefix("  ") }.map { line in
      let line = line.drop { $0 == " " }
      let count = line.hasSuffix(" rows)") ? line.split(separator: "(").last ?? "" : "rows)"
      return "\(line.prefix { $0 != " " && $0 != ";" }) \(count)"
    }
  }

  @Test("say how many rows came to each step")
  func counts() throws {
    try Fixtures.withFile("k,x\n1,2.5\n2,3.5\n1,4.5\n3,7\n") { path in
      let names = try TextTable(["k int64, name string / 1, a / 1, b / 2, c"]).frame(pieceRows: 2)
      let frame = try LazyFrame.scanCSV(path).filter(col("x") < 6)
        .join(LazyFrame(names), on: col("k")).filter(col("name") != "b")
        .groupBy(col("name")).aggregate(col("x").sum()).sort(by: col("name"))
      #expect(
        try rows(frame) == [
          "frame 3 rows)", "filter 2 rows)", "build rows)", "scan-csv 3 rows)", "inner 3 rows)", "group 2 rows)",
          "the 2 rows)", "sort 2 rows)",
        ])
    }
  }

  @Test("count again when a column is widened on the way")
  func revised() throws {
    let lines = (0..<200_000).map { $0 == 150_001 ? "x,1" : "\($0),1" }
    try Fixtures.withFile("a,b\n" + lines.joined(separator: "\n")) { path in
      let frame = try LazyFrame.scanCSV(path).groupBy([]).aggregate(col("a").count(), col("b").sum())
      #expect(try rows(frame).first == "scan-csv 200,000 rows)")
    }
  }

  @Test("say how long each stage took, and how much memory was in use")
  func figures() throws {
    let text = try LazyFrame.scanCSV(Fixtures.prices).groupBy(col("symbol")).aggregate(count()).explain(.analyzed)
    let lines = text.split(separator: "\n")
    #expect(
      lines[0].hasPrefix("stage 1: ") && lines[0].contains("s of work in 1 task), ")
        && lines[0].hasSuffix(" alive at most"))
    #expect(lines[lines.count - 1].hasPrefix("in all: ") && lines[lines.count - 1].contains(" on 1 thread, "))
  }

  @Test("count nothing when nobody asks")
  func silent() throws {
    var graph = TaskGraph()
    _ = try LazyFrame.scanCSV(Fixtures.prices).physicalPlan(disabledPasses: []).addTasks(to: &graph)
    let rows = try #require(graph.layers[0].operation as? CollectRows)
    #expect(rows.rows.total == nil)
  }
}
