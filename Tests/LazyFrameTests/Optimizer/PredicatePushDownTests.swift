import LazyFrame
import Testing

@Suite("Predicate push-down") struct PredicatePushDownTests {
  private func compute(_ text: String, _ disabled: Set<String>, _ build: (LazyFrame) -> LazyFrame) throws -> [[String]]
  {
    try Fixtures.withFile(text) { path in
      var options = ComputeOptions(threads: 1)
      options.disabledPasses = disabled
      return bits(try build(try LazyFrame.scanCSV(path)).compute(options))
    }
  }

  @Test("a filter that can overflow sees only the rows that the one before it leaves")
  func overflow() throws {
    let text = "x\n1\n9223372036854775807\n5\n"
    for disabled in [[], ["predicate-push-down"]] as [Set<String>] {
      let rows = try compute(text, disabled) { $0.filter(col("x") < 10).filter(col("x") * 2 > 0) }
      #expect(rows == [["1"], ["5"]])
    }
  }

  @Test("a filter on a key that is a float stays above the group-by, where -0.0 and 0.0 are one")
  func floatKeys() throws {
    let text = "x\n-0.0\n0.0\n5.0\n"
    func query(_ frame: LazyFrame) -> LazyFrame {
      frame.groupBy(col("x")).aggregate(count()).filter(lit(1.0) / col("x") > 0)
    }
    #expect(try compute(text, [], query) == compute(text, ["predicate-push-down"], query))
  }

  @Test("a filter does not move past a limit")
  func limit() throws {
    let rows = try compute("x\n1\n2\n3\n4\n", []) { $0.limit(3).filter(col("x") > 1) }
    #expect(rows == [["2"], ["3"]])
  }
}
