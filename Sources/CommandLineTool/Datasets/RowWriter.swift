/// Writes text and numbers into a fixed buffer, row by row, and hands full buffers to a sink.
///
/// Invariant: between rows at least `longestRow` bytes are free, and no row is longer than that; so nothing inside a
/// row has to check for space.
struct RowWriter: ~Copyable {
  /// A buffer is handed on as soon as it holds this many bytes.
  static let flushSize = 256 * 1024
  /// More than the longest row. That is one of prices: two integers of up to 20 digits, 20 bytes of symbol and date, five
  /// prices of up to 27.
  static let longestRow = 256

  private let start: UnsafeMutablePointer<UInt8>
  private var end: UnsafeMutablePointer<UInt8>
  private let pairs: UnsafePointer<UInt8>

  init() {
    start = .allocate(capacity: Self.flushSize + Self.longestRow)
    end = start
    pairs = Self.digitPairs.utf8Start
  }

  deinit {
    start.deallocate()
  }

  /// Ends the row, and hands the buffer on if it is full.
  mutating func endRow(_ sink: (UnsafeRawBufferPointer) throws -> Void) rethrows {
    write(UInt8(ascii: "\n"))
    if end - start >= Self.flushSize { try flush(sink) }
  }

  /// Hands on what the buffer holds, if anything.
  mutating func flush(_ sink: (UnsafeRawBufferPointer) throws -> Void) rethrows {
    if end == start { return }
    try sink(UnsafeRawBufferPointer(start: start, count: end - start))
    end = start
  }

  mutating func write(_ byte: UInt8) {
    end.pointee = byte
    end += 1
  }

  mutating func write(_ text: StaticString) {
    end.update(from: text.utf8Start, count: text.utf8CodeUnitCount)
    end += text.utf8CodeUnitCount
  }

  /// Writes the twelve bytes of a calendar day: a comma, the date, a comma.
  mutating func writeDay(_ text: UnsafePointer<UInt8>) {
    end.update(from: text, count: TradingCalendar.textLength)
    end += TradingCalendar.textLength
  }

  /// Writes a ticker symbol.
  mutating func write(_ ticker: Ticker) {
    // All eight bytes at once; what lies behind the letters is overwritten by what is written next.
    UnsafeMutableRawPointer(end).storeBytes(of: ticker.letters.bigEndian, as: UInt64.self)
    end += ticker.count
  }

  /// Writes a whole number.
  mutating func write(_ number: UInt64) {
    let last = end + Self.digitCount(number)
    var rest = number
    var place = last
    while rest >= 100 {
      let (quotient, pair) = rest.quotientAndRemainder(dividingBy: 100)
      place -= 2
      place.update(from: pairs + 2 * Int(pair), count: 2)
      rest = quotient
    }
    if rest >= 10 {
      (place - 2).update(from: pairs + 2 * Int(rest), count: 2)
    } else {
      (place - 1).pointee = UInt8(ascii: "0") + UInt8(rest)
    }
    end = last
  }

  /// Writes a whole number with zeros in front of it, where it has fewer digits than `width`.
  mutating func write(_ number: UInt64, width: Int) {
    let zeros = max(0, width - Self.digitCount(number))
    end.update(repeating: UInt8(ascii: "0"), count: zeros)
    end += zeros
    write(number)
  }

  /// Writes a number of millionths as a decimal fraction without trailing zeros: 17_110_001 as `17.110001`.
  mutating func write(millionths: UInt64) {
    let (whole, fraction) = millionths.quotientAndRemainder(dividingBy: 1_000_000)
    write(whole)
    if fraction == 0 { return }
    let small = UInt32(truncatingIfNeeded: fraction)
    end.pointee = UInt8(ascii: ".")
    (end + 1).update(from: pairs + 2 * Int(small / 10_000), count: 2)
    (end + 3).update(from: pairs + 2 * Int(small / 100 % 100), count: 2)
    (end + 5).update(from: pairs + 2 * Int(small % 100), count: 2)
    end += 7
    // Ends at a digit other than zero, since the fraction has one.
    while (end - 1).pointee == UInt8(ascii: "0") { end -= 1 }
  }

  private static func digitCount(_ number: UInt64) -> Int {
    var count = 1
    var rest = number
    while rest >= 10_000 {
      rest /= 10_000
      count += 4
    }
    if rest >= 1_000 { return count + 3 }
    if rest >= 100 { return count + 2 }
    return rest >= 10 ? count + 1 : count
  }

  private static let digitPairs: StaticString = """
    0001020304050607080910111213141516171819202122232425262728293031323334353637383940414243444546474849\
    5051525354555657585960616263646566676869707172737475767778798081828384858687888990919293949596979899
    """
}
