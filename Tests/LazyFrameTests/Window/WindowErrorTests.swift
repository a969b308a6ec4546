import Columnar
import Foundation
import Scheduler
import Testing

@testable import LazyFrame

@Suite("Errors of windows") struct WindowErrorTests {
  private static let batch = RecordBatch(
    schema: Schema([
      Field("k", .string), Field("x", .int64), Field("s", .string), Field("t", .datetime), Field("l", .list(.int64)),
    ]),
    columns: [
      Column(["a", "b", "a", "b", "a"]), Column([1, 2, .max, 4, 5] as [Int64?]), Column(["p", "q", "r", nil, "t"]),
      Column([3, 1, 4, 0, 2].map { CivilDatetime(microseconds: $0 * 3_600_000_000) }),
      Column.known(.list(.int64), Array(repeating: .null, count: 5)),
    ], rowCount: 5)

  private func error(_ build: (LazyFrame) throws -> LazyFrame, partitions: Int = 1) -> LazyFrameError? {
    do {
      _ = try build(WindowSamples.frame(WindowErrorTests.batch, partitions: partitions)).compute()
      return nil
    } catch {
      return error as? LazyFrameError
    }
  }

  static let mistakes: [(text: String, message: String, hint: String?)] = [
    (
      "mean(x)", "the aggregate mean(…) cannot stand here: there are no groups",
      "aggregates belong into groupBy(…).aggregate(…); mean(…).over(), in text '… over ()', gives each row that of all "
        + "rows, and over(key) that of its group"
    ),
    (
      "x over ()", "there is nothing in 'x' to compute over a window",
      "write an aggregate, mean(…), or a window function, such as cum_sum(…), before 'over'"
    ),
    ("sum(y) over ()", "there is no column 'y'", nil),
    ("sum(s) over ()", "sum needs numbers, and the column is string (in sum(s))", nil),
    ("cum_prod(s)", "cum_prod needs numbers, and the column is string (in cum_prod(s))", nil),
    (
      "shift(x, 1, s)",
      "the value and what is shifted in are of different types: x is int64, and s is string (in shift(x, 1, s))",
      nil
    ),
    ("rank(l)", "rank does not apply to lists, and the column is list(int64) (in rank(l, 'min'))", nil),
    (
      "rank()", "a rank without an argument is one in the window's order, and there is none",
      "write rank() over (order by x), or rank(x)"
    ),
    (
      "sum(x) over (partition by l)", "rows cannot be grouped by lists, and 'l' is list(int64)",
      "take its text: cast(l as string)"
    ),
    ("rolling_sum(x, 0)", "a rolling window has at least 1 row, and not 0 (in rolling_sum(x, 0))", nil),
    ("rolling_sum(x, 3, 4)", "a rolling window of 3 rows never has 4 values (in rolling_sum(x, 3, 4))", nil),
    ("rolling_sum(x, 3, 0)", "a rolling window needs at least 1 value, and not 0 (in rolling_sum(x, 3, 0))", nil),
    ("rolling_sum(x, t, '7x')", "a rolling window does not know the interval '7x' (in rolling_sum(x, t, '7x'))", nil),
    (
      "rolling_sum(x, t, '1d2h')",
      "a rolling window needs an interval of one kind of unit that is more than nothing, and not '1d2h' (in rolling_sum(x, t, '1d2h'))",
      "write it like '15m', '7d' or '3mo'"
    ),
    (
      "rolling_sum(x, k, '1d')",
      "a rolling window over time needs dates or moments, and 'k' is string (in rolling_sum(x, k, '1d'))", nil
    ),
    (
      "forward_fill(x, 0)", "at least 1 null is filled in, and not 0 (in forward_fill(x, 0))",
      "leave the limit out for all"
    ),
    ("cum_sum(x)", "a cumulative sum does not fit int64", "compute it of floats: cast(… as float64)"),
    ("rolling_sum(x, 5, 1)", "a rolling sum does not fit int64", "compute it of floats: cast(… as float64)"),
    (
      "rolling_sum(x, t, '1h') over (partition by k)",
      "a rolling window over time needs the times in order, and row 4, 1970-01-01 00:00:00, is earlier than one before it",
      "sort by the time first, or order the window: over(key, orderBy: time)"
    ),
  ]

  @Test("a window that makes no sense is an error with a hint", arguments: mistakes)
  func mistake(text: String, message: String, hint: String?) throws {
    let found = try #require(error { try $0.select(Expression.parse(text)) })
    #expect(found.message == message)
    if let hint { #expect(found.hint == hint) }
  }

  @Test("the row out of order is the same on each number of partitions", arguments: [1, 2, 5])
  func disorder(partitions: Int) throws {
    for (text, row) in [
      ("over (partition by k)", "row 4,"), ("over ()", "row 2,"), ("over (partition by x % 2)", "row 4,"),
    ] {
      let found = try #require(
        error({ try $0.select(Expression.parse("rolling_count(x, t, '1h') \(text)")) }, partitions: partitions))
      #expect(found.message.contains(row), "\(text): \(found.message)")
    }
  }

  @Test("windows stand only where rows are")
  func misplaced() throws {
    let inGroupBy = try #require(
      error { $0.groupBy(col("k")).aggregate((col("x") - col("x").mean().over()).sum().as("y")) })
    #expect(inGroupBy.message == "'sum(x - mean(x) over ()) as y' has a window, which cannot stand in a group-by")
    #expect(inGroupBy.hint == "compute it before: withColumns(…) gives it a name")
    let asKey = try #require(error { $0.groupBy(rowNumber()).aggregate(count()) })
    #expect(asKey.message == "the window function row_number(…) cannot stand here")
  }

  @Test("the place of a mistake in a frame is shown")
  func framePlaces() throws {
    let places = [
      ("sum(x) over (order by x range interval 1 day preceding)", "x range"),
      ("1 + first(x) over (order by t range interval 1 day preceding)", "first(x)"),
      ("lag(x) over (order by t range interval 1 day preceding)", "lag(x)"),
    ]
    for (text, part) in places {
      let found = try #require(error { try $0.select(Expression.parse(text)) })
      let start = try #require(text.range(of: part)?.lowerBound)
      #expect(found.span?.start == text.utf8.distance(from: text.startIndex, to: start), "\(text)")
    }
  }
}
