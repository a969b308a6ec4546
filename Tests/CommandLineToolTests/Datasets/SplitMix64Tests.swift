import Testing

@testable import CommandLineTool

@Suite("The random numbers of generated data")
struct SplitMix64Tests {
  @Test("are those of the published algorithm")
  func knownSequence() {
    var random = SplitMix64(seed: 1_234_567)
    let drawn = (0..<5).map { _ in random.next() }
    #expect(
      drawn == [
        6_457_827_717_110_365_317, 3_203_168_211_198_807_973, 9_817_491_932_198_370_423, 4_593_380_528_125_082_431,
        16_408_922_859_458_223_821,
      ])
  }

  @Test("stay below their bound and reach all of it")
  func bounds() {
    var random = SplitMix64(seed: 1)
    var seen: Set<Int> = []
    for _ in 0..<1_000 { seen.insert(random.next(below: 7)) }
    #expect(seen == Set(0..<7))
  }

  @Test("differ from stream to stream of one seed")
  func streams() {
    let firsts = (0..<1_000 as Range<UInt64>).map { stream in
      var random = SplitMix64(seed: 1, stream: stream)
      return random.next()
    }
    #expect(Set(firsts).count == 1_000)
  }
}
