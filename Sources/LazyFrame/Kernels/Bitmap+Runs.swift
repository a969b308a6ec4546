import Columnar

// Runs of bits at any offset, 64 at a time.

extension Bitmap {
  /// The bits in `range`, moved to the front.
  func slice(_ range: Range<Int>) -> Bitmap {
    precondition(range.lowerBound >= 0 && range.upperBound <= count, "a slice reaches past its bitmap")
    let result = MutableBitmap(repeating: false, count: range.count)
    let (source, target) = (words.pointer, result.pointer)
    let sourceEnd = Bitmap.wordCount(count)
    let (first, shift) = (range.lowerBound >> 6, UInt64(range.lowerBound & 63))
    for index in 0..<Bitmap.wordCount(range.count) {
      var word = source[first + index] >> shift
      if shift > 0, first + index + 1 < sourceEnd { word |= source[first + index + 1] << (64 - shift) }
      target[index] = word
    }
    result.clearTail()
    return result.freeze()
  }

  /// The bits at the given rows, which must all be there.
  func take(_ rows: UnsafeBufferPointer<UInt32>) -> Bitmap {
    let result = MutableBitmap(repeating: false, count: rows.count)
    let source = words.pointer
    for start in stride(from: 0, to: rows.count, by: 64) {
      var word: UInt64 = 0
      for index in start..<min(start + 64, rows.count) {
        let row = Int(rows[index])
        word |= (source[row >> 6] >> UInt64(row & 63) & 1) << UInt64(index - start)
      }
      result.pointer[start >> 6] = word
    }
    return result.freeze()
  }

  /// The bits of all, one after another; nil stands for so many set bits.
  static func concatenate(_ parts: [(bits: Bitmap?, count: Int)]) -> Bitmap {
    let result = MutableBitmap(repeating: false, count: parts.reduce(0) { $0 + $1.count })
    var offset = 0
    for part in parts {
      if let bits = part.bits {
        result.merge(bits.words.pointer, count: part.count, at: offset)
      } else {
        result.setAll(count: part.count, at: offset)
      }
      offset += part.count
    }
    return result.freeze()
  }

  /// Nil when every bit is set: the validity of a column without nulls.
  var unlessAllSet: Bitmap? { setCount == count ? nil : self }
}

extension MutableBitmap {
  /// Clears the bits past the end.
  func clearTail() {
    if count & 63 != 0 { pointer[count >> 6] &= (1 << UInt64(count & 63)) - 1 }
  }

  /// Writes bits to a place where all are clear. The source's bits past `count` must be clear too.
  fileprivate func merge(_ source: UnsafePointer<UInt64>, count: Int, at offset: Int) {
    let (first, shift) = (offset >> 6, UInt64(offset & 63))
    for index in 0..<Bitmap.wordCount(count) {
      pointer[first + index] |= source[index] << shift
      // Bits that pass a word's end exist only where the next word does.
      if shift > 0, source[index] >> (64 - shift) != 0 { pointer[first + index + 1] |= source[index] >> (64 - shift) }
    }
  }

  fileprivate func setAll(count: Int, at offset: Int) {
    var at = offset
    let end = offset + count
    while at < end {
      let length = min(64 - at & 63, end - at)
      let ones = length == 64 ? ~UInt64(0) : (1 << UInt64(length)) - 1
      pointer[at >> 6] |= ones << UInt64(at & 63)
      at += length
    }
  }
}
