import Columnar

// Upper and lower case.

extension TextKernels {
  static func lower(_ column: Column) -> Column { convert(column, from: UInt8(ascii: "A")) { $0.lowercased() } }

  static func upper(_ column: Column) -> Column { convert(column, from: UInt8(ascii: "a")) { $0.uppercased() } }

  /// ASCII letters are flipped byte by byte; other text goes through Unicode's full mapping, which may change its length.
  ///
  /// - Parameter first: the first of the 26 letters to flip.
  private static func convert(_ column: Column, from first: UInt8, _ full: (String) -> String) -> Column {
    let strings = column.strings
    var output = TextOutput(count: strings.count, sharing: [])
    var scratch: [UInt8] = []
    strings.read { strings in
      for index in 0..<column.count where column.validity?[index] ?? true {
        let view = strings.view(index)
        if view.isInline, (view.high | view.low >> 32) & 0x8080_8080_8080_8080 == 0 {
          // The length lies in the low half, and zeros behind the text are no letters.
          let low = flip(view.low >> 32, from: first) << 32 | view.low & 0xFFFF_FFFF
          output.set(index, StringView(low: low, high: flip(view.high, from: first)))
          continue
        }
        let text = strings[index]
        scratch.removeAll(keepingCapacity: true)
        if text.isASCII {
          for byte in text { scratch.append(byte &- first < 26 ? byte ^ 0x20 : byte) }
        } else {
          scratch.append(contentsOf: full(String(decoding: text, as: UTF8.self)).utf8)
        }
        output.set(index, scratch)
      }
    }
    return output.finish(column.validity)
  }

  /// Eight ASCII bytes at once, with the 26 letters from `first` on in the other case.
  private static func flip(_ bytes: UInt64, from first: UInt8) -> UInt64 {
    let ones: UInt64 = 0x0101_0101_0101_0101
    // A sum's top bit says whether the byte reaches the first letter, or passes the last.
    let reaches = bytes &+ ones &* UInt64(0x80 - first)
    let passes = bytes &+ ones &* UInt64(0x80 - first - 26)
    return bytes ^ ((reaches & ~passes & 0x8080_8080_8080_8080) >> 2)
  }
}
