import Testing

@testable import LazyFrame

@Suite("Functions and aggregates in the expression language")
struct CallTests {
  private static let x = col("x")
  private static let y = col("y")

  static let forms: [(text: String, expected: Expression)] = [
    ("abs(x)", x.abs()), ("round(x, 2)", x.rounded(2)), ("round(x)", Expression(.function("round", [x]))),
    ("floor(x)", x.floor()), ("ceil(x)", x.ceil()), ("sqrt(x)", x.squareRoot()), ("exp(x)", x.exp()),
    ("ln(x)", x.log()),
    ("log10(x)", x.log10()), ("pow(x, y)", x.pow(y)), ("sign(x)", x.sign()),
    ("lower(x)", x.str.lowercased), ("upper(x)", x.str.uppercased), ("trim(x)", x.str.trimmed),
    ("length(x)", x.str.length), ("substr(x, 1, 3)", x.str.slice(from: 1, length: 3)),
    ("substr(x, 2)", x.str.slice(from: 2)), ("replace(x, 'a', 'b')", x.str.replacing("a", with: "b")),
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
    ("null_count(x)", x.nullCount()), ("approx_count_distinct(x)", x.approximateCountDistinct()),
    ("product(x)", x.product()), ("weighted_mean(x, y)", x.weightedMean(by: y)), ("var_pop(x)", x.populationVariance()),
    ("var(x, 2)", x.variance(ddof: 2)), ("std(x, 0)", x.standardDeviation(ddof: 0)), ("range(x)", x.range()),
    ("geometric_mean(x)", x.geometricMean()), ("count_distinct_rows(x, y)", countDistinct(x, y)),
    ("std_pop(x)", x.populationStandardDeviation()), ("stddev_pop(x)", x.populationStandardDeviation()),
    ("sem(x)", x.standardError()), ("skewness(x)", x.skewness()), ("skew(x)", x.skewness()),
    ("kurtosis(x)", x.kurtosis()), ("approx_quantile(x, 0.5)", x.approximateQuantile(0.5)), ("mode(x)", x.mode()),
    ("first_row(x)", x.first(skipsNulls: false)),
    ("last_row(x)", x.last(skipsNulls: false)), ("arg_min(x, y)", x.atMin(of: y)), ("max_by(x, y)", x.atMax(of: y)),
    ("cov_pop(x, y)", x.populationCovariance(with: y)), ("covar_samp(x, y)", x.covariance(with: y)),
    ("list(x)", x.list()), ("string_agg(x, ', ')", x.joined(separator: ", ")),
    ("string_agg(x, 'it''s')", x.joined(separator: "it's")),
    ("sum(x) filter (where y > 0)", x.sum().filter(where: y > 0)),
    ("count(*) FILTER (WHERE x is null) / count()", count().filter(where: x.isNull()) / count()),
    ("-sum(x) filter (where x < 0)", -x.sum().filter(where: x < 0)),
    ("mean(*) filter (where y)", Expression(.allColumns).mean().filter(where: y)),
    ("filter + where", col("filter") + col("where")),
    ("top(x, 3)", x.topK(3)), ("bottom(x, 1)", x.bottomK(1)), ("top(*, 2)", Expression(.allColumns).topK(2)),
    ("cov(x, y)", x.covariance(with: y)), ("Max(x) - MIN(x)", x.max() - x.min()),
    ("mean(*)", Expression(.allColumns).mean()), ("count_distinct(*)", Expression(.allColumns).countDistinct()),
    ("quantile(*, 0.9)", Expression(.allColumns).quantile(0.9)), ("mean(x * y)", (x * y).mean()),
    ("sum(case when x > 0 then 1 else 0 end)", when(x > 0).then(1).otherwise(0).sum()),
  ]

  static let scalarForms: [(text: String, expected: Expression)] = [
    ("round_even(x, 1)", x.roundedToEven(1)), ("round_sig_figs(x, 3)", x.rounded(significantDigits: 3)),
    ("trunc(x)", x.truncated()), ("cbrt(x)", x.cubeRoot()), ("exp2(x)", x.exp2()), ("expm1(x)", x.expMinusOne()),
    ("log2(x)", x.log2()), ("log1p(x)", x.logOnePlus()), ("log(y, x)", x.log(base: y)), ("sin(x)", x.sin()),
    ("cos(x)", x.cos()), ("tan(x)", x.tan()), ("asin(x)", x.asin()), ("acos(x)", x.acos()), ("atan(x)", x.atan()),
    ("atan2(x, y)", x.atan2(y)), ("sinh(x)", x.sinh()), ("cosh(x)", x.cosh()), ("tanh(x)", x.tanh()),
    ("degrees(x)", x.degrees()), ("radians(x)", x.radians()), ("isnan(x)", x.isNaN()),
    ("isfinite(x)", x.isFinite()), ("isinf(x)", x.isInfinite()), ("floor_div(x, y)", x.floorDivided(by: y)),
    ("floor_mod(x, y)", x.floorModulo(by: y)), ("bitwise_and(x, y)", x.bitwiseAnd(y)),
    ("bitwise_or(x, y)", x.bitwiseOr(y)), ("bitwise_xor(x, y)", x.bitwiseXor(y)), ("bitwise_not(x)", x.bitwiseNot()),
    ("bitwise_left_shift(x, 2)", x.shiftedLeft(by: 2)), ("bitwise_right_shift(x, 2)", x.shiftedRight(by: 2)),
    ("bit_count(x)", x.bitCount()), ("fill_nan(x, y)", x.fillNaN(y)), ("clip(x, 1, null)", x.clip(lower: 1)),
    ("clip(x, null, y)", x.clip(upper: y)), ("hash(x)", x.hash()), ("least(x, y, 1)", least(x, y, 1)),
    ("greatest(x, y)", greatest(x, y)), ("fill_null(x, 0)", x.fillNull(0)),
    ("x >= 1 and x < y", x.isBetween(1, y, closed: .lower)), ("x > 1 and x <= y", x.isBetween(1, y, closed: .upper)),
    ("x > 1 and x < y", x.isBetween(1, y, closed: .none)),
    ("case when x = 1 then 2 when x is null then 3 else x end", x.replacing([1: 2, lit(.null): 3])),
    ("case when x = 'a' then 'b' else y end", x.replacing(["a": "b"], default: y)),
    ("initcap(x)", x.str.titlecased), ("reverse(x)", x.str.reversed), ("octet_length(x)", x.str.byteCount),
    ("trim(x, 'ab')", x.str.trimmed(of: "ab")), ("ltrim(x)", x.str.trimmedStart),
    ("ltrim(x, 'a')", x.str.trimmedStart(of: "a")), ("rtrim(x)", x.str.trimmedEnd),
    ("rtrim(x, 'a')", x.str.trimmedEnd(of: "a")), ("strip_prefix(x, 'a')", x.str.removingPrefix("a")),
    ("strip_suffix(x, 'a')", x.str.removingSuffix("a")), ("left(x, 2)", x.str.prefix(2)),
    ("right(x, -2)", x.str.suffix(-2)), ("split_part(x, '-', 2)", x.str.part(2, separatedBy: "-")),
    ("replace_first(x, 'a', 'b')", x.str.replacingFirst("a", with: "b")),
    ("pad_start(x, 5, '0')", x.str.paddedStart(to: 5, with: "0")), ("pad_end(x, 5, ' ')", x.str.paddedEnd(to: 5)),
    ("pad_center(x, 5, ' ')", x.str.centered(in: 5)), ("zfill(x, 5)", x.str.zeroFilled(to: 5)),
    ("repeat(x, y)", x.str.repeated(y)), ("strpos(x, 'a')", x.str.position(of: "a")),
    ("occurrences(x, 'a')", x.str.occurrences(of: "a")), ("concat_ws('-', x, y)", concat(x, y, separator: "-")),
    ("x || '-' || y", concat(x, y, separator: "-", skipsNulls: false)),
    ("x || y", concat(x, y, skipsNulls: false)),
    ("cast(x as string)", concat(x, skipsNulls: false)),
    ("regexp_matches(x, '^a')", x.str.matches("^a")), ("regexp_count(x, 'a')", x.str.countMatches(of: "a")),
    ("regexp_extract(x, '(a)b', 1)", x.str.extract("(a)b", group: 1)),
    ("regexp_extract(x, 'a', 0)", x.str.extract("a")),
    ("regexp_replace(x, 'a', '$0')", x.str.replacingMatches(of: "a", with: "$0")),
    ("regexp_replace_first(x, 'a', 'b')", x.str.replacingFirstMatch(of: "a", with: "b")),
    ("cast(x as int)", x.str.toInteger), ("cast(x as double)", x.str.toNumber), ("cast(x as bool)", x.str.toBool),
    ("cast(try_strptime(x, '%d') as date)", x.str.toDate(format: "%d")),
    ("strptime(x, '%d')", x.str.toDatetime(format: "%d", isStrict: true)),
    ("isoyear(x)", x.dt.isoYear), ("dayofyear(x)", x.dt.ordinalDay), ("days_in_month(x)", x.dt.daysInMonth),
    ("is_leap_year(x)", x.dt.isLeapYear), ("monthname(x)", x.dt.monthName), ("dayname(x)", x.dt.weekdayName),
    ("millisecond(x)", x.dt.millisecond), ("microsecond(x)", x.dt.microsecond), ("cast(x as date)", x.dt.date),
    ("strftime(x, '%T.%f')", x.dt.timeOfDay), ("epoch(x)", x.dt.epoch), ("epoch_ms(x)", x.dt.epochMilliseconds),
    ("epoch_us(x)", x.dt.epochMicroseconds), ("date_round('15m', x)", x.dt.rounded(to: "15m")),
    ("offset_by(x, '-1mo')", x.dt.offset(by: "-1mo")), ("last_day(x)", x.dt.monthEnd),
    ("cast(date_trunc('month', x) as date)", x.dt.monthStart),
    ("date_sub('month', y, x)", x.dt.elapsed("month", since: y)), ("date_sub('day', y, x)", x.dt.days(since: y)),
    ("date_diff('month', y, x)", x.dt.boundaries(of: "month", since: y)),
    ("strftime(x, '%Y')", x.dt.formatted("%Y")), ("from_epoch(x)", x.fromEpoch()),
    ("from_epoch_ms(x)", x.fromEpochMilliseconds()), ("from_epoch_us(x)", x.fromEpochMicroseconds()),
    ("make_date(x, 2, 3)", date(year: x, month: 2, day: 3)),
    ("make_timestamp(x, 2, 3, 4, 0, 0)", datetime(year: x, month: 2, day: 3, hour: 4)),
  ]

  @Test("are called by their names", arguments: forms + scalarForms)
  func readsForm(text: String, expected: Expression) throws {
    #expect(try Expression.parse(text).unlocated == expected, "\(text)")
  }

  @Test("are all known to the language", arguments: ScalarFunction.allCases)
  func everyFunction(function: ScalarFunction) throws {
    guard !Keyword.isReserved(function.rawValue) else { return }
    let count = function.definition.counts.lowerBound
    let text = "\(function.rawValue)(\(Array(repeating: "x", count: count).joined(separator: ", ")))"
    let parsed = try Expression.parse(text).unlocated
    #expect(parsed.node == .function(function, Array(repeating: col("x"), count: count)))
    #expect(function.definition.form.contains(function.rawValue))
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
      "log(x)", "log is written log(base, x), ln(x) or log10(x), and here it has 1 argument", at: 0..<6),
    Mistake(
      "lpad(x, 3, ' ')", "there is no function 'lpad'", at: 0..<4,
      hint: "it is written pad_start(x, length, character), which never cuts", code: .unknownFunction),
    Mistake("approx_quantile(x, 2)", "the fraction of approx_quantile must be a number from 0 to 1", at: 19..<20),
    Mistake("arg_min(x)", "arg_min is written arg_min(x, y), and here it has 1 argument", at: 0..<10),
    Mistake("string_agg(x)", "string_agg is written string_agg(x, ', '), and here it has 1 argument", at: 0..<13),
    Mistake(
      "string_agg(x, y)", "the separator of string_agg must be a constant text", at: 14..<15,
      hint: "write it like this: string_agg(x, ', ')"),
    Mistake("sum(x) filter (y > 0)", "expected 'where' after '(', found 'y'", at: 15..<16),
    Mistake("sum(x) filter (where y > 0", "')' is missing for the '(' at column 15", at: 26..<26),
    Mistake("abs(x) filter (where y > 0)", "expected an operator or the end after ')', found 'filter'", at: 7..<13),
    Mistake("sum(x) filter", "expected an operator or the end after ')', found 'filter'", at: 7..<13),
    Mistake(
      "group_concat(x)", "there is no function 'group_concat'", at: 0..<12, hint: "it is written string_agg(x, ', ')",
      code: .unknownFunction),
    Mistake("top(x)", "top is written top(x, 3), and here it has 1 argument", at: 0..<6),
    Mistake(
      "bottom(x, 0)", "the number of values that bottom gives must be a whole number from 1", at: 10..<11,
      hint: "write it like this: bottom(x, 3)"),
    Mistake("top(x, 2.5)", "the number of values that top gives must be a whole number from 1", at: 7..<10),
    Mistake("top(x, y)", "the number of values that top gives must be a whole number from 1", at: 7..<8),
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
