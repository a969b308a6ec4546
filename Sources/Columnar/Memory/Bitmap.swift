/// Bits in Arrow's layout: bit `i` is bit `i % 8` of byte `i / 8`. Bits from `count` to the end of the last word are zero.
public struct Bitmap: Sendable {
  /// The bits, 64 to a word.
  package let words: Buffer<UInt64>
  /// How many bits there are.
  public let count: Int

  package init(words: Buffer<UInt64>, count: Int) {
    precondition(words.count * 64 >= count, "a bitmap's words hold fewer bits than it counts")
    self.words = words
    self.count = count
  }

  /// Copies truth values. O(n).
  public init(_ bits: some Collection<Bool>) {
    var builder = MutableBitmap(repeating: false, count: bits.count)
    var index = 0
    for bit in bits {
      if bit { builder.set(index) }
      index += 1
    }
    self = builder.freeze()
  }

  package static func wordCount(_ count: Int) -> Int { (count + 63) >> 6 }

  /// The bit at `index`, which must be in `0..<count`. O(1).
  public subscript(index: Int) -> Bool {
    precondition(index >= 0 && index < count, "a bitmap's index is out of range")
    return words.pointer[index >> 6] & (1 << UInt64(index & 63)) != 0
  }

  /// How many bits are set. O(n / 64).
  public var setCount: Int {
    words.withUnsafeBufferPointer { words in
      var total = 0
      for word in words { total += word.nonzeroBitCount }
      return total
    }
  }
}

/// Bits being written.
package struct MutableBitmap: ~Copyable {
  private var words: MutableBuffer<UInt64>
  package let count: Int

  package init(repeating bit: Bool, count: Int) {
    self.count = count
    words = MutableBuffer(repeating: bit ? ~0 : 0, count: Bitmap.wordCount(count))
    if bit, count & 63 != 0 {
      words[words.count - 1] = (1 << UInt64(count & 63)) - 1
    }
  }

  /// The words, for kernels that write 64 bits at a time and keep the bits past `count` zero.
  package var pointer: UnsafeMutablePointer<UInt64> { words.pointer }

  package mutating func set(_ index: Int) {
    words[index >> 6] |= 1 << UInt64(index & 63)
  }

  package mutating func clear(_ index: Int) {
    words[index >> 6] &= ~(1 << UInt64(index & 63))
  }

  package consuming func freeze() -> Bitmap {
    Bitmap(words: words.freeze(), count: count)
  }
}
