import TestSupport
import Testing

@testable import Columnar

@Suite("Bitmaps")
struct BitmapTests {
  private static let counts = [0, 1, 7, 8, 63, 64, 65, 127, 128, 129, 1000]

  @Test("gives back the truth values it was made from", arguments: counts)
  func roundTrip(count: Int) {
    var generator = SplitMix64(seed: UInt64(count))
    let bits = (0..<count).map { _ in Bool.random(using: &generator) }
    let bitmap = Bitmap(bits)
    #expect(bitmap.count == count)
    #expect((0..<count).map { bitmap[$0] } == bits)
    #expect(bitmap.setCount == bits.count { $0 })
  }

  @Test("has Arrow's layout: bit i is bit i % 8 of byte i / 8")
  func layout() {
    let bitmap = Bitmap((0..<20).map { $0 == 0 || $0 == 9 || $0 == 19 })
    bitmap.words.withUnsafeBufferPointer { words in
      let bytes = UnsafeRawBufferPointer(words)
      #expect(Array(bytes) == [1, 2, 8, 0, 0, 0, 0, 0])
    }
  }

  @Test("keeps the bits behind the last one zero", arguments: counts)
  func padding(count: Int) {
    var bits = MutableBitmap(repeating: true, count: count)
    if count > 2 {
      bits.clear(1)
      bits.set(2)
    }
    let bitmap = bits.freeze()
    #expect(bitmap.setCount == (count > 2 ? count - 1 : count))
    #expect(bitmap.words.count == (count + 63) / 64)
  }

  @Test("sets and clears single bits", arguments: [false, true])
  func single(initial: Bool) {
    var bits = MutableBitmap(repeating: initial, count: 130)
    for index in [0, 63, 64, 127, 128, 129] {
      if initial { bits.clear(index) } else { bits.set(index) }
    }
    let bitmap = bits.freeze()
    for index in 0..<130 {
      #expect(bitmap[index] == ([0, 63, 64, 127, 128, 129].contains(index) != initial))
    }
  }
}
