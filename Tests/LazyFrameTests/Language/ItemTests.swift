import Testing

@testable import LazyFrame

@Suite("Lists and sort keys in the expression language")
struct ItemTests {
  static let lists: [(text: String, expected: [Expression])] = [
    ("symbol, year(date) as year", [col("symbol"), col("date").dt.year.as("year")]),
    ("a as \"b c\", d", [col("a").as("b c"), col("d")]),
    ("a AS b", [col("a").as("b")]),
    ("*", [Expression(.allColumns)]),
    ("*, close - open as gain", [Expression(.allColumns), (col("close") - col("open")).as("gain")]),
    ("mean(open, high)", [col("open").mean(), col("high").mean()]),
    (
      "count() as n, mean(open, high - low), sum(x)",
      [count().as("n"), col("open").mean(), (col("high") - col("low")).mean(), col("x").sum()]
    ),
    ("round(mean(open, high), 2)", [col("open").mean().rounded(2), col("high").mean().rounded(2)]),
    ("quantile(a, b, 0.9)", [col("a").quantile(0.9), col("b").quantile(0.9)]),
    ("min(a, b) between 1 and 2", [col("a").min().between(1, 2), col("b").min().between(1, 2)]),
    ("min(a, b), max(a, b)", [col("a").min(), col("b").min(), col("a").max(), col("b").max()]),
  ]

  @Test("are read item by item", arguments: lists)
  func readsList(text: String, expected: [Expression]) throws {
    #expect(try Expression.parseList(text).map(\.unlocated) == expected, "\(text)")
  }

  @Test("name results after what they are")
  func names() throws {
    let names = try Expression.parseList("mean(open, high), year(date), close as c").map(\.name)
    #expect(names == ["mean_open", "mean_high", "year_date", "c"])
  }

  static let mistakes: [Mistake] = [
    Mistake("", "expected an expression, found the end", at: 0..<0),
    Mistake("a,", "expected an expression after ',', found the end", at: 2..<2),
    Mistake("a,,b", "expected an expression after ',', found ','", at: 2..<3),
    Mistake(
      "a b", "expected an operator, ',' or the end after 'a', found 'b'", at: 2..<3,
      hint: "a name for the result is written: … as b"),
    Mistake("a as", "expected a name after 'as', found the end", at: 4..<4),
    Mistake(
      "a as case", "expected a name after 'as', found 'case'", at: 5..<9,
      hint: "'case' is a word of the language: a column of that name is written \"case\""),
    Mistake(
      "a as 'b'", "expected a name after 'as', found 'b'", at: 5..<8, hint: "single quotes are for texts: write b"),
    Mistake(
      "mean(open, high) as m", "the name m is given to 2 expressions at once", at: 20..<21,
      hint: "write them one by one, each with its name"),
    Mistake(
      "max(a, b) - min(c, d)", "a second aggregate of several columns, min(c, d), stands in one expression",
      at: 12..<21, hint: "write the expressions one by one"),
  ]

  @Test("that are wrong are named with their place", arguments: mistakes)
  func explainsMistake(mistake: Mistake) throws {
    try mistake.check { _ = try Expression.parseList($0) }
  }

  @Test("one expression is not a list")
  func single() throws {
    #expect(try Expression.parse("a as b").unlocated == col("a").as("b"))
    try Mistake("a, b", "expected one expression, found ','", at: 1..<2).check { _ = try Expression.parse($0) }
    try Mistake("*", "expected an expression, found '*'", at: 0..<1).check { _ = try Expression.parse($0) }
  }

  @Test("sort keys have directions")
  func sortKeys() throws {
    let keys = try Expression.parseSortKeys("symbol, year:desc,n : ASC, -x * 2:Desc, mean(a, b):desc")
    #expect(
      keys.map(\.expression.unlocated) == [
        col("symbol"), col("year"), col("n"), -col("x") * 2, col("a").mean(), col("b").mean(),
      ])
    #expect(keys.map(\.descending) == [false, true, false, true, true, true])
    #expect(keys.allSatisfy { !$0.nullsFirst })
  }

  @Test("a sort key says where nulls come")
  func nullsFirst() throws {
    let keys = try Expression.parseSortKeys(
      "a desc nulls first, b NULLS FIRST, c asc nulls last, d:desc nulls first, nulls")
    #expect(keys.map(\.descending) == [true, false, false, true, false])
    #expect(keys.map(\.nullsFirst) == [true, true, false, true, false])
  }

  static let sortMistakes: [Mistake] = [
    Mistake("a:", "expected 'asc' or 'desc' after ':', found the end", at: 2..<2),
    Mistake("a:down", "expected 'asc' or 'desc' after ':', found 'down'", at: 2..<6),
    Mistake("a:desc b", "expected an operator, ':desc', ',' or the end after 'desc', found 'b'", at: 7..<8),
    Mistake("a desc nulls", "expected 'first' or 'last' after 'nulls', found the end", at: 12..<12),
    Mistake("a nulls desc", "expected 'first' or 'last' after 'nulls', found 'desc'", at: 8..<12),
    Mistake("a as b", "expected an operator, ':desc', ',' or the end after 'a', found 'as'", at: 2..<4),
    Mistake("(a:desc)", "')' is missing for the '(' at column 1", at: 2..<3),
  ]

  @Test("sort keys that are wrong are named with their place", arguments: sortMistakes)
  func explainsSortMistake(mistake: Mistake) throws {
    try mistake.check { _ = try Expression.parseSortKeys($0) }
  }
}
