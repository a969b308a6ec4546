import Columnar

// Parts of a text: what is left when ends are taken off. No byte is copied.

extension TextKernels {
  /// Which ends of a text something happens to.
  enum Ends {
    case both, start, end

    var hasStart: Bool { self != .end }
    var hasEnd: Bool { self != .start }
  }

  /// Without white space, as Unicode has it.
  static func trim(_ column: Column, _ ends: Ends = .both) -> Column {
    part(column, column.validity) { text, _ in
      // Printable ASCII at both ends is by far the commonest.
      if let first = text.first, let last = text.last, first &- 0x21 < 0x5E, last &- 0x21 < 0x5E {
        return 0..<text.count
      }
      return trimmed(text, ends) { $0.properties.isWhitespace }
    }
  }

  /// Without any of the characters of a constant text.
  static func trim(_ column: Column, _ ends: Ends, of characters: Column) -> Column {
    let scalars = Array(characters.strings[0].unicodeScalars)
    return part(column, column.validity) { text, _ in trimmed(text, ends, scalars.contains) }
  }

  private static func trimmed(
    _ text: UnsafeRawBufferPointer, _ ends: Ends, _ isDropped: (Unicode.Scalar) -> Bool
  ) -> Range<Int> {
    var text = text
    if ends.hasEnd {
      while let (scalar, length) = text.lastScalar, isDropped(scalar) {
        text = UnsafeRawBufferPointer(rebasing: text.dropLast(length))
      }
    }
    var start = 0
    if ends.hasStart {
      while let (scalar, length) = UnsafeRawBufferPointer(rebasing: text[start...]).firstScalar, isDropped(scalar) {
        start += length
      }
    }
    return start..<text.count
  }

  /// Without a text that it begins with.
  static func dropPrefix(_ column: Column, _ prefix: Column) -> Column {
    withArgument(column, prefix) { text, prefix in
      (text.hasBytes(prefix, at: 0) ? prefix.count : 0)..<text.count
    }
  }

  /// Without a text that it ends with.
  static func dropSuffix(_ column: Column, _ suffix: Column) -> Column {
    withArgument(column, suffix) { text, suffix in
      let end = text.count - suffix.count
      return 0..<(text.hasBytes(suffix, at: end) ? end : text.count)
    }
  }

  /// The part with a number, counted from 1, or from the end below 0, of those between separators; empty where there is
  /// no such part. An empty separator separates nothing.
  static func part(_ column: Column, _ separator: Column, _ number: Column) -> Column {
    let numbers = number.int64s
    let separators = separator.strings
    let validity = Bitmap.both(Bitmap.both(column.validity, separator.validity), number.validity)
    return separators.read { separators in
      part(column, validity) { text, index in
        let (separator, number) = (separators[index], numbers.pointer[index])
        if separator.isEmpty { return number == 1 || number == -1 ? 0..<text.count : 0..<0 }
        return number > 0
          ? text.part(number, between: separator)
          : number < 0 ? text.part(fromEnd: number.magnitude, between: separator) : 0..<0
      }
    }
  }

  /// So many code points from the start; all but so many at the end for a number below 0.
  static func left(_ column: Column, _ count: Column) -> Column {
    scalars(column, count) { total, count in 0..<(count < 0 ? max(total &+ max(count, -total), 0) : min(count, total)) }
  }

  /// So many code points from the end; all but so many at the start for a number below 0.
  static func right(_ column: Column, _ count: Column) -> Column {
    scalars(column, count) { total, count in
      (count < 0 ? min(0 &- max(count, -total), total) : total - min(count, total))..<total
    }
  }

  private static func scalars(_ column: Column, _ count: Column, _ range: (Int64, Int64) -> Range<Int64>) -> Column {
    let counts = count.int64s
    return part(column, Bitmap.both(column.validity, count.validity)) { text, index in
      let total = text.scalarCount
      let range = range(Int64(total), counts.pointer[index])
      if total == text.count { return Int(range.lowerBound)..<Int(range.upperBound) }
      let start = text.offset(ofScalar: Int(range.lowerBound), from: 0)
      return start..<text.offset(ofScalar: range.count, from: start)
    }
  }

  private static func withArgument(
    _ column: Column, _ argument: Column, _ range: (UnsafeRawBufferPointer, UnsafeRawBufferPointer) -> Range<Int>
  ) -> Column {
    argument.strings.read { arguments in
      part(column, Bitmap.both(column.validity, argument.validity)) { text, index in range(text, arguments[index]) }
    }
  }
}

extension UnsafeRawBufferPointer {
  /// The bytes of a part, counted from 1.
  fileprivate func part(_ number: Int64, between separator: UnsafeRawBufferPointer) -> Range<Int> {
    var (start, rest) = (0, number)
    while let end = firstIndex(of: separator, from: start) {
      if rest == 1 { return start..<end }
      (start, rest) = (end + separator.count, rest - 1)
    }
    return rest == 1 ? start..<count : 0..<0
  }

  /// The bytes of a part, counted from 1 at the end. The separators are still found from the start, so that those that
  /// overlap are the same ones.
  fileprivate func part(fromEnd number: UInt64, between separator: UnsafeRawBufferPointer) -> Range<Int> {
    var (total, start) = (Int64(1), 0)
    while let end = firstIndex(of: separator, from: start) { (total, start) = (total + 1, end + separator.count) }
    return number <= UInt64(total) ? part(total - Int64(number) + 1, between: separator) : 0..<0
  }
}
