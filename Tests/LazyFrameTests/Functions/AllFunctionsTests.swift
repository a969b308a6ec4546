import Columnar
import Testing

@testable import LazyFrame

/// What holds for every function, whatever it computes.
@Suite("All functions")
struct AllFunctionsTests {
  /// The columns of one call as a user could write it, with the constants it needs, as text.
  private static func arguments(_ function: ScalarFunction) throws -> [ResolvedExpression] {
    let written = calls[function.rawValue] ?? "\(function)(\(samples[function.definition.counts.lowerBound] ?? ""))"
    let types = Schema(columns.map { Field($0.0, $0.1) })
    guard case .function(function, let arguments) = try Expression.parse(written).unlocated.node else {
      throw LazyFrameError(.syntax, "\(written) does not call \(function)")
    }
    return try arguments.map { try ExpressionResolver(schema: types).resolve($0) }
  }

  private static let samples = [1: "number", 2: "number, integer"]

  /// Calls of functions that take no numbers.
  private static let calls: [String: String] = {
    var calls = [
      "round": "round(number, 1)", "round_sig_figs": "round_sig_figs(number, 2)", "clip": "clip(number, -100, integer)",
      "replace": "replace(text, 't', other)", "replace_first": "replace_first(text, 't', other)",
      "contains": "contains(text, 't')", "starts_with": "starts_with(text, 't')", "ends_with": "ends_with(text, 't')",
      "like": "text like '%4_'", "in": "integer in (2919, 1)", "date_trunc": "date_trunc('month', moment)",
      "date_round": "date_round('2h', moment)", "offset_by": "offset_by(moment, '-1mo2h')",
      "date_diff": "date_diff('month', date, moment)", "date_sub": "date_sub('hour', date, moment)",
      "coalesce": "coalesce(text, other)", "fill_null": "fill_null(text, other)", "nullif": "nullif(text, other)",
      "substr": "substr(text, integer, 4)", "left": "left(text, integer % 5)", "right": "right(text, integer % 5)",
      "split_part": "split_part(text, ' ', integer % 5)", "repeat": "repeat(text, integer % 4)",
      "zfill": "zfill(text, 9)", "concat_ws": "concat_ws('-', text, number, other)",
      "least": "least(integer, number)", "greatest": "greatest(text, other)",
      "strip_prefix": "strip_prefix(text, 'a ')", "strip_suffix": "strip_suffix(text, 'é')",
      "strpos": "strpos(text, ':')", "occurrences": "occurrences(text, 't')",
      "regexp_matches": "regexp_matches(text, '4$|long')", "regexp_count": "regexp_count(text, '[a-z]+')",
      "regexp_extract": "regexp_extract(text, '(.)(?=.)', 1)",
      "regexp_replace": "regexp_replace(text, '(\\d)\\d', '<$1>')",
      "regexp_replace_first": "regexp_replace_first(text, ' |t', '$0$0')",
      "strftime": "strftime(moment, '%c %j %V %f')", "strptime": "strptime(strftime(date, '%F'), '%F')",
      "try_strptime": "try_strptime(strftime(moment, '%s'), '%s')", "make_date": "make_date(integer, 2, 28)",
      "make_timestamp": "make_timestamp(integer, 2, 28, 23, 59, 59.5)",
    ]
    calls["string_split"] = "string_split(text, other)"
    calls["array_to_string"] = "array_to_string(string_split(text, 't'), other)"
    calls["list_extract"] = "list_extract(string_split(text, ' '), 1)"
    calls["list_slice"] = "list_slice(string_split(text, ' '), 2, integer)"
    calls["list_contains"] = "list_contains(string_split(text, ' '), other)"
    for name in ["list_length", "list_reverse", "list_sort", "list_distinct", "list_min", "list_max"] {
      calls[name] = "\(name)(string_split(text, 'e'))"
    }
    for name in ["list_sum", "list_avg"] {
      calls[name] = "\(name)(cast(string_split(integer || ';1', ';') as list(float)))"
    }
    for name in ["pad_start", "pad_end", "pad_center"] { calls[name] = "\(name)(text, 20, 'é')" }
    for name in ["bitwise_and", "bitwise_or", "bitwise_xor", "bitwise_left_shift", "bitwise_right_shift"] {
      calls[name] = "\(name)(integer, integer)"
    }
    for name in ["bitwise_not", "bit_count"] { calls[name] = "\(name)(integer)" }
    for name in [
      "lower", "upper", "initcap", "reverse", "length", "octet_length", "trim", "ltrim", "rtrim",
    ] { calls[name] = "\(name)(text)" }
    for name in [
      "year", "isoyear", "quarter", "month", "week", "day", "weekday", "dayofyear", "days_in_month", "is_leap_year",
      "monthname", "dayname", "last_day", "epoch", "epoch_ms", "epoch_us",
    ] { calls[name] = "\(name)(date)" }
    for name in ["hour", "minute", "second", "millisecond", "microsecond"] { calls[name] = "\(name)(moment)" }
    return calls
  }()

  private static let columns: [(String, DType)] = [
    ("number", .float64), ("integer", .int64), ("text", .string), ("other", .string), ("date", .date),
    ("moment", .datetime),
  ]

  private static func batch(_ count: Int, _ nulls: KernelSamples.Nulls) -> RecordBatch {
    let types = AllFunctionsTests.columns
    let columns = types.enumerated().map { KernelSamples.column($1.1, count: count, nulls, seed: $0 * 3) }
    return RecordBatch(schema: Schema(types.map { Field($0.0, $0.1) }), columns: columns, rowCount: count)
  }

  private static func slice(_ batch: RecordBatch, _ row: Int) -> RecordBatch {
    RecordBatch(
      schema: batch.schema, columns: batch.columns.map { RowKernels.slice($0, row..<row + 1) }, rowCount: 1)
  }

  @Test("a row's value depends on that row alone, at each length and with nulls", arguments: ScalarFunction.allCases)
  func rowByRow(function: ScalarFunction) throws {
    let expression = try function.definition.resolve(AllFunctionsTests.arguments(function))
    for count in [0, 1, 65, 129] {
      for nulls in KernelSamples.Nulls.allCases {
        let batch = AllFunctionsTests.batch(count, nulls)
        let result = try Evaluator.evaluate(expression, batch)
        #expect(result.type == expression.type)
        #expect(result.count == count)
        #expect(result.isWellFormed)
        for row in 0..<count {
          let alone = try Evaluator.evaluate(expression, AllFunctionsTests.slice(batch, row))
          #expect(result[row].description == alone[0].description)
        }
      }
    }
  }

  @Test("null in, null out", arguments: ScalarFunction.allCases)
  func nulls(function: ScalarFunction) throws {
    let expression = try function.definition.resolve(AllFunctionsTests.arguments(function))
    let batch = AllFunctionsTests.batch(65, .some)
    let result = try Evaluator.evaluate(expression, batch)
    // Skips nulls, and makes an empty text of nothing but them.
    guard function != "concat_ws" else { return }
    for row in 0..<65 {
      let isNull = KernelSamples.Nulls.some.contains(row)
      #expect(result.isNull(at: row) == isNull, "row \(row)")
    }
  }

  @Test("the null of no type is an argument of every function", arguments: ScalarFunction.allCases)
  func untypedNulls(function: ScalarFunction) throws {
    var arguments = try AllFunctionsTests.arguments(function)
    let position = ["date_trunc", "date_round", "date_diff", "date_sub"].contains(function.rawValue) ? 1 : 0
    arguments[position] = .literal(.null, .null)
    let expression = try function.definition.resolve(arguments)
    let result = try Evaluator.evaluate(expression, AllFunctionsTests.batch(65, .none))
    #expect(result.type == expression.type)
    let skipsNulls = ["coalesce", "fill_null", "least", "greatest"].contains(function.rawValue)
    if !skipsNulls { #expect(result.nullCount == 65) }
  }
}
