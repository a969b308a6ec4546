import Columnar
import Testing

@testable import LazyFrame

@Suite("Plans of windows") struct WindowPlanTests {
  private static let frame = LazyFrame(DataFrame(WindowSamples.batch(rows: 10, seed: 1)))

  private func plan(_ frame: LazyFrame) throws -> String {
    Optimizer.optimize(try Resolver.resolve(frame.plan)).description
  }

  @Test("equal windows are one, and columns that no one uses are not read")
  func shared() throws {
    let mean = col("x").mean().over(col("k"))
    let text = try plan(
      WindowPlanTests.frame.withColumns((col("x") - mean).as("a"), (col("x") / mean).as("b"), col("i").cumSum().as("c"))
        .select(col("a"), col("b")))
    #expect(
      text == """
        project x - "window 1" as a, x / "window 1" as b
          window mean(x) over (partition by k) as "window 1"
            frame; columns k, x (2 of 7); 10 rows in 1 partition
        """)
  }

  @Test("a window of a window comes into a node above it")
  func nested() throws {
    let text = try plan(WindowPlanTests.frame.select(col("x").cumSum().over(col("k")).shift(1).as("a")))
    #expect(
      text == """
        project "window 2" as a
          window shift("window 1", 1) over () as "window 2"
            window cum_sum(x) over (partition by k) as "window 1"
              frame; columns k, x (2 of 7); 10 rows in 1 partition
        """)
  }

  @Test("a filter moves below windows only if it speaks of keys that all of them have")
  func filters() throws {
    let windowed = WindowPlanTests.frame.withColumns(
      col("x").mean().over(col("k"), col("j")).as("a"), col("x").sum().over(col("k")).as("b"))
    let moved = try plan(windowed.filter(col("k") == "q" && col("j") == 1).select(col("a"), col("b")))
    #expect(
      moved == """
        project "window 1" as a, "window 2" as b
          filter j = 1
            window mean(x) over (partition by k, j) as "window 1", sum(x) over (partition by k) as "window 2"
              filter k = 'q'
                frame; columns k, j, x (3 of 7); 10 rows in 1 partition
        """)
    let float = try plan(
      WindowPlanTests.frame.withColumns(col("i").sum().over(col("x")).as("a")).filter(col("x") > 0).select(col("a")))
    #expect(float.hasPrefix("project \"window 1\" as a\n  filter x > 0.0\n    window"))
  }

  @Test("a limit stays above windows, and a sort by one computes it before")
  func limits() throws {
    let limited = try plan(WindowPlanTests.frame.select(col("i").cumSum().as("a")).limit(2))
    #expect(limited.contains("limit 2\n    window"))
    let sorted = try plan(WindowPlanTests.frame.select(col("i"), col("k")).sort(by: col("i").sum().over(col("k"))))
    #expect(
      sorted == """
        project i, k
          sort by "sort key 1"
            project i, k, "window 1" as "sort key 1"
              window sum(i) over (partition by k) as "window 1"
                project i, k
                  frame; columns k, i (2 of 7); 10 rows in 1 partition
        """)
  }

  @Test("the physical plan says what is computed")
  func physical() throws {
    let text = try WindowPlanTests.frame.select(col("i").rank(method: .dense).over(col("k")).as("a")).explain(.physical)
    #expect(
      text == """
        stage 1
          frame; columns k, i (2 of 7); 10 rows in 1 partition
          compute rank(i, 'dense') over (partition by k) as "window 1"
        stage 2
          the result of stage 1
          project "window 1" as a
          keep the rows
        """)
  }

  @Test("a window's column may have the name that an inner one would get")
  func names() throws {
    let frame = WindowPlanTests.frame.select(col("i").as("window 1"))
    let result = try frame.select(col("window 1"), col("window 1").cumCount().as("window 2")).compute()
    #expect(result.schema.names == ["window 1", "window 2"])
    #expect(result["window 1"]?.nullCount == (try WindowPlanTests.frame.compute())["i"]?.nullCount)
  }
}
