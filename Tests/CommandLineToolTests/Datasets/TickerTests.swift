import Testing

@testable import CommandLineTool

@Suite("The symbols of generated stocks")
struct TickerTests {
  @Test("are different, in alphabetical order, and of one to five letters", arguments: [1, 12, 2_750, 50_000])
  func distinct(count: Int) {
    var random = SplitMix64(seed: 1)
    let tickers = Ticker.distinct(count, using: &random)
    let texts = tickers.map { ticker in
      String(decoding: (0..<ticker.count).map { UInt8(ticker.letters >> (56 - 8 * $0) & 0xFF) }, as: UTF8.self)
    }
    #expect(texts == texts.sorted())
    #expect(Set(texts).count == count)
    #expect(texts.allSatisfy { (1...5).contains($0.count) && $0.allSatisfy { ("A"..."Z").contains($0) } })
  }
}
