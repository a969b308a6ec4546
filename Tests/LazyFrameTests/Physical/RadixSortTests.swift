import TestSupport
import Testing

@testable import LazyFrame

@Suite("Sorting by bytes")
struct RadixSortTests {
  @Test(
    "puts words in order, and equal ones in the order of their numbers",
    arguments: [0, 1, 2, 255, 256, 257, 5000], [UInt64(1), 200, 70_000, .max])
  func sorts(count: Int, limit: UInt64) {
    var random = SplitMix64(seed: UInt64(count) ^ limit)
    var items = (0..<count).map { number in
      NumberedWord(word: limit == .max ? random.next() : random.next() % limit << 20, number: UInt32(number))
    }
    let expected = items.sorted { $0.word != $1.word ? $0.word < $1.word : $0.number < $1.number }
    RadixSort.sort(&items)
    #expect(items.map(\.word) == expected.map(\.word))
    #expect(items.map(\.number) == expected.map(\.number))
  }
}
