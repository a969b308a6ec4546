import Columnar
import Testing

@testable import LazyFrame

/// What is wrong with a call is said before any row is read.
@Suite("Calls that do not fit") struct FunctionErrorsTests {
  private static let schema = Schema([
    Field("x", .float64), Field("i", .int64), Field("t", .string), Field("d", .date), Field("m", .datetime),
    Field("b", .bool),
  ])

  private func error(_ text: String) -> LazyFrameError? {
    #expect(throws: LazyFrameError.self) {
      try ExpressionResolver(schema: FunctionErrorsTests.schema).resolve(try Expression.parse(text))
    }
  }

  @Test(
    "are refused with what is wanted and what is there",
    arguments: [
      ("sin(t)", "sin needs a number, and 't' is string"),
      ("floor_div(x, t)", "floor_div needs a number, and 't' is string"),
      ("bitwise_and(i, x)", "bitwise_and needs a whole number, and 'x' is float64"),
      ("isnan(d)", "isnan needs a number, and 'd' is date"),
      ("round(x, i)", "round needs a constant, and 'i' is none"),
      ("round(x, 1.5)", "round needs a whole number, and '1.5' is float64"),
      ("round_sig_figs(x, 0)", "round_sig_figs needs at least one digit, and not 0"),
      ("clip(t, 'a', 'b')", "clip needs numbers or dates, and 't' is string"),
      ("clip(x, d, null)", "the arguments of clip are of different types: x is float64, and d is date"),
      ("least(i, t)", "the arguments of least are of different types: i is int64, and t is string"),
      ("upper(i)", "upper needs text, and 'i' is int64"),
      ("left(t, x)", "left needs a whole number, and 'x' is float64"),
      ("trim(t, t)", "trim needs a constant, and 't' is none"),
      ("pad_start(t, 5, 'ab')", "pad_start needs one character to fill with, and 'ab' has 2"),
      ("pad_end(t, 5, '')", "pad_end needs one character to fill with, and '' has 0"),
      ("concat_ws(i, t)", "concat_ws needs text, and 'i' is int64"),
      ("regexp_matches(t, t)", "regexp_matches needs a constant, and 't' is none"),
      ("regexp_extract(t, '(a)', 2)", "the regular expression (a) has no group 2"),
      ("regexp_extract(t, '(a)', -1)", "the regular expression (a) has no group -1"),
      (
        "regexp_replace(t, '(a)', '$2')",
        "the replacement '$2' asks for group 2, which the regular expression does not have"
      ),
      (
        "regexp_replace(t, '(?<n>a)', '${m}')",
        "the replacement '${m}' asks for group m, which the regular expression does not have"
      ),
      ("regexp_replace(t, 'a', 'x$')", "a '$' in the replacement 'x$' stands before no group"),
      ("year(t)", "year needs a date or datetime, and 't' is string"),
      ("date_trunc('moth', d)", "date_trunc does not know the interval 'moth'"),
      (
        "date_trunc('1mo2d', d)",
        "date_trunc needs an interval of one kind of unit that is more than nothing, and not '1mo2d'"
      ),
      (
        "date_trunc('-1d', d)",
        "date_trunc needs an interval of one kind of unit that is more than nothing, and not '-1d'"
      ),
      (
        "date_round('0d', d)",
        "date_round needs an interval of one kind of unit that is more than nothing, and not '0d'"
      ),
      ("offset_by(d, '1')", "offset_by does not know the interval '1'"),
      ("offset_by(d, '1mo-2d')", "offset_by does not know the interval '1mo-2d'"),
      ("offset_by(d, '99999999999999999999d')", "offset_by does not know the interval '99999999999999999999d'"),
      ("offset_by(d, t)", "offset_by needs a constant, and 't' is none"),
      ("date_diff('15m', d, d)", "date_diff does not know the unit '15m'"),
      ("strftime(d, '%Q')", "a format does not know the code %Q"),
      ("strftime(d, '%^a')", "a format does not know the code %^"),
      ("strftime(d, '%-a')", "a format does not know the code %a"),
      ("strftime(d, 'x%')", "the format 'x%' ends with a %"),
      ("strftime(d, '%z')", "a format does not know the code %z"),
      ("strftime(t, '%Y')", "strftime needs a date or datetime, and 't' is string"),
      (
        "strptime(t, '%G-W%V-%u')",
        "strptime cannot read '%G-W%V-%u': weeks, days of the week in digits and centuries are only written"
      ),
      ("make_date(2020, 1, t)", "make_date needs a whole number, and 't' is string"),
      ("from_epoch(t)", "from_epoch needs a number, and 't' is string"),
    ])
  func message(text: String, message: String) {
    let error = error(text)
    #expect(error?.message == message)
    #expect(error?.span != nil, "the place in the text is known")
  }

  @Test(
    "come with what to do",
    arguments: [
      ("date_trunc('moth', d)", "did you mean 'month'?"),
      (
        "offset_by(d, '5 days')",
        "write it like '15m', '1y3mo' or 'month'; the units are y (year), q (quarter), mo (month), w (week), d (day), "
          + "h (hour), m (minute), s (second), ms (millisecond), us (microsecond)"
      ),
      ("date_sub('years', d, d)", "did you mean 'year'?"),
      ("strftime(d, '%z')", "datetimes have no time zone"),
      ("regexp_extract(t, '(a)(b)', 3)", "its groups are numbered from 0, the whole match, to 2"),
      ("regexp_replace(t, 'a', '$1')", "the groups of a are numbered from 0 to 0"),
    ])
  func hint(text: String, hint: String) {
    #expect(error(text)?.hint == hint)
  }

  @Test(
    "a wrong pattern is shown with the place that is wrong",
    arguments: [
      ("a(b", "missing closing parenthesis", "a(b\n   ^"),
      ("é[z-a]", "range out of order in character class", "é[z-a]\n    ^"),
      ("*a", "quantifier does not follow a repeatable item", "*a\n^"),
      ("a\\", "\\ at end of pattern", "a\\\n  ^"),
      ("(?<x>a)(?<x>b)", "two named subpatterns have the same name (PCRE2_DUPNAMES not set)", nil),
      ("\\C", "using \\C is disabled by the application", nil),
    ] as [(String, String, String?)])
  func pattern(pattern: String, message: String, place: String?) throws {
    let error = try #require(throws: LazyFrameError.self) { try RegularExpression.prepared(pattern) }
    #expect(error.message == "the regular expression cannot be read: \(message)")
    #expect(error.code == .pattern)
    if let place { #expect(error.hint == place) }
  }

  @Test("constants may be computed, and a null constant makes everything null")
  func constants() throws {
    let batch = RecordBatch(schema: Schema([Field("t", .string)]), columns: [Column(["abc", "b"])], rowCount: 2)
    func evaluate(_ text: String) throws -> [String] {
      let expression = try ExpressionResolver(schema: batch.schema).resolve(try Expression.parse(text))
      return try Evaluator.evaluate(expression, batch).printed
    }
    #expect(try evaluate("regexp_matches(t, '^' || 'a')") == ["true", "false"])
    #expect(try evaluate("regexp_matches(t, null)") == ["null", "null"])
    #expect(try evaluate("regexp_extract(t, 'b', null)") == ["null", "null"])
    #expect(try evaluate("regexp_replace(t, 'b', null)") == ["null", "null"])
    #expect(try evaluate("pad_start(t, 4, null)") == ["null", "null"])
    #expect(try evaluate("strptime(t, null)") == ["null", "null"])
    #expect(try evaluate("date_trunc(null, date '2020-01-02')") == ["null", "null"])
    #expect(try evaluate("round(1.25, null)") == ["null", "null"])
  }

  @Test("nothing is read when a pattern, a format or an interval is wrong")
  func beforeReading() throws {
    let frame = try Fixtures.withFile("t,d\na,2020-01-01\n") { try LazyFrame.scanCSV($0) }
    // The file is gone by now.
    for text in ["regexp_matches(t, '(')", "strftime(d, '%Q') = ''", "offset_by(d, 'x') = d"] {
      let error = #expect(throws: LazyFrameError.self) { try frame.filter(try Expression.parse(text)).compute() }
      #expect(error?.code == (text.hasPrefix("offset") ? .type : .pattern))
    }
  }
}
