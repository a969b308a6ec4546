import Columnar

/// What short texts have in common, where that says most of them: they begin alike, and behind that come few bytes, or a number.
///
///     AAPL, MSFT, F              nothing, then 1 to 4 bytes       bits: how many more than 1, the bytes
///     id0000001234, id0000070002 id00, then 8 digits              bits: the number less the lowest one
///
/// A null has the largest of the bits. Texts of more than 12 bytes have no form.
struct TextForm: Sendable {
  /// The numbers that a fixed number of digits stand for.
  struct Digits: Sendable {
    let count: Int
    let range: KeyRange
  }

  /// The view of what all begin with, without the length, and the bits of a view that it takes.
  private let prefix: StringView
  private let mask: StringView
  private let prefixLength: Int
  /// How many bytes come behind it.
  private let shortest: Int
  private let longest: Int
  /// What is behind it if these are digits.
  let digits: Digits?

  private static let mostBytes = 7
  private static let mostDigits = 8

  /// How many bits a key takes.
  var bits: Int {
    if let digits { return digits.range.bits }
    return 8 * longest + Int.bitWidth - (longest - shortest + 1).leadingZeroBitCount
  }

  /// The bits of a null.
  var null: UInt64 {
    if let digits { return digits.range.null }
    return UInt64(longest - shortest + 1) << UInt64(8 * longest)
  }

  // MARK: Bits of texts

  /// The first eight bytes behind the prefix, the first one lowest, of a text that is in its view.
  @inline(__always)
  private func tail(_ view: StringView) -> UInt64 {
    let (first, last) = (view.low &>> 32 | view.high &<< 32, view.high &>> 32)
    let shift = UInt64(8 * prefixLength)
    if shift == 0 { return first }
    return shift < 64 ? first &>> shift | last &<< (64 &- shift) : last &>> (shift &- 64)
  }

  /// Whether a text begins with the prefix and has as many bytes behind it as others.
  @inline(__always)
  func fitsAsBytes(_ view: StringView) -> Bool {
    let difference = (view.low ^ prefix.low) & mask.low | (view.high ^ prefix.high) & mask.high
    let length = UInt(bitPattern: view.length &- prefixLength &- shortest)
    return difference == 0 && length <= UInt(bitPattern: longest &- shortest)
  }

  /// Whether a text has bits.
  @inline(__always)
  func fits(_ view: StringView) -> Bool {
    guard let digits else { return fitsAsBytes(view) }
    let text = TextForm.aligned(tail(view), digits.count)
    let number = TextForm.number(text) &- digits.range.lowest
    return fitsAsBytes(view) && TextForm.isDigits(text) && number <= digits.range.span
  }

  /// The bits of a text that fits.
  @inline(__always)
  func bytes(of view: StringView) -> UInt64 {
    tail(view) | UInt64(bitPattern: Int64(view.length &- prefixLength &- shortest)) &<< UInt64(8 &* longest)
  }

  /// The bits of a text that fits and ends in digits.
  @inline(__always)
  func number(of view: StringView, _ digits: Digits) -> UInt64 {
    TextForm.number(TextForm.aligned(tail(view), digits.count)) &- digits.range.lowest
  }

  /// The text that has some bits. Of other bits it is any short text.
  @inline(__always)
  func view(of bits: UInt64) -> StringView {
    var tail = bits
    var length = longest
    if let digits {
      tail = TextForm.text(bits &+ digits.range.lowest) >> UInt64(8 * (TextForm.mostDigits - digits.count))
    } else {
      tail &= 1 << UInt64(8 * longest) - 1
      length = min(shortest + Int(truncatingIfNeeded: bits >> UInt64(8 * longest)), longest)
    }
    let shift = UInt64(32 + 8 * prefixLength)
    let low = prefix.low | (shift < 64 ? tail << shift : 0) | UInt64(prefixLength + length)
    return StringView(low: low, high: prefix.high | (shift < 64 ? tail >> (64 - shift) : tail << (shift - 64)))
  }

  // MARK: Digits

  /// So many digits as eight, with zeros before them.
  @inline(__always)
  private static func aligned(_ tail: UInt64, _ count: Int) -> UInt64 {
    let shift = UInt64(8 * (mostDigits - count))
    return tail &<< shift | (0x3030_3030_3030_3030 & (1 &<< shift &- 1))
  }

  /// Whether all eight bytes are digits.
  @inline(__always)
  private static func isDigits(_ text: UInt64) -> Bool {
    // What is above 9 runs over into the upper half of its byte.
    let (upper, threes): (UInt64, UInt64) = (0xF0F0_F0F0_F0F0_F0F0, 0x3030_3030_3030_3030)
    return (text & upper ^ threes) | ((text &+ 0x0606_0606_0606_0606) & upper ^ threes) == 0
  }

  /// The number of eight digits, neighbours being joined to numbers of twice as many digits three times.
  @inline(__always)
  private static func number(_ text: UInt64) -> UInt64 {
    let ones = text & 0x0F0F_0F0F_0F0F_0F0F
    let pairs = (ones &* 10 &+ ones &>> 8) & 0x00FF_00FF_00FF_00FF
    let fours = (pairs &* 100 &+ pairs &>> 16) & 0x0000_FFFF_0000_FFFF
    return (fours &* 10_000 &+ fours &>> 32) & 0xFFFF_FFFF
  }

  /// The eight digits of a number, which is taken apart the same way. Quotients by 100 and 10 are products, right for numbers
  /// below 10,000 and 100.
  @inline(__always)
  private static func text(_ number: UInt64) -> UInt64 {
    let fours = (number / 10_000) | (number % 10_000) &<< 32
    let hundreds = (fours &* 10_486) &>> 20 & 0x0000_007F_0000_007F
    let pairs = hundreds | (fours &- hundreds &* 100) &<< 16
    let tens = (pairs &* 103) &>> 10 & 0x000F_000F_000F_000F
    return (tens | (pairs &- tens &* 10) &<< 8) | 0x3030_3030_3030_3030
  }

  // MARK: Guesses

  /// A form that all texts of some columns have; nil where one of them is long, or there are none. O(rows).
  init?(guessing pieces: [Column]) {
    var first: StringView?
    var (difference, lengths) = (StringView.empty, Int.max...Int.max)
    for piece in pieces {
      guard case .string(let values) = piece.values else { return nil }
      for row in 0..<piece.count where !piece.isNull(at: row) {
        let view = values.views[row]
        guard view.isInline else { return nil }
        let known = first ?? view
        if first == nil { lengths = view.length...view.length }
        first = known
        difference.low |= view.low ^ known.low
        difference.high |= view.high ^ known.high
        lengths = min(lengths.lowerBound, view.length)...max(lengths.upperBound, view.length)
      }
    }
    guard let first else { return nil }
    // The length is no part of what is compared.
    let common =
      difference.low >> 32 != 0
      ? (difference.low >> 32).trailingZeroBitCount / 8
      : 4 + difference.high.trailingZeroBitCount / 8
    let length = min(common, lengths.lowerBound)
    let digits = TextForm.digits(pieces, first, length, lengths)
    self.init(
      first, prefix: digits.map { lengths.lowerBound - $0.count } ?? length, lengths, digits)
  }

  private init?(_ text: StringView, prefix length: Int, _ lengths: ClosedRange<Int>, _ digits: Digits?) {
    prefixLength = length
    let bits = UInt64(8 * length)
    mask = StringView(
      low: bits >= 32 ? ~0 << 32 : (1 << bits - 1) << 32, high: bits > 32 ? (bits >= 96 ? ~0 : 1 << (bits - 32) - 1) : 0
    )
    prefix = StringView(low: text.low & mask.low, high: text.high & mask.high)
    (shortest, longest) = (lengths.lowerBound - length, lengths.upperBound - length)
    self.digits = digits
    guard digits != nil || longest <= TextForm.mostBytes else { return nil }
  }

  /// The digits that all texts end in, if they are of one length: as many as there are behind what all begin with, and the
  /// digits before them.
  private static func digits(
    _ pieces: [Column], _ first: StringView, _ common: Int, _ lengths: ClosedRange<Int>
  ) -> Digits? {
    let length = lengths.lowerBound
    guard lengths.upperBound == length, length > 0 else { return nil }
    var bytes: [UInt8] = []
    for index in 0..<length { bytes.append(byte(first, index)) }
    let count = min(bytes.reversed().prefix { $0 >= 0x30 && $0 <= 0x39 }.count, mostDigits)
    guard count > 0, length - count <= common,
      let form = TextForm(
        first, prefix: length - count, lengths, Digits(count: count, range: KeyRange(lowest: 0, span: .max)))
    else { return nil }
    var numbers: ClosedRange<UInt64>?
    for piece in pieces {
      guard case .string(let values) = piece.values else { return nil }
      for row in 0..<piece.count where !piece.isNull(at: row) {
        let text = aligned(form.tail(values.views[row]), count)
        guard isDigits(text) else { return nil }
        let number = number(text)
        numbers = min(numbers?.lowerBound ?? number, number)...max(numbers?.upperBound ?? number, number)
      }
    }
    guard let numbers else { return nil }
    let range = KeyRange(lowest: numbers.lowerBound, span: numbers.upperBound - numbers.lowerBound)
    return range.widened.map { Digits(count: count, range: $0) }
  }

  private static func byte(_ view: StringView, _ index: Int) -> UInt8 {
    UInt8(truncatingIfNeeded: index < 4 ? view.low >> UInt64(32 + 8 * index) : view.high >> UInt64(8 * (index - 4)))
  }
}
