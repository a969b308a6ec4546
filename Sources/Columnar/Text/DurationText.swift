/// Lengths of time in text: `2d 03:04:05.000006`, and `1h 30m` for people who write them.
///
/// What is read is an optional sign, any number of numbers with units, and a clock at the end:
///
///     duration = [ "-" | "+" ] { number unit } [ hours ":" minutes [ ":" seconds [ "." fraction ] ] ]
///     unit     = w d h m s ms us, or the whole word
///
/// What is printed is days, where there are some, and the clock. The sign is that of the whole, as in Polars and DuckDB:
/// `-1d 06:00:00` is thirty hours less.
package enum DurationText {
  private static let units: [(name: String, microseconds: UInt64)] = [
    ("w", 604_800_000_000), ("d", 86_400_000_000), ("h", 3_600_000_000), ("m", 60_000_000), ("s", 1_000_000),
    ("ms", 1_000), ("us", 1), ("µs", 1), ("μs", 1), ("week", 604_800_000_000), ("weeks", 604_800_000_000),
    ("day", 86_400_000_000), ("days", 86_400_000_000), ("hour", 3_600_000_000), ("hours", 3_600_000_000),
    ("minute", 60_000_000), ("minutes", 60_000_000), ("min", 60_000_000), ("second", 1_000_000),
    ("seconds", 1_000_000), ("sec", 1_000_000),
  ]

  /// The microseconds that a text says; nil when it says none, does not fit, or is finer than a microsecond.
  package static func microseconds(_ text: UnsafeRawBufferPointer) -> Int64? {
    var reader = Reader(text: text)
    let isNegative = text.first == UInt8(ascii: "-")
    if isNegative || text.first == UInt8(ascii: "+") { reader.at = 1 }
    guard let magnitude = reader.total() else { return nil }
    if isNegative { return magnitude <= 1 << 63 ? Int64(truncatingIfNeeded: 0 &- magnitude) : nil }
    return Int64(exactly: magnitude)
  }

  private struct Reader {
    let text: UnsafeRawBufferPointer
    var at = 0

    private var current: UInt8? { at < text.count ? text[at] : nil }

    /// All numbers with units, and the clock behind them.
    mutating func total() -> UInt64? {
      var total: UInt64 = 0
      repeat {
        guard let number = digits() else { return nil }
        guard let part = current == UInt8(ascii: ":") ? clock(hours: number) : quantity(number) else { return nil }
        let (sum, overflow) = total.addingReportingOverflow(part.microseconds)
        if overflow { return nil }
        total = sum
        if part.isLast { return at == text.count ? total : nil }
        skipBlanks()
      } while at < text.count
      return total
    }

    /// What follows a number in front of a unit: perhaps a fraction, then the unit.
    private mutating func quantity(_ whole: UInt64) -> (microseconds: UInt64, isLast: Bool)? {
      guard let fraction = fraction() else { return nil }
      skipBlanks()
      let start = at
      while let byte = current, byte >= 0x80 || byte | 0x20 >= UInt8(ascii: "a") && byte | 0x20 <= UInt8(ascii: "z") {
        at += 1
      }
      let word = String(decoding: text[start..<at], as: UTF8.self)
      guard let unit = DurationText.units.first(where: { $0.name == word })?.microseconds else { return nil }
      let (product, overflow) = whole.multipliedReportingOverflow(by: unit)
      // At most 10^6 times a week, which fits.
      let (parts, rest) = (fraction * unit).quotientAndRemainder(dividingBy: 1_000_000)
      let (sum, carry) = product.addingReportingOverflow(parts)
      return overflow || carry || rest != 0 ? nil : (sum, false)
    }

    /// `03:04` or `03:04:05.000006`, of which the hours have been read. They may be more than a day has.
    private mutating func clock(hours: UInt64) -> (microseconds: UInt64, isLast: Bool)? {
      at += 1
      guard let minutes = sixty() else { return nil }
      var rest = minutes * 60_000_000
      if current == UInt8(ascii: ":") {
        at += 1
        guard let seconds = sixty(), let fraction = fraction() else { return nil }
        rest += seconds * 1_000_000 + fraction
      }
      let (product, overflow) = hours.multipliedReportingOverflow(by: 3_600_000_000)
      let (sum, carry) = product.addingReportingOverflow(rest)
      return overflow || carry ? nil : (sum, true)
    }

    private mutating func digits() -> UInt64? {
      let start = at
      while let byte = current, byte &- UInt8(ascii: "0") <= 9 { at += 1 }
      var number: UInt64 = 0
      for byte in text[start..<at] {
        let (product, overflow) = number.multipliedReportingOverflow(by: 10)
        let (sum, carry) = product.addingReportingOverflow(UInt64(byte &- UInt8(ascii: "0")))
        if overflow || carry { return nil }
        number = sum
      }
      return at > start ? number : nil
    }

    /// Two digits below 60.
    private mutating func sixty() -> UInt64? {
      let start = at
      guard let number = digits(), at - start == 2, number < 60 else { return nil }
      return number
    }

    /// Millionths behind a point; 0 where there is none, nil where it has no digit or more than six.
    private mutating func fraction() -> UInt64? {
      guard current == UInt8(ascii: ".") else { return 0 }
      at += 1
      let start = at
      guard var number = digits(), at - start <= 6 else { return nil }
      for _ in at - start..<6 { number *= 10 }
      return number
    }

    private mutating func skipBlanks() {
      while current == UInt8(ascii: " ") { at += 1 }
    }
  }
}

extension Duration {
  /// A length of time that is printed as `1d 02:03:04` and written as `26h 3m 4s`, or nil when the text is none.
  public init?(parsing text: String) {
    var text = text
    guard let count = text.withUTF8({ DurationText.microseconds(UnsafeRawBufferPointer($0)) }) else { return nil }
    self = .microseconds(count)
  }

  /// The length in microseconds, rounded to the nearest, halves away from zero; nil when it does not fit 64 bits.
  package var wholeMicroseconds: Int64? {
    let (seconds, attoseconds) = components
    let (product, overflow) = seconds.multipliedReportingOverflow(by: 1_000_000)
    let half: Int64 = attoseconds < 0 ? -500_000_000_000 : 500_000_000_000
    let (sum, carry) = product.addingReportingOverflow((attoseconds + half) / 1_000_000_000_000)
    return overflow || carry ? nil : sum
  }
}
