/// A stock's symbol of one to five capital letters, packed so that comparing numbers compares the alphabet.
struct Ticker: Hashable, Comparable, Sendable {
  /// The letters as ASCII from the highest byte down, then zeros.
  let letters: UInt64

  /// How many letters there are, from 1 to 5.
  var count: Int { 8 - letters.trailingZeroBitCount / 8 }

  static func < (left: Ticker, right: Ticker) -> Bool { left.letters < right.letters }

  /// Draws a symbol: mostly three or four letters, the common ones more often.
  static func random(using random: inout SplitMix64) -> Ticker {
    let count =
      switch random.next(below: 100) {
      case 0: 1
      case 1..<8: 2
      case 8..<48: 3
      case 48..<95: 4
      default: 5
      }
    var letters: UInt64 = 0
    for index in 0..<count {
      let letter = Self.urn.utf8Start[random.next(below: Self.urn.utf8CodeUnitCount)]
      letters |= UInt64(letter) << UInt64(56 - 8 * index)
    }
    return Ticker(letters: letters)
  }

  /// Draws `count` different symbols and puts them in alphabetical order.
  static func distinct(_ count: Int, using random: inout SplitMix64) -> [Ticker] {
    var tickers: Set<Ticker> = []
    tickers.reserveCapacity(count)
    while tickers.count < count { tickers.insert(.random(using: &random)) }
    return tickers.sorted()
  }

  private static let urn: StaticString = "AAAABBBCCCCDDDEEEFFFGGGHHHIIIJKKLLLMMMMNNNOOPPPPQRRRSSSSTTTTUUVVVWWXYZ"
}
