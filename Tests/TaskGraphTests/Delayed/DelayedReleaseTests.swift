import Glibc
import TaskGraph
import Testing

@Suite("Letting go of delayed values") struct DelayedReleaseTests {
  private final class Witness: Sendable, DelayedArgument {
    let counter: Counter
    init(_ counter: Counter) {
      self.counter = counter
      counter.add(1)
    }
    deinit { counter.add(-1) }
  }

  private let step = delayed("step") { (x: Int, _: Witness) in x + 1 }

  private func chain(_ count: Int, from start: Delayed<Int>, _ counter: Counter) -> Delayed<Int> {
    (0..<count).reduce(start) { value, _ in step(value, Witness(counter)) }
  }

  @Test("of a long chain needs no deep stack and leaves nothing behind")
  func longChain() {
    let counter = Counter()
    do {
      let value = chain(300_000, from: Delayed(0), counter)
      withExtendedLifetime(value) { #expect(counter.value == 300_000) }
    }
    #expect(counter.value == 0)
  }

  @Test("keeps what others still use")
  func sharedChain() {
    let counter = Counter()
    var middle: Delayed<Int>? = chain(1_000, from: Delayed(0), counter)
    do {
      let ends = (0..<3).map { _ in chain(1_000, from: middle ?? Delayed(0), counter) }
      withExtendedLifetime(ends) { #expect(counter.value == 4_000) }
    }
    #expect(counter.value == 1_000)
    middle = nil
    #expect(counter.value == 0)
  }

  @Test("in which each result is used twice needs no deep stack either")
  func ladder() {
    let counter = Counter()
    do {
      let both = delayed("both") { (x: Int, y: Int, _: Witness) in x + y }
      let value = (0..<200_000).reduce(Delayed(0)) { value, _ in
        let next = step(value, Witness(counter))
        return both(next, next, Witness(counter))
      }
      withExtendedLifetime(value) { #expect(counter.value == 400_000) }
    }
    #expect(counter.value == 0)
  }

  @Test("from several threads at the same time leaves nothing behind")
  func threads() async {
    let counter = Counter()
    for _ in 0..<20 {
      let rungs = (0..<2_000).reduce(into: [Delayed(0)]) { rungs, _ in
        rungs.append(step(rungs[rungs.count - 1], Witness(counter)))
      }
      await withTaskGroup(of: Void.self) { group in
        for _ in 0..<4 {
          let owned = rungs.map { step($0, Witness(counter)) }
          group.addTask { withExtendedLifetime(owned) {} }
        }
      }
    }
    #expect(counter.value == 0)
  }
}
