import Columnar
import Foundation
import Testing

@testable import LazyFrame

@Suite("Constants that are looked up") struct ConstantSetTests {
  private static let types = DType.all.filter { $0 != .null && $0 != .categorical }

  private static func set(_ values: [Value], among type: DType) throws -> ConstantSet {
    try #require(ConstantSet(values.map { .literal($0, $0.type) }, among: type))
  }

  @Test("finds what comparing one after the other finds", arguments: types)
  func compared(type: DType) throws {
    for nulls in KernelSamples.Nulls.allCases {
      for count in [0, 1, 65, 200] {
        let column = KernelSamples.column(type, count: count, nulls)
        // Some that are there, some that most likely are not, some twice.
        let all = (0..<count).map { column[$0] }
        let others = KernelSamples.column(type, count: 12, .none, seed: 1234)
        for constants in [others, KernelSamples.column(type, count: 12, .some, seed: 5)] {
          let list = (0..<12).map { constants[$0] } + all.prefix(20) + all.prefix(3)
          let expected = SelectionKernels.isIn(column, list.map { Column(repeating: $0, type: type, count: count) })
          let found = try ConstantSetTests.set(list, among: type).contains(column)
          #expect(found.all == expected.all)
          #expect(found.isWellFormed)
        }
      }
    }
  }

  @Test("many texts, long and short, with the same beginnings")
  func texts() throws {
    let texts = (0..<5000).map { $0 % 2 == 0 ? "t\($0)" : "a text that is longer than twelve bytes \($0)" }
    let set = try ConstantSetTests.set(texts.map { .string($0) }, among: .string)
    #expect(set.values.count == 5000)
    let asked = Column(texts + texts.map { $0 + " " } + ["", nil])
    let answers = set.contains(asked).all
    #expect(
      answers == Array(repeating: .bool(true), count: 5000) + Array(repeating: .bool(false), count: 5001) + [.null])
  }

  @Test("texts are told apart by their bytes")
  func bytes() throws {
    let (composed, decomposed) = ("\u{E9}", "e\u{301}")
    let others = (0..<9).map { Value.string("\($0)") }
    let set = try ConstantSetTests.set([.string(composed)] + others, among: .string)
    #expect(set.contains(Column([composed, decomposed])).all == [.bool(true), .bool(false)])
    #expect(try set != ConstantSetTests.set([.string(decomposed)] + others, among: .string))
    #expect(try set == ConstantSetTests.set([.string(composed)] + others + others, among: .string))
    let withNull = try ConstantSetTests.set([.string(composed), .null] + others, among: .string)
    #expect(set != withNull)
  }

  @Test("few constants, other expressions and lists are compared one after the other")
  func refused() {
    let few = (0..<ConstantSet.least - 1).map { ResolvedExpression.literal(.int(Int64($0)), .int64) }
    #expect(ConstantSet(few, among: .int64) == nil)
    #expect(ConstantSet(few + [.column("x", .int64)], among: .int64) == nil)
    #expect(ConstantSet(few + [.literal(.int(9), .int64)], among: .int64) != nil)
    #expect(ConstantSet(few + few, among: .null) == nil)
    let lists = Array(repeating: ResolvedExpression.literal(.list([.int(1)]), .list(.int64)), count: 9)
    #expect(ConstantSet(lists, among: .list(.int64)) == nil)
  }

  @Test("a set is written and read")
  func codable() throws {
    let set = try ConstantSetTests.set([.null] + (0..<20).map { .double(Double($0) / 2) }, among: .float64)
    let read = try JSONDecoder().decode(ConstantSet.self, from: JSONEncoder().encode(set))
    #expect(read == set)
    #expect(read.contains(Column([0.5, 77])).all == [.bool(true), .null])
  }

  @Test("arrays of plain values are constants, and a hundred thousand of them as good as three")
  func arrays() throws {
    let frame = try LazyFrame(["i": [1, 2, nil, 400_000], "s": ["a", "b", nil, "z"], "f": [0.5, .nan, nil, 2]])
    let many = (0..<100_000).map { $0 * 4 }
    let named = try frame.select(
      col("i").isIn(many).as("i"), col("s").isIn(["b", "z"]).as("s"), col("f").isIn([.nan, 2.0]).as("f"),
      col("i").isIn([.null, .int(2)]).as("v"), col("i").isIn([] as [Int]).as("none")
    ).compute()
    #expect(
      named.rows.map(\.description) == [
        "[false, false, false, null, false]", "[false, true, true, true, false]", "[null, null, null, null, null]",
        "[false, true, true, null, false]",
      ])
    #expect(throws: LazyFrameError.self) { try frame.select(col("i").isIn(["a", "b"])).schema() }
  }

  @Test("the error of a long list of several types shows its place")
  func place() throws {
    let text = "i + 1 > 0 and i in (1, 2, 3, 4, 5, 6, 7, 8, 'a')"
    let frame = try LazyFrame(["i": [1]])
    let error = try #require(throws: LazyFrameError.self) { try frame.filter(.parse(text)).schema() }
    #expect(error.message == "the values of 'in' are of different types: i is int64, and 'a' is string")
    #expect(error.span == SourceSpan(start: 14, end: text.utf8.count))
  }
}
