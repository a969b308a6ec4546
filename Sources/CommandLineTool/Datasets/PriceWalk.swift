/// The price history of one stock, a day at a time: a seeded random walk that looks like quotes from a data vendor.
///
/// What such quotes look like, and how each trait is made here:
///
///     what was paid     the price in the newspaper: eighths of a dollar, from 1997 sixteenths, from 2001 cents
///          |            a random walk that is pulled slowly back to the stock's own level, so it stays positive
///          | / splits   after a split of 2:1 all older prices are halved: 28.75 of 1980 may become 0.513393
///          v
///     close             stored by the vendor as Float32 and printed with six decimals: 17.11 becomes 17.110001,
///          |            while 9.11, where a Float32 is fine enough, stays 9.11
///          | * dividends  each dividend to come lowers the adjusted price by its yield
///          v
///     adjusted          at most the close, and equal to it after the last dividend
///
/// Everything is the same on every machine: the walk is integer arithmetic, and the few steps in floating point are
/// single multiplications and conversions, which IEEE 754 defines to the last bit. No function of the mathematics
/// library takes part, and no product is added to anything, so no compiler can fuse the two.
struct PriceWalk {
  /// One day's figures. Prices are in millionths of a dollar, and `low <= open, close <= high`.
  struct Day {
    var open: UInt64
    var high: UInt64
    var low: UInt64
    var close: UInt64
    var volume: UInt64
    var adjusted: UInt64
  }

  /// A day at whose start every share becomes `ratio` shares.
  private struct Split {
    var day: Int
    var ratio: Double
  }

  private var random: SplitMix64

  // All prices inside are in hundredths of a cent.
  private let level: Int
  private var price: Int
  /// The standard deviation of a day's return, times 2³² over that of the sum of four random numbers of 16 bits.
  private let volatility: Int
  /// The usual volume in hundreds of shares.
  private let usualVolume: Int

  private var day = 0
  private var splits: [Split] = []
  private var nextSplit = 0
  /// How many of today's shares one share of the walk's current day has become.
  private var shares = 1.0

  /// What one dividend leaves of the older prices; 1 for a stock that pays none.
  private let keptByDividend: Double
  private var dividendsToCome: Int
  private var dayOfNextDividend: Int
  private var keptByDividends = 1.0

  private static let daysBetweenDividends = 63
  private static let daysForEachSplit = 600

  /// Starts the walk of a stock that is traded on `days` days.
  init(days: Int, random: SplitMix64) {
    var random = random
    // From 16 to 1,023 dollars, the middle of that (on a scale of doublings) more often.
    let doublings = 4 + (random.next(below: 7) + random.next(below: 6)) / 2
    level = (10_000 << doublings) + random.next(below: 10_000 << doublings)
    price = level / 2 + random.next(below: level)
    volatility = 900 + random.next(below: 2_200) + random.next(below: 2_200)
    let volumeDoublings = random.next(below: 7) + random.next(below: 7) + random.next(below: 7)
    usualVolume = (32 + random.next(below: 32)) << volumeDoublings

    // Stock dividends and spin-offs count as splits too: their odd ratios are why old prices have so many decimals.
    let ratios = [0, 1.007, 1.018, 1.034, 1.05, 1.1, 1.127, 1.25, 1.5, 2]
    var block = 0
    while block + Self.daysForEachSplit <= days {
      let ratio = ratios[random.next(below: ratios.count)]
      let day = block + random.next(below: Self.daysForEachSplit)
      if ratio > 0 { splits.append(Split(day: day, ratio: ratio)) }
      block += Self.daysForEachSplit
    }
    for split in splits { shares *= split.ratio }

    let paysDividends = random.next(below: 10) < 7
    dayOfNextDividend = random.next(below: Self.daysBetweenDividends)
    let yield = Double(1 + random.next(below: 12)) / 1024  // a quarter's
    keptByDividend = paysDividends ? 1 - yield : 1
    dividendsToCome = 0
    if days > dayOfNextDividend { dividendsToCome = (days - 1 - dayOfNextDividend) / Self.daysBetweenDividends + 1 }
    self.random = random
    updateKeptByDividends()
  }

  /// The figures of the next day, on which prices are multiples of `tick` hundredths of a cent.
  mutating func next(tick: Int) -> Day {
    let before = passEvents()
    let first = random.next()
    let second = random.next()

    let sum = Int(first & 0xFFFF) + Int(first >> 16 & 0xFFFF) + Int(first >> 32 & 0xFFFF) + Int(first >> 48)
    price += (price * volatility * (sum - 131_070)) >> 32
    price += (level - price) >> 9
    price = max(price, 500)

    let reach = price * volatility
    let start = before + (before * volatility * (Int(second & 0xFFFF) - 32_768)) >> 33
    let top = max(start, price) + (reach * Int(second >> 16 & 0xFFFF)) >> 33
    let bottom = min(start, price) - (reach * Int(second >> 32 & 0xFFFF)) >> 33

    let scale = 0.0001 / shares
    let close = Self.printed(price, tick, scale)
    return Day(
      open: Self.millionths(Self.printed(start, tick, scale)),
      high: Self.millionths(Self.printed(top, tick, scale)),
      low: Self.millionths(Self.printed(bottom, tick, scale)),
      close: Self.millionths(close),
      volume: volume(from: Int(second >> 48)),
      adjusted: Self.millionths(Float(Double(close) * keptByDividends))
    )
  }

  /// Passes the split and the dividend of this day, if any, and returns the price before trade in its shares.
  private mutating func passEvents() -> Int {
    if nextSplit < splits.count, splits[nextSplit].day == day {
      price = Int(Double(price) / splits[nextSplit].ratio)
      nextSplit += 1
      shares = 1
      for split in splits[nextSplit...] { shares *= split.ratio }
    }
    if day == dayOfNextDividend {
      dividendsToCome -= 1
      dayOfNextDividend += Self.daysBetweenDividends
      updateKeptByDividends()
    }
    day += 1
    return price
  }

  private mutating func updateKeptByDividends() {
    keptByDividends = 1
    for _ in 0..<dividendsToCome { keptByDividends *= keptByDividend }
  }

  /// The day's volume in today's shares: whole hundreds, below a billion, skewed to the quiet side.
  private func volume(from bits: Int) -> UInt64 {
    let factor = ((bits & 0xFF) + 16) * ((bits >> 8) + 16)
    let hundreds = Int(Double((usualVolume * factor) >> 16) * shares)
    return UInt64(min(hundreds, 9_999_999) * 100)
  }

  /// A price on the vendor's disk: rounded to the tick of the time, divided by later splits, stored as Float32.
  ///
  /// It never falls when the price rises, so the order of a day's prices outlives it.
  private static func printed(_ price: Int, _ tick: Int, _ scale: Double) -> Float {
    let ticks = max(1, UInt32(price + tick / 2) / UInt32(tick))
    return Float(Double(Int(ticks) * tick) * scale)
  }

  /// The nearest number of millionths, but at least one; half of one counts as one.
  private static func millionths(_ price: Float) -> UInt64 {
    max(1, (UInt64(Double(price) * 2_000_000) + 1) >> 1)
  }
}
