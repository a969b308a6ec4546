import TestSupport
import Testing

@testable import Scheduler

@Suite("The line of futures")
struct FutureLineTests {
  private func task(_ priority: Int) -> FutureTask {
    FutureComputation(name: FutureName(name: ""), inputs: [], place: .callingThread, priority: priority, retries: 0) {
      _ in 0
    }
  }

  @Test(
    "gives what waits the longest among those of the highest priority, of any that are left", arguments: UInt64(1)...30)
  func random(seed: UInt64) throws {
    var generator = SplitMix64(seed: seed)
    var line = FutureLine()
    var waiting: [(task: FutureTask, slot: Int)] = []
    func first() -> Int? {
      waiting.indices.min { left, right in
        let (one, other) = (waiting[left].task.priority, waiting[right].task.priority)
        return one > other || (one == other && left < right)
      }
    }
    for _ in 0..<500 {
      switch Int.random(in: 0..<8, using: &generator) {
      case 0..<4:
        let task = task(Int.random(in: -2...2, using: &generator))
        waiting.append((task, line.insert(task)))
      case 4..<6:
        let expected = first().map { waiting.remove(at: $0).task }
        #expect(line.popFirst() === expected, "seed \(seed)")
      default:
        guard let index = waiting.indices.randomElement(using: &generator) else { continue }
        line.remove(waiting.remove(at: index).slot)
      }
      #expect((line.highestPriority == nil) == waiting.isEmpty, "seed \(seed)")
    }
    while let index = first() { #expect(line.popFirst() === waiting.remove(at: index).task, "seed \(seed)") }
    #expect(line.popFirst() == nil)
  }

  @Test("lets go of what is taken out of turn")
  func letsGo() {
    var line = FutureLine()
    let stays = task(0)
    _ = line.insert(stays)
    weak var gone: FutureTask?
    do {
      let task = task(0)
      gone = task
      line.remove(line.insert(task))
    }
    #expect(gone == nil)
    #expect(line.popFirst() === stays)
  }

  @Test("uses its places again, whether they came free in turn or out of turn")
  func places() {
    var line = FutureLine()
    _ = line.insert(task(1))
    var highest = 0
    for _ in 0..<100 {
      let slot = line.insert(task(0))
      highest = max(highest, slot)
      line.remove(slot)
    }
    for _ in 0..<100 {
      highest = max(highest, line.insert(task(2)))
      #expect(line.popFirst()?.priority == 2)
    }
    #expect(highest < 5)
  }
}
