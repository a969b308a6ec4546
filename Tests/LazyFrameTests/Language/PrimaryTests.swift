import Columnar
import Testing

@testable import LazyFrame

@Suite("Names, constants, case and cast in the expression language")
struct PrimaryTests {
  static let forms: [(text: String, expected: Expression)] = [
    // Names.
    ("close", col("close")), (" close ", col("close")), ("_a1", col("_a1")), ("größe", col("größe")),
    ("\"adjusted close\"", col("adjusted close")), ("\"\"", col("")), ("\"a\"\"b\"", col("a\"b")),
    ("\"case\"", col("case")), ("order", col("order")), ("date", col("date")), ("count", col("count")),
    ("distinct", col("distinct")), ("asc", col("asc")), ("\"null\"", col("null")), ("((a))", col("a")),
    // Numbers.
    ("0", 0), ("007", 7), ("9223372036854775807", lit(Int.max)), ("-9223372036854775808", lit(Int.min)),
    ("1.5", 1.5), (".5", 0.5), ("1.", 1.0), ("1e3", 1000.0), ("2.5E-3", 0.0025), ("1e+2", 100.0), ("0.1", 0.1),
    ("-5", -5), ("- 5", -5), ("-(5)", -5), ("--5", 5), ("-0.5", -0.5), ("1-2", lit(1) - lit(2)),
    ("9007199254740993.0", lit(9007199254740992.0)),
    // Texts.
    ("'x'", "x"), ("''", ""), ("'it''s'", "it's"), ("'a \"b\" ü\n'", "a \"b\" ü\n"), ("''''", "'"),
    // Other constants.
    ("null", lit(.null)), ("NULL", lit(.null)), ("true", true), ("False", false),
    ("date '1970-01-02'", lit(.date(days: 1))), ("DATE '1969-12-31'", lit(.date(days: -1))),
    ("datetime '1970-01-01 00:00:01'", lit(.datetime(microseconds: 1_000_000))),
    ("timestamp '1970-01-02'", lit(.datetime(microseconds: 86_400_000_000))),
    ("datetime '1970-01-01T01:00:00.000001'", lit(.datetime(microseconds: 3_600_000_001))),
    ("date = date '1970-01-01'", col("date") == lit(.date(days: 0))),
    // case.
    ("case when a > 0 then 'plus' end", Expression(.conditional([branch(col("a") > 0, "plus")], otherwise: nil))),
    (
      "case when a then 1 when b then 2 else 3 end",
      when(col("a")).then(1).when(col("b")).then(2).otherwise(3)
    ),
    (
      "CASE a + 1 WHEN 1 THEN 'x' WHEN b THEN 'y' ELSE 'z' END",
      when(col("a") + 1 == 1).then("x").when(col("a") + 1 == col("b")).then("y").otherwise("z")
    ),
    ("case when a then 1 else 2 end + 1", when(col("a")).then(1).otherwise(2) + 1),
    // cast.
    ("cast(a + 1 as string)", (col("a") + 1).cast(to: .string)), ("CAST(a AS Int)", col("a").cast(to: .int64)),
    ("cast(a as double precision)", col("a").cast(to: .float64)),
    ("cast(a as int8)", col("a").cast(to: .int8)), ("cast(a as TINYINT)", col("a").cast(to: .int8)),
    ("cast(a as smallint)", col("a").cast(to: .int16)), ("cast(a as utinyint)", col("a").cast(to: .uint8)),
    ("cast(a as usmallint)", col("a").cast(to: .uint16)), ("cast(a as uinteger)", col("a").cast(to: .uint32)),
    ("cast(a as ubigint)", col("a").cast(to: .uint64)), ("cast(a as interval)", col("a").cast(to: .duration)),
    ("cast(a as category)", col("a").cast(to: .categorical)),
    ("cast(a as list(list(int8)))", col("a").cast(to: .list(.list(.int8)))),
    ("strict_cast(a as int8)", col("a").cast(to: .int8, strict: true)),
    ("18446744073709551615", lit(.unsigned(.max))), ("duration '1h 30m'", lit(.seconds(5400))),
    ("interval '-1d'", lit(.seconds(-86_400))),
  ]

  @Test("are read", arguments: forms)
  func readsForm(text: String, expected: Expression) throws {
    #expect(try Expression.parse(text).unlocated == expected, "\(text)")
  }

  @Test(
    "know types by their own, SQL's and pandas' names",
    arguments: [
      ("bool", DType.bool), ("int32", .int32), ("int64", .int64), ("float32", .float32), ("float64", .float64),
      ("string", .string), ("date", .date), ("datetime", .datetime), ("int", .int64), ("integer", .int64),
      ("bigint", .int64), ("float", .float64), ("double", .float64), ("real", .float32), ("text", .string),
      ("varchar", .string), ("str", .string), ("boolean", .bool), ("timestamp", .datetime),
    ])
  func types(name: String, type: DType) throws {
    #expect(try Expression.parse("cast(a as \(name))").unlocated == col("a").cast(to: type))
  }

  static let mistakes: [Mistake] = [
    Mistake("", "expected an expression, found the end", at: 0..<0),
    Mistake("  ", "expected an expression, found the end", at: 2..<2),
    Mistake(
      "a b", "expected an operator or the end after 'a', found 'b'", at: 2..<3,
      hint: "a name for the result is written: … as b"),
    Mistake("a 'x'", "expected an operator or the end after 'a', found 'x'", at: 2..<5),
    Mistake("'x' 1", "expected an operator or the end after 'x', found '1'", at: 4..<5),
    Mistake("(a", "')' is missing for the '(' at column 1", at: 2..<2),
    Mistake("x + (a, b)", "')' is missing for the '(' at column 5", at: 6..<7),
    Mistake("(a b)", "expected an operator or ')' after 'a', found 'b'", at: 3..<4),
    Mistake("a)", "there is no '(' for this ')'", at: 1..<2),
    Mistake("()", "expected an expression after '(', found ')'", at: 1..<2),
    Mistake(
      "'größe' = 'x", "the text that begins here is never closed: ' is missing", at: 12..<14,
      hint: "inside it, write '' for the sign itself"),
    Mistake("\"x", "the name that begins here is never closed: \" is missing", at: 0..<2),
    Mistake(
      "a = in", "expected an expression after '=', found 'in'", at: 4..<6,
      hint: "'in' is a word of the language: a column of that name is written \"in\""),
    Mistake(
      "and", "expected an expression, found 'and'", at: 0..<3,
      hint: "'and' is a word of the language: a column of that name is written \"and\""),
    Mistake(
      "18446744073709551616", "18446744073709551616 does not fit an integer of 64 bits", at: 0..<20,
      hint: "write it as a float: 18446744073709551616.0"),
    Mistake("-9223372036854775809", "-9223372036854775809 does not fit an integer of 64 bits", at: 0..<20),
    Mistake("1e999", "1e999 does not fit a float of 64 bits", at: 0..<5),
    Mistake(
      "1 + 12ab", "'12ab' is neither a number nor a name", at: 4..<8,
      hint: "a name that begins with a digit is quoted: \"12ab\""),
    Mistake("1.2.3", "'1.2.3' is neither a number nor a name", at: 0..<5),
    Mistake("1e", "'1e' is neither a number nor a name", at: 0..<2),
    Mistake("1e+", "'1e+' is neither a number nor a name", at: 0..<3),
    Mistake("a & b", "'&' means nothing in an expression", at: 2..<3, hint: "write 'and'"),
    Mistake("!a", "'!' means nothing in an expression", at: 0..<1, hint: "write 'not'"),
    Mistake("ü = “x”", "'“' means nothing in an expression", at: 5..<8, hint: "write the plain quote \""),
    Mistake("a.b", "'.' means nothing in an expression", at: 1..<2, hint: "a name with a dot in it is quoted: \"a.b\""),
    Mistake("a\u{0}", "the character U+0000 means nothing in an expression", at: 1..<2),
    Mistake("a\u{200B}b", "the character U+200B means nothing in an expression", at: 1..<4),
    Mistake("date '2020-02-30'", "'2020-02-30' is no date", at: 5..<17, hint: "write it like this: date '2020-01-31'"),
    Mistake(
      "duration 'soon'", "'soon' is no duration", at: 9..<15, hint: "write it like this: duration '1d 2h 30m'"),
    Mistake("strict_cast(a)", "expected 'as' after 'a', found ')'", at: 13..<14),
    Mistake(
      "datetime 'noon'", "'noon' is no datetime", at: 9..<15,
      hint: "write it like this: datetime '2020-01-31 09:30:00'"),
    Mistake("case a", "expected 'when' after 'a', found the end", at: 6..<6),
    Mistake("case when a 1 end", "expected 'then' after 'a', found '1'", at: 12..<13),
    Mistake("x + case when a then 1", "'end' is missing for the 'case' at column 5", at: 22..<22),
    Mistake("case when a then 1)", "expected 'when', 'else' or 'end' after '1', found ')'", at: 18..<19),
    Mistake("case when a then 1 else 2 else 3 end", "expected 'end' after '2', found 'else'", at: 26..<30),
    Mistake("case end", "expected an expression after 'case', found 'end'", at: 5..<8),
    Mistake("cast a", "expected '(' after 'cast', found 'a'", at: 5..<6),
    Mistake("cast(a)", "expected 'as' after 'a', found ')'", at: 6..<7),
    Mistake("cast(a as)", "expected a type after 'as', found ')'", at: 9..<10),
    Mistake("cast(a as strng)", "there is no type 'strng'", at: 10..<15, hint: "did you mean 'string'?"),
    Mistake(
      "cast(a as blob)", "there is no type 'blob'", at: 10..<14,
      hint: "the types are: \(DType.writtenTypes.map(\.description).joined(separator: ", "))"),
    Mistake("cast(a as int", "')' is missing for the '(' at column 5", at: 13..<13),
    Mistake("größe + (a", "')' is missing for the '(' at column 9", at: 12..<12),
    Mistake("a::int", "expected an operator or the end after 'a', found ':'", at: 1..<2),
  ]

  @Test("that are wrong are named with their place", arguments: mistakes)
  func explainsMistake(mistake: Mistake) throws {
    try mistake.check { _ = try Expression.parse($0) }
  }

  @Test("remember the bytes they were read from")
  func spans() throws {
    let text = "größe * ( b + 1 ) as x"
    let expression = try Expression.parse(text)
    var places: [String] = []
    func visit(_ expression: Expression) {
      if case .located(_, let span) = expression.node {
        places.append(String(decoding: Array(text.utf8)[span.start..<span.end], as: UTF8.self))
      }
      expression.children.forEach(visit)
    }
    visit(expression)
    #expect(places == [text, "größe * ( b + 1 )", "größe", "b + 1", "b", "1"])
  }
}

private func branch(_ condition: Expression, _ value: Expression) -> Expression.Branch {
  Expression.Branch(condition: condition, value: value)
}
