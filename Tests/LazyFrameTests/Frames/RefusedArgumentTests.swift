import Columnar
import Testing

@testable import LazyFrame

@Suite("Arguments that make no sense")
struct RefusedArgumentTests {
  private let frame: LazyFrame

  init() throws { frame = try LazyFrame(["x": [1, 2, 3]]) }

  private func message(_ frame: LazyFrame) -> String? {
    do {
      _ = try frame.compute()
      return nil
    } catch {
      return "\(error)"
    }
  }

  @Test("are errors of the plan, and end no program")
  func verbs() throws {
    #expect(message(frame.limit(-1)) == "a frame cannot be limited to -1 rows")
    #expect(message(frame.tail(-2)) == "a frame has no -2 last rows")
    #expect(message(frame.slice(0, -2)) == "a slice cannot have -2 rows")
    #expect(message(frame.sample(n: -1)) == "a sample cannot have -1 rows")
    #expect(message(frame.sample(fraction: 2)) == "the fraction of a sample lies between 0 and 1, and is 2.0")
    #expect(message(frame.sample(fraction: .nan)) == "the fraction of a sample lies between 0 and 1, and is nan")
    #expect(message(frame.repartition(count: 0)) == "a frame has 1 partition at least, and not 0")
    #expect(message(LazyFrame(try frame.compute(), partitions: 0)) == "a frame has 1 partition at least, and not 0")
    #expect(
      message(LazyFrame.concat([])) == "no frames are no frame\na concat takes its columns from one frame at least")
    #expect(throws: LazyFrameError.self) { try frame.repartition(rows: 0) }
    #expect(message(frame.withRowNumber("r", offset: .max - 1))?.hasPrefix("the numbers of 3 rows") == true)
  }

  @Test("of a join: lists are no keys")
  func listKeys() {
    let lists = frame.groupBy(col("x")).aggregate([col("x").list().as("l")])
    #expect(
      message(lists.join(lists, on: col("l")))
        == "rows cannot be joined by lists, and 'l' is list(int64)\njoin by their texts: cast(l as string)")
  }

  @Test("such as expressions and plans that lie too deep in one another, are named before any row is read")
  func depth() {
    let sum = (0..<3000).reduce(col("x")) { sum, _ in sum + 1 }
    #expect(message(frame.select(sum.as("sum")))?.hasPrefix("an expression is nested more than 1000 deep") == true)
    let filters = (0..<3000).reduce(frame) { frame, _ in frame.filter(col("x") > 0) }
    #expect(message(filters)?.hasPrefix("more than 1000 operations stand one behind another") == true)
    let allowed = (0..<500).reduce(col("x")) { sum, _ in sum + 1 }
    #expect(message(frame.select(allowed.as("sum"))) == nil)
  }

  @Test("name the expression that they are about")
  func places() throws {
    let text = try frame.withColumns(col("x").cast(to: .string).as("t")).compute()
    #expect(
      message(LazyFrame(text).select(((col("x") + 1) * col("t")).as("z")))
        == "'*' does not apply to int64 and string, in (x + 1) * t")
    #expect(
      message(frame.select((col("x") * 9_223_372_036_854_775_807).as("z")))?.hasPrefix(
        "2 * 9223372036854775807 does not fit 64 bits, in x * 9223372036854775807") == true)
    let large = try LazyFrame(["x": [9_223_372_036_854_775_807, 1]])
    #expect(message(large.groupBy([]).aggregate([col("x").sum()]))?.contains("does not fit 64 bits, in sum(x)") == true)
    #expect(
      message(frame.groupBy([]).aggregate([col("x") + col("x").sum()]))
        == "'x' is neither a key nor in an aggregate\nsay which value of the group: first(x)")
  }
}
