import TestSupport
import Testing

@testable import Scheduler

@Suite("The queue of ready tasks")
struct ReadyQueueTests {
  @Test("gives the lowest priority first, whatever the order of arrival", arguments: UInt64(1)...20)
  func sorted(seed: UInt64) {
    var generator = SplitMix64(seed: seed)
    var queue = ReadyQueue()
    var model: [UInt32] = []
    for _ in 0..<500 {
      if Int.random(in: 0..<3, using: &generator) > 0 {
        let priority = UInt32.random(in: 0..<100, using: &generator)
        queue.insert(priority)
        model.append(priority)
      } else {
        model.sort(by: >)
        #expect(queue.first == model.last, "seed \(seed)")
        #expect(queue.removeFirst() == model.popLast(), "seed \(seed)")
      }
    }
    while let priority = queue.removeFirst() {
      model.sort(by: >)
      #expect(priority == model.popLast(), "seed \(seed)")
    }
    #expect(model.isEmpty)
  }
}
