import Testing

@testable import LazyFrame

@Suite("Operators in the expression language")
struct OperatorTests {
  static let forms: [(text: String, expected: Expression)] = [
    // Precedence, from loosest to tightest.
    ("a or b and c", col("a") || (col("b") && col("c"))),
    ("a and b or c", (col("a") && col("b")) || col("c")),
    ("not a and b", !col("a") && col("b")),
    ("not a = b", !(col("a") == col("b"))),
    ("not not a", !(!col("a"))),
    ("a and not b", col("a") && !col("b")),
    ("a + b = c * d", (col("a") + col("b")) == (col("c") * col("d"))),
    ("a + b * c", col("a") + col("b") * col("c")),
    ("(a + b) * c", (col("a") + col("b")) * col("c")),
    ("a - b - c", (col("a") - col("b")) - col("c")),
    ("a - (b - c)", col("a") - (col("b") - col("c"))),
    ("a / b % c * d", ((col("a") / col("b")) % col("c")) * col("d")),
    ("-a * b", -col("a") * col("b")),
    ("a * -b", col("a") * -col("b")),
    ("a--b", col("a") - -col("b")),
    ("- - a", -(-col("a"))),
    ("-(a + b)", -(col("a") + col("b"))),
    ("a || b || c", concatenation(concatenation(col("a"), col("b")), col("c"))),
    ("a || b = c", concatenation(col("a"), col("b")) == col("c")),
    // Comparisons.
    ("a = 1", col("a") == 1), ("a == 1", col("a") == 1), ("a != 1", col("a") != 1), ("a <> 1", col("a") != 1),
    ("a < 1", col("a") < 1), ("a <= 1", col("a") <= 1), ("a > 1", col("a") > 1), ("a>=1", col("a") >= 1),
    ("a > 1 and a < 9", col("a") > 1 && col("a") < 9),
    ("(a = b) = c", (col("a") == col("b")) == col("c")),
    ("a is null", col("a").isNull()), ("a is not null", col("a").isNotNull()),
    ("a + 1 IS NULL", (col("a") + 1).isNull()),
    ("a = b is null", (col("a") == col("b")).isNull()),
    ("a is null or b", col("a").isNull() || col("b")),
    ("a in (1)", col("a").isIn([1])), ("a in (1, b + 2, null)", col("a").isIn([1, col("b") + 2, lit(.null)])),
    ("a not in ('x')", !col("a").isIn(["x"])),
    ("a in (1) and b", col("a").isIn([1]) && col("b")),
    ("a between 1 and 2", col("a").between(1, 2)),
    ("a between b + 1 and c and d", col("a").between(col("b") + 1, col("c")) && col("d")),
    ("a not between 1 and 2 or b", !col("a").between(1, 2) || col("b")),
    ("a like 'x%'", col("a").str.like("x%")), ("a not like 'x%'", !col("a").str.like("x%")),
    ("a like b || '%'", Expression(.function(.like, [col("a"), concatenation(col("b"), "%")]))),
    ("not a in (1)", !col("a").isIn([1])),
  ]

  @Test("bind as SQL says", arguments: forms)
  func readsForm(text: String, expected: Expression) throws {
    #expect(try Expression.parse(text).unlocated == expected, "\(text)")
  }

  @Test("that are words may be written in any case", arguments: ["A AND NOT b", "A And noT b"])
  func readsCase(text: String) throws {
    #expect(try Expression.parse(text).unlocated == (col("A") && !col("b")))
  }

  static let mistakes: [Mistake] = [
    Mistake("a +", "expected an expression after '+', found the end", at: 3..<3),
    Mistake("* 2", "expected an expression, found '*'", at: 0..<1),
    Mistake("a + * 2", "expected an expression after '+', found '*'", at: 4..<5),
    Mistake("a < b < c", "'<' cannot follow a comparison", at: 6..<7),
    Mistake("a = b in (1)", "'in' cannot follow a comparison", at: 6..<8),
    Mistake("a is null = b", "'=' cannot follow a comparison", at: 10..<11),
    Mistake("a is null + 1", "'+' cannot follow a comparison", at: 10..<11),
    Mistake("a is true", "expected 'null' or 'not null' after 'is', found 'true'", at: 5..<9),
    Mistake("a is not 1", "expected 'null' after 'not', found '1'", at: 9..<10),
    Mistake("a not b", "expected 'in', 'between' or 'like' after 'not', found 'b'", at: 6..<7),
    Mistake("a = not b", "expected an expression after '=', found 'not'", at: 4..<7),
    Mistake("a in 1", "expected '(' after 'in', found '1'", at: 5..<6),
    Mistake("a in ()", "the list of 'in' is empty", at: 5..<7),
    Mistake("a in (1, )", "expected an expression after ',', found ')'", at: 9..<10),
    Mistake("a in (1", "')' is missing for the '(' at column 6", at: 7..<7),
    Mistake("a between 1 or 2", "expected 'and' after '1', found 'or'", at: 12..<14),
    Mistake("a between 1 and", "expected an expression after 'and', found the end", at: 15..<15),
  ]

  @Test("that are misused are named with their place", arguments: mistakes)
  func explainsMistake(mistake: Mistake) throws {
    try mistake.check { _ = try Expression.parse($0) }
  }

  @Test("stack up to a bounded height")
  func height() throws {
    let sum = { (count: Int) in Array(repeating: "a", count: count).joined(separator: " + ") }
    #expect(try Expression.parse(sum(900)).unlocated.description == sum(900))
    try Mistake(sum(1500), "more than 1000 operators are stacked on each other", at: nil).check {
      _ = try Expression.parse($0)
    }
  }

  @Test(
    "nest up to a bounded depth",
    arguments: [("(", "a", ")"), ("- ", "a", ""), ("not ", "a", ""), ("abs(", "a", ")"), ("a + (", "b", ")")])
  func depth(before: String, inner: String, after: String) throws {
    let nested = { (count: Int) in
      String(repeating: before, count: count) + inner + String(repeating: after, count: count)
    }
    let parsed = try Expression.parse(nested(90))
    #expect(parsed.description.contains(inner))
    for count in [300, 20_000] {
      try Mistake(nested(count), "the expression is nested more than 200 deep", at: nil).check {
        _ = try Expression.parse($0)
      }
    }
  }
}

private func concatenation(_ left: Expression, _ right: Expression) -> Expression {
  Expression(.binary(.concatenate, left, right))
}
