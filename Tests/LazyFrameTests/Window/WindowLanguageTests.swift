import Testing

@testable import LazyFrame

@Suite("Windows in the expression language") struct WindowLanguageTests {
  private static let x = col("x")
  private static let k = col("k")
  private static let t = col("t")

  private static func framed(_ operand: Expression, _ frame: RangeFrame) -> Expression {
    Expression(.over(operand, keys: [], order: [SortKey(t)], frame: frame))
  }

  static let forms: [(text: String, expected: Expression)] = [
    ("mean(x) over ()", x.mean().over()), ("count() over (partition by k)", count().over(k)),
    ("mean(x) over (partition by k, t)", x.mean().over(k, t)),
    ("mean(x) OVER (PARTITION BY k ORDER BY t)", x.mean().over(k, orderBy: t)),
    ("first(x) over (order by t desc)", x.first().over(orderBy: t, descending: true)),
    (
      "last(x) over (order by t desc, k asc, x)",
      x.last().over([], orderBy: [SortKey(t, descending: true), SortKey(k), SortKey(x)])
    ),
    ("last(x) over (order by t:desc, k:asc)", x.last().over([], orderBy: [SortKey(t, descending: true), SortKey(k)])),
    ("x - mean(x) over (partition by k)", x - x.mean().over(k)), ("-sum(x) over ()", -x.sum().over()),
    ("(x - mean(x)) over (partition by k)", (x - x.mean()).over(k)),
    ("sum(x) over (partition by k) / sum(x) over ()", x.sum().over(k) / x.sum().over()),
    ("rank() over (order by x)", Expression(.window(.rankInOrder(.min), [])).over(orderBy: x)),
    ("dense_rank() over (order by x)", Expression(.window(.rankInOrder(.dense), [])).over(orderBy: x)),
    ("row_number() over (partition by k)", rowNumber().over(k)), ("row_number()", rowNumber()),
    ("rank(x)", x.rank(method: .min)), ("rank(x, 'average')", x.rank()),
    ("rank(x, 'ordinal', 'desc')", x.rank(method: .ordinal, descending: true)),
    ("rank(x, 'max', 'asc')", x.rank(method: .max)),
    ("shift(x)", x.shift()), ("shift(x, 2)", x.shift(2)), ("shift(x, -2)", x.shift(-2)),
    ("shift(x, 1, 0)", x.shift(fill: 0)), ("lag(x)", x.shift()), ("lag(x, 3)", x.shift(3)),
    ("lead(x)", x.shift(-1)), ("lead(x, 3, t)", x.shift(-3, fill: t)),
    ("diff(x)", x.diff()), ("diff(x, -1)", x.diff(-1)), ("pct_change(x)", x.pctChange()),
    ("pct_change(x, 7)", x.pctChange(7)), ("cum_sum(x)", x.cumSum()), ("cum_max(x)", x.cumMax()),
    ("cum_min(x)", x.cumMin()), ("cum_prod(x)", x.cumProd()), ("cum_count(x)", x.cumCount()),
    ("forward_fill(x)", x.forwardFill()), ("forward_fill(x, 2)", x.forwardFill(limit: 2)),
    ("backward_fill(x)", x.fillNull(.backward)), ("backward_fill(x, 1)", x.backwardFill(limit: 1)),
    ("fill_mean(x)", x.fillNull(.mean)), ("fill_min(x)", x.fillNull(.min)), ("fill_max(x)", x.fillNull(.max)),
    ("fill_null(x, 0)", x.fillNull(.zero)), ("fill_null(x, 1)", x.fillNull(.one)),
    ("rolling_sum(x, 3)", x.rolling(rows: 3).sum()), ("rolling_mean(x, 3, 1)", x.rolling(rows: 3, minimum: 1).mean()),
    ("rolling_min(x, 3)", x.rolling(rows: 3).min()), ("rolling_max(x, 3)", x.rolling(rows: 3).max()),
    ("rolling_std(x, 3)", x.rolling(rows: 3).standardDeviation()), ("rolling_var(x, 3)", x.rolling(rows: 3).variance()),
    ("rolling_count(x, 3)", x.rolling(rows: 3).count()), ("rolling_median(x, 3)", x.rolling(rows: 3).median()),
    ("rolling_quantile(x, 0.9, 3)", x.rolling(rows: 3).quantile(0.9)),
    ("rolling_mean(x, t, '7d')", x.rolling(by: t, window: "7d").mean()),
    ("rolling_quantile(x, t, 0.1, '3mo', 2)", x.rolling(by: t, window: "3mo", minimum: 2).quantile(0.1)),
    ("rolling_mean(x, t, '7d', 'both')", x.rolling(by: t, window: "7d", closed: .both).mean()),
    ("rolling_mean(x, t, '7d', 2, 'none')", x.rolling(by: t, window: "7d", minimum: 2, closed: .none).mean()),
    ("rolling_mean(x, t, '7d', 'upper')", x.rolling(by: t, window: "7d").mean()),
    (
      "sum(x) over (order by t range between interval '7' day preceding and current row)",
      framed(x.sum(), RangeFrame(start: .preceding("7d"), end: .current))
    ),
    (
      "sum(x) over (order by t RANGE interval 3 Months preceding)",
      framed(x.sum(), RangeFrame(start: .preceding("3mo"), end: .current))
    ),
    (
      "sum(x) over (order by t range between unbounded preceding and interval '90m' following)",
      framed(x.sum(), RangeFrame(start: .unbounded, end: .following("90m")))
    ),
    (
      "sum(x) over (order by t range between current row and unbounded following)",
      framed(x.sum(), RangeFrame(start: .current, end: .unbounded))
    ),
    ("cum_sum(x) over (partition by k order by t)", x.cumSum().over(k, orderBy: t)),
    ("case when x > 1 then x end over ()", when(x > 1).then(x).otherwise(lit(.null)).over()),
  ]

  @Test("each form means what Swift writes", arguments: forms.dropLast())
  func form(text: String, expected: Expression) throws {
    #expect(try Expression.parse(text).unlocated == expected)
  }

  @Test("what was read is printed as a text that reads the same", arguments: forms.map(\.text))
  func roundTrip(text: String) throws {
    let parsed = try Expression.parse(text).unlocated
    #expect(try Expression.parse(parsed.description).unlocated == parsed, "\(parsed)")
  }

  @Test("results are called after the function and the column")
  func names() throws {
    let names = [
      ("mean(x) over (partition by k)", "mean_x"), ("shift(x, 2)", "shift_x"), ("row_number()", "row_number"),
      ("rolling_mean(x, t, '7d')", "rolling_mean_x"), ("rank() over (order by x)", "rank"), ("cum_sum(x)", "cum_sum_x"),
      ("dense_rank() over (order by x)", "dense_rank"),
    ]
    for (text, name) in names { #expect(try Expression.parse(text).name == name) }
  }

  @Test("the words of windows are still names of columns")
  func columns() throws {
    #expect(
      try Expression.parse("over + partition * order - by").unlocated == col("over") + col("partition") * col("order")
        - col("by"))
    #expect(
      try Expression.parse("sum(over) over (partition by partition order by order)").unlocated
        == col("over").sum().over(col("partition"), orderBy: col("order")))
  }

  static let mistakes: [(text: String, message: String, hint: String?)] = [
    ("shift(x, 'a')", "shift needs a whole number, and not 'a'", "it is written shift(x, n) or shift(x, n, fill)"),
    ("shift()", "shift is written shift(x, n) or shift(x, n, fill), and here it has no argument", nil),
    (
      "rolling_mean(x)",
      "rolling_mean is written rolling_mean(x, n) or rolling_mean(x, time, '7d'), and here it has 1 argument", nil
    ),
    (
      "rolling_mean(x, t)",
      "rolling_mean is written rolling_mean(x, n) or rolling_mean(x, time, '7d'), and here it has 2 arguments", nil
    ),
    (
      "rolling_mean(x, t, 7)", "rolling_mean needs an interval, such as '7d', and not 7",
      "it is written rolling_mean(x, n) or rolling_mean(x, time, '7d')"
    ),
    (
      "rank(x, 'medium')", "rank needs one of 'average', 'min', 'max', 'dense', 'ordinal', and not 'medium'",
      "it is written rank() over (order by x), or rank(x, 'average', 'desc')"
    ),
    (
      "sum(x) over (k)", "expected 'partition by', 'order by' or ')' after '(', found 'k'",
      "a window is written: over (partition by k order by t)"
    ),
    (
      "sum(x) over (order by t rows between 2 preceding and current row)",
      "a frame of rows is not known, only one of time: range between …",
      "rolling_sum(x, 3, 1) is the sum of the row and the two above it"
    ),
    (
      "sum(x) over (range between interval '7' day preceding and current row)",
      "a range frame needs one time to order by, and there is none",
      "a window with a frame is written: over (partition by k order by t range between … and …)"
    ),
    (
      "sum(x) over (order by t, k range between interval '7' day preceding and current row)",
      "a range frame needs one time to order by, and there are 2", nil
    ),
    (
      "sum(x) over (order by t range between current row and interval '7' day preceding)",
      "the frame ends before it begins", "the earlier end comes first"
    ),
    (
      "sum(x) over (order by t range between unbounded following and unbounded following)",
      "the frame ends before it begins", nil
    ),
    (
      "sum(x) over (order by t range between interval '7' fortnight preceding and current row)",
      "a frame needs a length of time of one kind of unit that is more than nothing, and not '7 fortnight'",
      "it is written: interval '7' day"
    ),
    (
      "sum(x) over (order by t range between interval '1d2h' preceding and current row)",
      "a frame needs a length of time of one kind of unit that is more than nothing, and not '1d2h'", nil
    ),
    (
      "sum(x) over (order by t range between interval '0' day preceding and current row)",
      "a frame needs a length of time of one kind of unit that is more than nothing, and not '0d'", nil
    ),
    (
      "sum(x) over (order by t range between 7 preceding and current row)",
      "expected 'interval', 'current row' or 'unbounded' after 'between', found '7'",
      "a length of time is written: interval '7' day"
    ),
    (
      "sum(x) over (order by t range between interval '7' day and current row)",
      "expected 'preceding' or 'following' after 'day', found 'and'", nil
    ),
    (
      "sum(x) over (order by t range between interval '7' day preceding)",
      "expected 'and' after 'preceding', found ')'",
      "a frame is written: range between interval '7' day preceding and current row"
    ),
    (
      "rolling_sum(x, t, '7d', 'left')", "rolling_sum needs 'both', 'lower', 'upper' or 'none', and not 'left'",
      "it is written rolling_sum(x, n) or rolling_sum(x, time, '7d')"
    ),
    ("sum(x) over (partition by k", "')' is missing for the '(' at column 13", nil),
    ("cum_summ(x)", "there is no function 'cum_summ'", "did you mean 'cum_sum'?"),
  ]

  @Test("mistakes are explained", arguments: mistakes)
  func mistake(text: String, message: String, hint: String?) throws {
    do {
      _ = try Expression.parse(text)
      Issue.record("\(text) was read")
    } catch let error as LazyFrameError {
      #expect(error.message == message)
      if let hint { #expect(error.hint == hint) }
      #expect(error.placed(in: text) != nil)
    }
  }
}
