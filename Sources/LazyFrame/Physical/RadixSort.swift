/// A word to sort by, and the number of whom it belongs to.
struct NumberedWord: BitwiseCopyable {
  let word: UInt64
  let number: UInt32
}

/// Sorts words by their bytes, the last byte first: stable, and without comparing.
///
/// One pass counts how often each value of a byte occurs, which says where the words with that value begin, and another moves
/// them there. Bytes in which all words agree are left out, so small numbers take few passes.
enum RadixSort {
  /// Fewer words than this are sorted by comparing.
  private static let smallCount = 256

  /// O(n) a byte in which words differ.
  static func sort(_ items: inout [NumberedWord]) {
    if items.count < smallCount {
      items.sort { $0.word != $1.word ? $0.word < $1.word : $0.number < $1.number }
      return
    }
    let first = items[0].word
    let different = items.reduce(UInt64(0)) { $0 | ($1.word ^ first) }
    let shifts = stride(from: UInt64(0), to: 64, by: 8).filter { different &>> $0 & 0xFF != 0 }
    for shift in shifts {
      items = [NumberedWord](unsafeUninitializedCapacity: items.count) { target, count in
        pass(items, shift, into: target)
        count = items.count
      }
    }
  }

  private static func pass(
    _ items: [NumberedWord], _ shift: UInt64, into target: UnsafeMutableBufferPointer<NumberedWord>
  ) {
    items.withUnsafeBufferPointer { items in
      withUnsafeTemporaryAllocation(of: Int.self, capacity: 256) { places in
        places.initialize(repeating: 0)
        for item in items { places[Int(truncatingIfNeeded: item.word &>> shift & 0xFF)] &+= 1 }
        var next = 0
        for value in places.indices { (places[value], next) = (next, next + places[value]) }
        for item in items {
          let value = Int(truncatingIfNeeded: item.word &>> shift & 0xFF)
          target.initializeElement(at: places[value], to: item)
          places[value] &+= 1
        }
      }
    }
  }
}
