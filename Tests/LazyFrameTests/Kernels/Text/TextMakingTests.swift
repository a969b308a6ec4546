import Columnar
import Testing

@testable import LazyFrame

@Suite("Parts of texts and texts made of others") struct TextMakingTests {
  private static let long = "a text that does not fit a view"

  private static func evaluate(_ text: String, _ values: [String?]) throws -> [String] {
    let batch = RecordBatch(schema: Schema([Field("t", .string)]), columns: [Column(values)], rowCount: values.count)
    let expression = try ExpressionResolver(schema: batch.schema).resolve(try Expression.parse(text))
    return try Evaluator.evaluate(expression, batch).printed
  }

  @Test(
    "calls on one text, and on null",
    arguments: [
      ("initcap(t)", "hello wORLD they're 3d x_y", "Hello World They'Re 3d X_Y"),
      ("initcap(t)", "été e\u{301}TE ﬀx", "Été E\u{301}te Ffx"),
      ("initcap(t)", "ǆ ñandú ÉCOLE", "ǅ Ñandú École"), ("initcap(t)", "", ""),
      ("reverse(t)", "e\u{301}x🙂", "🙂x\u{301}e"), ("reverse(t)", long, "weiv a tif ton seod taht txet a"),
      ("reverse(t)", "", ""),
      ("octet_length(t)", "é日🙂a", "10"), ("octet_length(t)", "", "0"),
      ("left(t, 2)", "é日🙂a", "é日"), ("left(t, -1)", "é日🙂a", "é日🙂"), ("left(t, -9)", "abc", ""),
      ("left(t, 0)", "abc", ""),
      ("left(t, 99)", long, long), ("left(t, -9223372036854775808)", "abc", ""),
      ("left(t, 9223372036854775807)", "é", "é"),
      ("right(t, 2)", "é日🙂a", "🙂a"), ("right(t, -1)", "é日🙂a", "日🙂a"), ("right(t, -9)", "abc", ""),
      ("right(t, 13)", long, "ot fit a view"),
      ("right(t, -9223372036854775808)", "é", ""), ("right(t, 9223372036854775807)", "é", "é"),
      ("ltrim(t)", "\u{2003} a \u{85}", "a \u{85}"), ("rtrim(t)", "\u{2003} a \u{85}", "\u{2003} a"),
      ("ltrim(t)", "  ", ""), ("rtrim(t)", "  ", ""),
      ("trim(t, 'éx')", "éxaxé", "a"), ("trim(t, 'x')", "xxx", ""), ("trim(t, '')", " a ", " a "),
      ("ltrim(t, 'ab')", "abcab", "cab"),
      ("rtrim(t, 'ab')", "abcab", "abc"), ("trim(t, '🙂')", "🙂\(long)🙂", long),
      ("strip_prefix(t, 'aa')", "aaaa", "aa"), ("strip_suffix(t, 'é')", "éé", "é"), ("strip_prefix(t, '')", "a", "a"),
      ("strip_prefix(t, 'ab')", "a", "a"),
      ("strip_suffix(t, ' a view')", long, "a text that does not fit"),
      ("split_part(t, '--', 2)", "a--b---c", "b"), ("split_part(t, '--', 3)", "a--b---c", "-c"),
      ("split_part(t, '--', -1)", "a--b---c", "-c"),
      ("split_part(t, ',', 1)", "", ""), ("split_part(t, ',', 2)", "", ""), ("split_part(t, ',', 0)", "a,b", ""),
      ("split_part(t, '', 1)", "ab", "ab"),
      ("split_part(t, '', 2)", "ab", ""), ("split_part(t, '日', -2)", "a日b日c", "b"),
      ("split_part(t, ',', -9223372036854775808)", "a,b", ""),
      ("split_part(t, ',', 9223372036854775807)", "a,b", ""), ("split_part(t, ' ', 4)", long, "does"),
      ("pad_start(t, 5, '0')", "é日", "000é日"), ("pad_start(t, 1, '0')", "abc", "abc"),
      ("pad_start(t, -9223372036854775808)", "abc", "abc"),
      ("pad_end(t, 5, '🙂')", "ab", "ab🙂🙂🙂"), ("pad_end(t, 3)", "", "   "), ("pad_center(t, 6, '-')", "abc", "-abc--"),
      ("pad_center(t, 7, '-')", "abc", "--abc--"),
      ("pad_center(t, 4, '-')", "abc", "abc-"), ("pad_start(t, 31, 'x')", long, long),
      ("pad_start(t, 32, 'x')", long, "x" + long),
      ("zfill(t, 5)", "-1", "-0001"), ("zfill(t, 5)", "+é", "+000é"), ("zfill(t, 3)", "", "000"),
      ("zfill(t, 2)", "-123", "-123"), ("zfill(t, 2)", "-", "-0"),
      ("repeat(t, 3)", "é-", "é-é-é-"), ("repeat(t, 0)", "a", ""), ("repeat(t, -5)", "a", ""),
      ("repeat(t, 9223372036854775807)", "", ""),
      ("strpos(t, '🙂')", "é日🙂a", "3"), ("strpos(t, 'x')", "abc", "0"), ("strpos(t, '')", "abc", "1"),
      ("strpos(t, '')", "", "1"), ("strpos(t, 'fit')", long, "22"),
      ("occurrences(t, 'aa')", "aaaaa", "2"), ("occurrences(t, '')", "abc", "0"), ("occurrences(t, '日')", "日本日", "2"),
      ("occurrences(t, 'a')", "", "0"),
      ("replace_first(t, 'a', 'XY')", "banana", "bXYnana"), ("replace_first(t, '', 'x')", "a", "a"),
      ("replace_first(t, 'view', '')", long, "a text that does not fit a "),
    ])
  func calls(call: String, text: String, expected: String) throws {
    let result = try Self.evaluate(call, [text, nil])
    #expect(Array(result[0].utf8) == Array(expected.utf8), "\(result[0])")
    #expect(result[1] == "null")
  }

  @Test("joins what is not null; the separator alone makes null")
  func joins() throws {
    let columns = [Column(["a", nil, nil]), Column([1, 2, nil] as [Int64?]), Column([Self.long, nil, nil])]
    let schema = Schema([Field("a", .string), Field("b", .int64), Field("c", .string)])
    let batch = RecordBatch(schema: schema, columns: columns, rowCount: 3)
    func evaluate(_ expression: Expression) throws -> [String] {
      try Evaluator.evaluate(try ExpressionResolver(schema: schema).resolve(expression), batch).printed
    }
    let (a, b, c) = (col("a"), col("b"), col("c"))
    #expect(try evaluate(concat(a, b, c, separator: ", ")) == ["a, 1, \(Self.long)", "2", ""])
    #expect(try evaluate(concat(a, b, separator: "-", skipsNulls: false)) == ["a-1", "null", "null"])
    #expect(try evaluate(concat(b)) == ["1", "2", ""])
    #expect(try evaluate(try Expression.parse("concat_ws(a, b, c, null)")) == ["1a\(Self.long)", "null", "null"])
  }

  @Test(
    "a text beyond 2 GB is an error and not a trap",
    arguments: [
      "repeat(t, 1000000000)", "pad_start(t, 3000000000)", "pad_end(t, 1000000000, '🙂')",
      "zfill(t, 9223372036854775807)",
    ])
  func tooLong(call: String) throws {
    let error = try #require(throws: LazyFrameError.self) { try Self.evaluate(call, ["abc"]) }
    #expect(error.code == .overflow)
    #expect(error.message.hasSuffix("bytes is longer than 2 GB"))
    #expect(try Self.evaluate(call, [nil]) == ["null"])
  }

  @Test("parts share the blocks of their column")
  func sharedBlocks() {
    let column = Column([Self.long])
    let number = Column([20 as Int64])
    for part in [TextKernels.left(column, number), TextKernels.right(column, number)] {
      #expect(part.strings.blocks.map(ObjectIdentifier.init) == column.strings.blocks.map(ObjectIdentifier.init))
    }
  }
}
