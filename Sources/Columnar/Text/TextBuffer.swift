/// UTF-8 text being written: bytes, numbers and dates appended one after the other.
///
/// This is how all text output is made, since a `String` for each cell costs more than the cell. Numbers are written as
/// Swift's `description` writes them.
package struct TextBuffer: ~Copyable {
  private var storage: Storage
  package private(set) var count = 0
  private var powers = PowersOfTen()

  package init(capacity: Int = 4096) {
    storage = Storage(byteCount: capacity)
  }

  /// Calls `body` with what was written. The pointer is valid only inside `body`.
  package func withBytes<Result>(_ body: (UnsafeRawBufferPointer) throws -> Result) rethrows -> Result {
    try withExtendedLifetime(storage) {
      try body(UnsafeRawBufferPointer(start: storage.base, count: count))
    }
  }

  /// What was written, as a string.
  package var string: String { withBytes { String(decoding: $0, as: UTF8.self) } }

  /// Forgets what was written and keeps the memory.
  package mutating func removeAll() {
    count = 0
  }

  /// Where to write, with room for `extra` bytes.
  private mutating func end(reserving extra: Int) -> UnsafeMutablePointer<UInt8> {
    if storage.byteCount - count < extra { grow(by: extra) }
    return (storage.base + count).assumingMemoryBound(to: UInt8.self)
  }

  private mutating func grow(by extra: Int) {
    let grown = Storage(byteCount: max(count + extra, 2 * storage.byteCount))
    grown.base.copyMemory(from: storage.base, byteCount: count)
    storage = grown
  }

  // MARK: Text

  package mutating func append(_ byte: UInt8) {
    end(reserving: 1).pointee = byte
    count += 1
  }

  package mutating func append(_ bytes: UnsafeRawBufferPointer) {
    guard let base = bytes.baseAddress else { return }
    let target = UnsafeMutableRawPointer(end(reserving: bytes.count))
    // A call for each short text would cost more than to copy it, as two words that overlap.
    switch bytes.count {
    case 8...16: TextBuffer.copyEnds(UInt64.self, from: base, to: target, bytes.count)
    case 4..<8: TextBuffer.copyEnds(UInt32.self, from: base, to: target, bytes.count)
    default: target.copyMemory(from: base, byteCount: bytes.count)
    }
    count += bytes.count
  }

  @inline(__always)
  private static func copyEnds<Word: FixedWidthInteger & BitwiseCopyable>(
    _ word: Word.Type, from source: UnsafeRawPointer, to target: UnsafeMutableRawPointer, _ count: Int
  ) {
    let last = count - MemoryLayout<Word>.size
    let (first, second) = (source.loadUnaligned(as: word), source.loadUnaligned(fromByteOffset: last, as: word))
    target.storeBytes(of: first, as: word)
    target.storeBytes(of: second, toByteOffset: last, as: word)
  }

  package mutating func append(_ text: String) {
    var text = text
    text.withUTF8 { append(UnsafeRawBufferPointer($0)) }
  }

  package mutating func append(repeating byte: UInt8, count extra: Int) {
    end(reserving: extra).update(repeating: byte, count: extra)
    count += extra
  }

  // MARK: Numbers

  package mutating func append(_ number: Int64) {
    let start = end(reserving: 20)
    if number < 0 { start.pointee = UInt8(ascii: "-") }
    let sign = number < 0 ? 1 : 0
    count += sign + TextBuffer.write(number.magnitude, at: start + sign)
  }

  package mutating func append(_ number: UInt64) {
    count += TextBuffer.write(number, at: end(reserving: 20))
  }

  /// Appends the shortest text that reads back as the same double: `12.0`, `0.1`, `1e-05`, `nan`, `-inf`.
  package mutating func append(_ number: Double) {
    guard number.isFinite else {
      append(number.isNaN ? "nan" : number < 0 ? "-inf" : "inf")
      return
    }
    var start = end(reserving: 32)
    let first = start
    if number.sign == .minus {
      start.pointee = UInt8(ascii: "-")
      start += 1
    }
    let magnitude = number.magnitude
    if magnitude < 1e15, magnitude == magnitude.rounded(.down) {
      start += TextBuffer.write(UInt64(magnitude), at: start)
      start = TextBuffer.writePointZero(start)
    } else {
      let decimal = ShortestDecimal(magnitude, &powers)
      start = TextBuffer.write(decimal, at: start, isExponential: magnitude > 0x1p53)
    }
    count += start - first
  }

  /// Appends a number rounded to so many decimals, halves away from zero: `12.50` for two. For people; does not read
  /// back as the same number.
  ///
  /// - Parameter number: finite, and below 10^18 when multiplied by 10^`decimals`.
  package mutating func append(_ number: Double, decimals: Int) {
    let decimal = ShortestDecimal(number.magnitude, &powers)
    let excess = -decimal.exponent - decimals
    var digits = decimal.digits
    if excess > 19 {
      digits = 0
    } else if excess > 0 {
      let divisor = TextBuffer.powerOfTen(excess)
      let (quotient, remainder) = digits.quotientAndRemainder(dividingBy: divisor)
      digits = quotient + (remainder >= divisor - remainder ? 1 : 0)
    } else {
      digits *= TextBuffer.powerOfTen(-excess)
    }
    let (whole, fraction) = digits.quotientAndRemainder(dividingBy: TextBuffer.powerOfTen(decimals))
    if number.sign == .minus, digits > 0 { append(UInt8(ascii: "-")) }
    count += TextBuffer.write(whole, at: end(reserving: 20))
    guard decimals > 0 else { return }
    append(UInt8(ascii: "."))
    append(fraction, width: decimals)
  }

  // MARK: Dates and moments

  /// Appends the day that is `days` days after 1970-01-01 as `2020-01-31`.
  package mutating func append(days: Int32) {
    let date = CivilDate(days: days)
    if date.year < 0 { append(UInt8(ascii: "-")) }
    append(UInt64(date.year.magnitude), width: 4)
    append(UInt8(ascii: "-"))
    append(UInt64(date.month), width: 2)
    append(UInt8(ascii: "-"))
    append(UInt64(date.day), width: 2)
  }

  /// Appends the moment that is `microseconds` after 1970-01-01 00:00 as `2020-01-31 09:30:00`, with a fraction where
  /// there is one.
  package mutating func append(microseconds: Int64) {
    let moment = CivilDatetime(microseconds: microseconds)
    append(days: moment.date.days)
    append(UInt8(ascii: " "))
    append(UInt64(moment.hour), width: 2)
    append(UInt8(ascii: ":"))
    append(UInt64(moment.minute), width: 2)
    append(UInt8(ascii: ":"))
    append(UInt64(moment.second), width: 2)
    guard moment.microsecond != 0 else { return }
    append(UInt8(ascii: "."))
    append(UInt64(moment.microsecond), width: 6)
  }

  /// Appends a length of time as `2d 03:04:05`: days where there are some, a fraction where there is one.
  package mutating func append(duration: Int64) {
    if duration < 0 { append(UInt8(ascii: "-")) }
    let (days, clock) = duration.magnitude.quotientAndRemainder(dividingBy: 86_400_000_000)
    if days > 0 {
      append(days)
      append("d ")
    }
    append(clock / 3_600_000_000, width: 2)
    append(UInt8(ascii: ":"))
    append(clock / 60_000_000 % 60, width: 2)
    append(UInt8(ascii: ":"))
    append(clock / 1_000_000 % 60, width: 2)
    guard clock % 1_000_000 != 0 else { return }
    append(UInt8(ascii: "."))
    append(clock % 1_000_000, width: 6)
  }

  /// Appends a number with zeros in front, so that it has at least `width` digits.
  private mutating func append(_ number: UInt64, width: Int) {
    let zeros = max(0, width - TextBuffer.digitCount(number))
    append(repeating: UInt8(ascii: "0"), count: zeros)
    count += TextBuffer.write(number, at: end(reserving: 20))
  }
}
