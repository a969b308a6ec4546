import TaskGraph
import Testing

@testable import Scheduler

/// A run that is driven by hand, at a time that is said.
private final class HandRun {
  private static let second: UInt64 = 1_000_000_000

  let log: RunLog
  private var next = 0

  /// - Parameter layers: The names and numbers of tasks of layers that run one after the other.
  init(_ layers: [(String, Int)], slots: Int = 2, start: Double = 0) {
    var graph = TaskGraph()
    for (name, count) in layers {
      graph.addLayer(name, Constant(), dependencies: Array(repeating: [], count: count))
    }
    let order = (0..<graph.taskCount).map { TaskID(index: UInt32($0)) }
    log = RunLog(
      graph, order: order, outputs: order, slots: slots, recordsTasks: false, startTime: HandRun.time(start))
  }

  static func time(_ seconds: Double) -> UInt64 { 100 * second + UInt64(seconds * Double(second)) }

  /// Does the next tasks of the order.
  func finish(_ count: Int) {
    for _ in 0..<count {
      begin(slot: 0)
      end(slot: 0)
    }
  }

  func begin(slot: Int) {
    _ = log.slots[slot].taskBegan(log.order[next])
    next += 1
  }

  func end(slot: Int) {
    if let task = log.slots[slot].current { log.slots[slot].taskEnded(task, since: 0, bytes: 0) }
  }
}

@Suite("The meter of progress")
struct ProgressMeterTests {
  private func seconds(_ nanoseconds: UInt64?) -> Double? { nanoseconds.map { Double($0) / 1e9 } }

  @Test("has nothing to say when nothing runs")
  func idle() {
    var meter = ProgressMeter()
    let state = meter.sample([], at: 5)
    #expect(state == nil)
  }

  @Test("estimates nothing before a task is done")
  func begin() {
    let run = HandRun([("read", 10)])
    var meter = ProgressMeter()
    run.begin(slot: 0)
    let state = meter.sample([run.log], at: HandRun.time(1.5))
    #expect(
      state == ProgressState(done: 0, total: 10, elapsed: 1_500_000_000, remaining: nil, layer: "read"))
  }

  @Test("counts what is left of tasks that are alike")
  func alike() throws {
    let run = HandRun([("read", 10)])
    var meter = ProgressMeter()
    // Two threads, each a second a task, looked at ten times a second.
    for second in 0..<3 {
      run.begin(slot: 0)
      run.begin(slot: 1)
      for tenth in 1...10 { _ = meter.sample([run.log], at: HandRun.time(Double(second) + Double(tenth) / 10)) }
      run.end(slot: 0)
      run.end(slot: 1)
    }
    let sampledState = meter.sample([run.log], at: HandRun.time(3))
    let state = try #require(sampledState)
    #expect(state.done == 6)
    #expect(abs((seconds(state.remaining) ?? 0) - 2) < 0.01)
  }

  @Test("knows that layers cost unlike")
  func unlike() throws {
    let run = HandRun([("quick", 1000), ("slow", 10)], slots: 1)
    var meter = ProgressMeter()
    run.begin(slot: 0)
    _ = meter.sample([run.log], at: HandRun.time(1))
    run.end(slot: 0)
    run.finish(999)
    // Nothing is known of the slow layer: it is taken to be like the others.
    let sampledEarly = meter.sample([run.log], at: HandRun.time(1))
    let early = try #require(sampledEarly)
    #expect(abs((seconds(early.remaining) ?? 0) - 0.01) < 0.001)
    for task in 0..<2 {
      run.begin(slot: 0)
      _ = meter.sample([run.log], at: HandRun.time(1 + 5 * Double(task + 1)))
      run.end(slot: 0)
    }
    // By numbers alone it would be 99% of the way.
    let sampledLate = meter.sample([run.log], at: HandRun.time(11))
    let late = try #require(sampledLate)
    #expect(late.done == 1002)
    #expect(abs((seconds(late.remaining) ?? 0) - 40) < 0.1)
    #expect(late.layer == "slow")
  }

  @Test("takes a running task to be half done")
  func half() throws {
    let run = HandRun([("read", 4)], slots: 1)
    var meter = ProgressMeter()
    run.begin(slot: 0)
    _ = meter.sample([run.log], at: HandRun.time(2))
    run.end(slot: 0)
    run.begin(slot: 0)
    let sampledState = meter.sample([run.log], at: HandRun.time(3))
    let state = try #require(sampledState)
    // Three seconds for one and a half tasks; two and a half are left.
    #expect(abs((seconds(state.remaining) ?? 0) - 5) < 0.01)
  }

  @Test("adds up runs at the same time, and forgets those that are over")
  func several() throws {
    let outer = HandRun([("outer", 3)])
    let inner = HandRun([("inner", 100)], start: 4)
    var meter = ProgressMeter()
    outer.begin(slot: 0)
    inner.finish(40)
    inner.begin(slot: 0)
    let sampledBoth = meter.sample([outer.log, inner.log], at: HandRun.time(10))
    let both = try #require(sampledBoth)
    #expect(both.done == 40 && both.total == 103)
    #expect(both.elapsed == 10_000_000_000)
    #expect(both.layer == "inner")
    // Of the outer run nothing is known yet; the inner one took 6 s for 40.5 tasks.
    #expect(abs((seconds(both.remaining) ?? 0) - 59.5 * 6 / 40.5) < 0.01)
    outer.end(slot: 0)
    let sampledOne = meter.sample([outer.log], at: HandRun.time(11))
    let one = try #require(sampledOne)
    #expect(one.done == 1 && one.total == 3)
    #expect(one.layer == "outer")
    let none = meter.sample([], at: HandRun.time(12))
    #expect(none == nil)
  }

  @Test("begins again with a run that is repeated")
  func repeated() throws {
    let first = HandRun([("read", 10)])
    let second = HandRun([("read", 10)], start: 5)
    var meter = ProgressMeter()
    first.finish(7)
    _ = meter.sample([first.log], at: HandRun.time(4))
    second.finish(1)
    let sampledState = meter.sample([second.log], at: HandRun.time(6))
    let state = try #require(sampledState)
    #expect(state.done == 1 && state.elapsed == 1_000_000_000)
  }

  @Test("sees a run that began after the time was taken")
  func begunSince() throws {
    let run = HandRun([("read", 10)], start: 1)
    var meter = ProgressMeter()
    run.finish(2)
    let early = meter.sample([run.log], at: HandRun.time(0.9))
    #expect(early == ProgressState(done: 2, total: 10, elapsed: 0, remaining: nil, layer: nil))
    run.begin(slot: 0)
    let sampled = meter.sample([run.log], at: HandRun.time(1.5))
    let state = try #require(sampled)
    // Half a second for two and a half tasks.
    #expect(abs((seconds(state.remaining) ?? 0) - 1.5) < 0.01)
  }

  @Test("goes through a graph of as many layers as tasks")
  func manyLayers() throws {
    let run = HandRun((0..<20_000).map { ("call\($0 % 3)", 1) })
    var meter = ProgressMeter()
    run.finish(15_000)
    run.begin(slot: 1)
    let sampledState = meter.sample([run.log], at: HandRun.time(1))
    let state = try #require(sampledState)
    #expect(state.done == 15_000 && state.total == 20_000)
    #expect(state.layer == "call0")
  }
}
