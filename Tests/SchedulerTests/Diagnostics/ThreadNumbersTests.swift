import TestSupport
import Testing

@testable import Scheduler

@Suite("The numbers of threads")
struct ThreadNumbersTests {
  private func numbers(_ spans: [(UInt, Range<UInt64>)]) -> ThreadNumbers {
    ThreadNumbers(spans.map { ThreadNumbers.Span(thread: $0.0, start: $0.1.lowerBound, end: $0.1.upperBound) })
  }

  @Test("stand for places, in which threads may take turns")
  func turns() {
    //  a 0..<10, b 10..<20 by the caller; c 5..<22, d 22..<30 by one of the pool's; e 20..<32, f 32..<40 by another
    let result = numbers([(70, 0..<10), (70, 10..<20), (80, 5..<22), (80, 22..<30), (90, 20..<32), (90, 32..<40)])
    #expect(result.numbers == [0, 0, 1, 1, 0, 0])
    #expect(result.count == 2)
  }

  @Test("go to the place that has been empty for longest")
  func oldest() {
    let result = numbers([(1, 0..<10), (2, 5..<8), (3, 6..<7), (4, 11..<12), (1, 12..<13), (2, 12..<13)])
    #expect(result.numbers == [0, 1, 2, 2, 0, 1])
  }

  @Test("give a thread another place when its own was taken")
  func taken() {
    let result = numbers([(1, 0..<10), (2, 10..<20), (1, 15..<18), (3, 30..<31)])
    #expect(result.numbers == [0, 0, 1, 1])
  }

  @Test("are those of the tasks around them")
  func nested() {
    let result = numbers([(1, 0..<100), (1, 10..<50), (1, 60..<70), (2, 80..<90), (1, 95..<97)])
    #expect(result.numbers == [0, 0, 0, 1, 0])
  }

  @Test("are no more than tasks at the same time, on random spans", arguments: UInt64(1)...50)
  func random(seed: UInt64) {
    var generator = SplitMix64(seed: seed)
    // Each thread works now and then, for a while.
    var spans: [(UInt, Range<UInt64>)] = []
    for thread in UInt(1)...UInt.random(in: 1...9, using: &generator) {
      var time = UInt64.random(in: 0...50, using: &generator)
      for _ in 0..<Int.random(in: 1...40, using: &generator) {
        time += UInt64.random(in: 0...9, using: &generator) == 0 ? UInt64.random(in: 0...100, using: &generator) : 0
        let end = time + UInt64.random(in: 1...20, using: &generator)
        spans.append((thread, time..<end))
        time = end
      }
    }
    spans.shuffle(using: &generator)
    let result = numbers(spans)
    let atOnce = spans.map { one in spans.count { $0.1.contains(one.1.lowerBound) } }.max() ?? 0
    #expect(result.count == atOnce, "seed \(seed)")
    for place in 0..<result.count {
      let times = zip(spans, result.numbers).filter { $0.1 == place }.map(\.0.1).sorted {
        $0.lowerBound < $1.lowerBound
      }
      #expect(zip(times, times.dropFirst()).allSatisfy { $0.upperBound <= $1.lowerBound }, "seed \(seed)")
    }
  }
}
