import TaskGraph
import Testing

@Suite("The order of random graphs")
struct RandomOrderTests {
  @Test("has each task that is needed, once and behind all that it depends on", arguments: 0..<400 as Range<UInt64>)
  func valid(seed: UInt64) {
    let (graph, outputs) = randomGraph(seed: seed)
    let order = graph.order(outputs: outputs)
    #expect(Set(order) == Set(plainOrder(graph, outputs: outputs)), "seed \(seed)")
    #expect(Set(order).count == order.count, "seed \(seed)")
    let priorities = graph.priorities(outputs: outputs)
    for task in order {
      for input in graph.dependencies(of: task) {
        #expect(priorities[Int(input.index)] < priorities[Int(task.index)], "seed \(seed)")
      }
    }
    #expect(priorities.count { $0 == TaskGraph.notNeeded } == graph.taskCount - order.count, "seed \(seed)")
  }

  @Test("is the same every time", arguments: 0..<50 as Range<UInt64>)
  func deterministic(seed: UInt64) {
    let (graph, outputs) = randomGraph(seed: seed)
    let (again, _) = randomGraph(seed: seed)
    #expect(graph.order(outputs: outputs) == again.order(outputs: outputs), "seed \(seed)")
  }

  @Test("has a peak that is never above that of the plain order", arguments: 0..<400 as Range<UInt64>)
  func neverWorse(seed: UInt64) {
    let (graph, outputs) = randomGraph(seed: seed)
    let plain = plainOrder(graph, outputs: outputs)
    let order = graph.order(outputs: outputs)
    let peak = graph.peak(of: order, outputs: outputs)
    let plainPeak = graph.peak(of: plain, outputs: outputs)
    #expect((peak.bytes ?? peak.results) <= (plainPeak.bytes ?? plainPeak.results), "seed \(seed)")
    // Nothing gained, nothing changed.
    if (peak.bytes ?? peak.results) == (plainPeak.bytes ?? plainPeak.results) {
      #expect(order == plain, "seed \(seed)")
    }
  }

  @Test("has the peak that a simulation by the definition finds", arguments: 0..<200 as Range<UInt64>)
  func simulation(seed: UInt64) {
    let (graph, outputs) = randomGraph(seed: seed)
    for order in [graph.order(outputs: outputs), plainOrder(graph, outputs: outputs)] {
      let peak = graph.peak(of: order, outputs: outputs)
      #expect(peak.results == naivePeak(graph, of: order, outputs: outputs), "seed \(seed)")
      let known = graph.layers.filter { $0.resultBytes != nil }
      if known.isEmpty {
        #expect(peak.bytes == nil, "seed \(seed)")
        continue
      }
      let mean =
        known.reduce(0) { $0 + ($1.resultBytes ?? 0) * $1.tasks.count } / known.reduce(0) { $0 + $1.tasks.count }
      let naive = naivePeak(graph, of: order, outputs: outputs) { graph.layer(of: $0).resultBytes ?? mean }
      #expect(peak.bytes == naive, "seed \(seed)")
    }
  }

  @Test("has the lowest peak that any order of a tree has", arguments: 0..<100 as Range<UInt64>)
  func trees(seed: UInt64) {
    let (graph, outputs) = randomTree(seed: seed)
    let peak = graph.peak(of: graph.order(outputs: outputs), outputs: outputs)
    #expect(peak.results == lowestPeak(graph, outputs: outputs), "seed \(seed)")
  }
}
