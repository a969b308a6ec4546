import Testing

@testable import LazyFrame

@Suite("Functions and aggregates in the expression language")
struct CallTests {
  private static let x = col("x")
  private static let y = col("y")

  static let forms: [(text: String, expected: Expression)] = [
    ("abs(x)", x.abs()), ("round(x, 2)", x.rounded(2)), ("round(x)", Expression(.function(.round, [x]))),
    ("floor(x)", x.floor()), ("ceil(x)", x.ceil()), ("sqrt(x)", x.squareRoot()), ("exp(x)", x.exp()),
    ("ln(x)", x.log()),
    ("log10(x)", x.log10()), ("pow(x, y)", x.pow(y)), ("sign(x)", x.sign()),
    ("lower(x)", x.str.lowercased), ("upper(x)", x.str.uppercased), ("trim(x)", x.str.trimmed),
    ("length(x)", x.str.length), ("substr(x, 1, 3)", x.str.slice(from: 1, length: 3)),
    ("substr(x, 2)", Expression(.function(.substr, [x, 2]))), ("replace(x, 'a', 'b')", x.str.replacing("a", with: "b")),
    ("contains(x, 'a')", x.str.contains("a")), ("starts_with(x, 'a')", x.str.starts(with: "a")),
    ("ends_with(x, 'a')", x.str.ends(with: "a")),
    ("year(x)", x.dt.year), ("quarter(x)", x.dt.quarter), ("month(x)", x.dt.month), ("week(x)", x.dt.week),
    ("day(x)", x.dt.day), ("weekday(x)", x.dt.weekday), ("hour(x)", x.dt.hour), ("minute(x)", x.dt.minute),
    ("second(x)", x.dt.second), ("date_trunc('month', x)", x.dt.truncated(to: "month")),
    ("coalesce(x, y, 0)", x.coalesce(y, 0)), ("nullif(x, y)", x.nullIf(y)), ("YEAR (x)", x.dt.year),
    ("abs(floor(x) - 1)", (x.floor() - 1).abs()),
    ("count()", count()), ("count(*)", count()), ("count(x)", x.count()), ("count_distinct(x)", x.countDistinct()),
    ("sum(x)", x.sum()), ("mean(x)", x.mean()), ("avg(x)", x.mean()), ("min(x)", x.min()), ("max(x)", x.max()),
    ("std(x)", x.standardDeviation()), ("stddev(x)", x.standardDeviation()), ("var(x)", x.variance()),
    ("variance(x)", x.variance()), ("median(x)", x.median()), ("quantile(x, 0.5)", x.median()),
    ("quantile(x, 0.99)", x.quantile(0.99)), ("quantile(x, 1)", x.quantile(1)), ("first(x)", x.first()),
    ("last(x)", x.last()), ("any(x)", x.any()), ("all(x)", x.all()), ("corr(x, y)", x.correlation(with: y)),
    ("cov(x, y)", x.covariance(with: y)), ("Max(x) - MIN(x)", x.max() - x.min()),
    ("mean(*)", Expression(.allColumns).mean()), ("count_distinct(*)", Expression(.allColumns).countDistinct()),
    ("quantile(*, 0.9)", Expression(.allColumns).quantile(0.9)), ("mean(x * y)", (x * y).mean()),
    ("sum(case when x > 0 then 1 else 0 end)", when(x > 0).then(1).otherwise(0).sum()),
  ]

  @Test("are called by their names", arguments: forms)
  func readsForm(text: String, expected: Expression) throws {
    #expect(try Expression.parse(text).unlocated == expected, "\(text)")
  }

  @Test("are all known to the language", arguments: ScalarFunction.allCases)
  func everyFunction(function: ScalarFunction) throws {
    guard !Keyword.isReserved(function.rawValue) else { return }
    let form = FunctionForm(function)
    let text = "\(function.rawValue)(\(Array(repeating: "x", count: form.counts.lowerBound).joined(separator: ", ")))"
    let parsed = try Expression.parse(text).unlocated
    #expect(parsed.node == .function(function, Array(repeating: col("x"), count: form.counts.lowerBound)))
  }

  static let mistakes: [Mistake] = [
    Mistake("abs()", "abs is written abs(x), and here it has no argument", at: 0..<5),
    Mistake("1 + abs(x, y)", "abs is written abs(x), and here it has 2 arguments", at: 4..<13),
    Mistake("round(x, 1, 2)", "round is written round(x) or round(x, digits), and here it has 3 arguments", at: 0..<14),
    Mistake(
      "substr(x)", "substr is written substr(x, start) or substr(x, start, length), and here it has 1 argument",
      at: 0..<9),
    Mistake("replace(x, 'a')", "replace is written replace(x, text, other), and here it has 2 arguments", at: 0..<15),
    Mistake("date_trunc(x)", "date_trunc is written date_trunc('month', x), and here it has 1 argument", at: 0..<13),
    Mistake("coalesce()", "coalesce is written coalesce(x, y, …), and here it has no argument", at: 0..<10),
    Mistake("mean()", "mean is written mean(x), and here it has no argument", at: 0..<6),
    Mistake("avg()", "avg is written avg(x), and here it has no argument", at: 0..<5),
    Mistake("corr(x)", "corr is written corr(x, y), and here it has 1 argument", at: 0..<7),
    Mistake("cov(x, y, z)", "cov is written cov(x, y), and here it has 3 arguments", at: 0..<12),
    Mistake("quantile(x)", "quantile is written quantile(x, 0.99), and here it has 1 argument", at: 0..<11),
    Mistake(
      "quantile(x, y)", "the fraction of quantile must be a number from 0 to 1", at: 12..<13,
      hint: "write it like this: quantile(x, 0.99)"),
    Mistake("quantile(x, 99)", "the fraction of quantile must be a number from 0 to 1", at: 12..<14),
    Mistake(
      "1 + maen(x)", "there is no function 'maen'", at: 4..<8, hint: "did you mean 'mean'?", code: .unknownFunction),
    Mistake(
      "countDistinct(x)", "there is no function 'countDistinct'", at: 0..<13,
      hint: "did you mean 'count_distinct'?", code: .unknownFunction),
    Mistake(
      "log(x)", "there is no function 'log'", at: 0..<3, hint: "it is written ln(x), or log10(x) to base 10",
      code: .unknownFunction),
    Mistake("top(x, 3)", "the aggregate top is not supported yet", at: 0..<3, code: .unsupported),
    Mistake(
      "abs(*)", "expected an expression after '(', found '*'", at: 4..<5,
      hint: "'*' stands for all columns only alone in an aggregate: mean(*)"),
    Mistake("mean(* + 1)", "expected an expression after '(', found '*'", at: 5..<6),
    Mistake("mean(x", "')' is missing for the '(' at column 5", at: 6..<6),
    Mistake("mean(x y)", "expected an operator, ',' or ')' after 'x', found 'y'", at: 7..<8),
    Mistake("mean(x,)", "expected an expression after ',', found ')'", at: 7..<8),
    Mistake(
      "count(distinct x)", "expected an operator, ',' or ')' after 'distinct', found 'x'", at: 15..<16,
      hint: "write count_distinct(x)"),
    Mistake("\"abs\"(x)", "expected an operator or the end after \"abs\", found '('", at: 5..<6),
    Mistake("mean(x, y)", "mean(x, y) stands for 2 expressions, and only one can stand here", at: 0..<10),
  ]

  @Test("that are misused are named with their place", arguments: mistakes)
  func explainsMistake(mistake: Mistake) throws {
    try mistake.check { _ = try Expression.parse($0) }
  }

  @Test("that do not resemble anything are answered with the list of all")
  func unknown() throws {
    let error = try #require(throws: LazyFrameError.self) { try Expression.parse("transmogrify(x)") }
    let hint = try #require(error.hint)
    #expect(hint.hasPrefix("the functions are: abs, round, "))
    #expect(hint.contains("count_distinct") && !hint.contains(" in,"))
  }
}
