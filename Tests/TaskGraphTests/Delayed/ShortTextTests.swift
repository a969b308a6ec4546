import Testing

@testable import TaskGraph

@Suite("Values in a few words") struct ShortTextTests {
  private struct Plain { var numbers = [1, 2, 3] }
  private struct Described: CustomStringConvertible { let description: String }
  private enum Side { case left, right(Int) }

  @Test(
    "are themselves if they are short, else their types",
    arguments: [
      (4, "4"), (-2.5, "-2.5"), (true, "true"), ("text", "\"text\""), ("a\nb", "\"a\\nb\""),
      (String(repeating: "x", count: 50), "\"\(String(repeating: "x", count: 40))\"…"),
      (Int?.none, "nil"), (Int?.some(3), "3"), ([1, 2, 3], "[1, 2, 3]"), ([Int](), "[]"),
      ([["a"], []], "[[\"a\"], []]"),
      (Array(0..<9), "Array<Int> of 9 elements"), (Array(repeating: 1e100, count: 8), "Array<Double> of 8 elements"),
      (["a": 1], "Dictionary<String, Int> of 1 element"), (Set([1, 2]), "Set<Int> of 2 elements"),
      (Plain(), "Plain"), (Side.left, "left"), (Side.right(1), "Side"), (0..<5, "0..<5"), ((1, 2), "(Int, Int)"),
      (Described(description: "a few words"), "a few words"), (Described(description: "two\nlines"), "Described"),
      (Described(description: String(repeating: "long ", count: 9)), "Described"),
    ] as [(any Sendable, String)])
  func texts(value: any Sendable, text: String) {
    #expect(shortText(value) == text)
  }
}
