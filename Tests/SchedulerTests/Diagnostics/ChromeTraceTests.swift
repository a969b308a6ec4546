import Foundation
import TaskGraph
import Testing

@testable import Scheduler

@Suite("The trace for Chrome")
struct ChromeTraceTests {
  /// A trace as a program reads it.
  private struct Trace: Decodable {
    struct Event: Decodable {
      struct Details: Decodable {
        var key: String?
        var bytes: Int?
        var failed: Bool?
        var name: String?
      }
      var ph: String
      var name: String
      var ts: Double?
      var dur: Double?
      var tid: Int?
      var id: Int?
      var args: Details?
    }
    var traceEvents: [Event]
  }

  private func read(_ profile: RunProfile) throws -> [Trace.Event] {
    try JSONDecoder().decode(Trace.self, from: Data(profile.chromeTrace().utf8)).traceEvents
  }

  @Test("has a line for each task, thread and change of memory")
  func exactText() {
    #expect(
      smallProfile().chromeTrace()
        == """
        {"displayTimeUnit":"ms","traceEvents":[
        {"ph":"M","name":"process_name","pid":1,"args":{"name":"LazyFrame"}},
        {"ph":"M","name":"thread_name","pid":1,"tid":1,"args":{"name":"thread 1"}},
        {"ph":"M","name":"thread_sort_index","pid":1,"tid":1,"args":{"sort_index":1}},
        {"ph":"M","name":"thread_name","pid":1,"tid":2,"args":{"name":"thread 2"}},
        {"ph":"M","name":"thread_sort_index","pid":1,"tid":2,"args":{"sort_index":2}},
        {"ph":"b","cat":"run","name":"run 1: 3 tasks","id":1,"pid":1,"tid":0,"ts":0.000},
        {"ph":"e","cat":"run","name":"run 1: 3 tasks","id":1,"pid":1,"tid":0,"ts":4.000},
        {"ph":"X","cat":"task","name":"read","args":{"key":"KEY0[0]","bytes":800},"pid":1,"tid":1,"ts":0.000,"dur":3.000},
        {"ph":"X","cat":"task","name":"read","args":{"key":"KEY0[1]","bytes":200},"pid":1,"tid":2,"ts":0.500,"dur":1.500},
        {"ph":"X","cat":"task","name":"add","args":{"key":"KEY1[0]","bytes":8},"pid":1,"tid":1,"ts":3.001,"dur":0.499},
        {"ph":"C","name":"live bytes","pid":1,"ts":2.000,"args":{"bytes":200}},
        {"ph":"C","name":"live bytes","pid":1,"ts":3.000,"args":{"bytes":1000}},
        {"ph":"C","name":"live bytes","pid":1,"ts":3.500,"args":{"bytes":1008}},
        {"ph":"C","name":"live bytes","pid":1,"ts":3.500,"args":{"bytes":8}},
        {"ph":"C","name":"live bytes","pid":1,"ts":4.000,"args":{"bytes":0}}
        ]}

        """.replacing("KEY0", with: label(0)).replacing("KEY1", with: label(1)))
  }

  private func label(_ layer: Int) -> String {
    let graph = smallProfile().runs[0].graph
    return String(graph.key(of: graph.layers[layer].tasks.lowerBound).dropLast(3))
  }

  @Test("can be read whatever a layer is called")
  func names() throws {
    let names = ("quote \" back\\slash", "line\nbreak </script> \u{0} ü😀")
    let events = try read(smallProfile(layers: names)).filter { $0.ph == "X" }
    #expect(events.map(\.name) == [names.0, names.0, names.1])
    #expect(events[1].args?.key?.hasPrefix(names.0 + "-") == true)
  }

  @Test("holds every task of several runs", arguments: UInt64(1)...20)
  func everyTask(seed: UInt64) throws {
    let monitor = RunMonitor(recordsTasks: true)
    let (graph, outputs) = randomGraph(seed: seed, failures: true)
    let executor = ThreadPoolExecutor(threads: 2)
    for _ in 0..<2 { _ = try? executor.run(graph, outputs: outputs, options: RunOptions(monitor: monitor)) }
    let profile = monitor.profile
    let events = try read(profile)
    let tasks = profile.runs.flatMap { run in run.tasks.map { (run, $0) } }
    let written = events.filter { $0.ph == "X" }
    #expect(written.map { $0.args?.key } == tasks.map { $0.0.graph.key(of: $0.1.task) })
    #expect(written.map { $0.tid } == tasks.map { $0.1.thread + 1 })
    #expect(written.map { $0.args?.failed ?? false } == tasks.map(\.1.hasFailed))
    for (event, (_, task)) in zip(written, tasks) {
      #expect(abs((event.ts ?? 0) * 1000 - Double(task.start)) < 1)
      #expect(abs((event.dur ?? 0) * 1000 - Double(task.duration)) < 1)
    }
    #expect(events.filter { $0.ph == "b" }.map { $0.id } == [1, 2])
    #expect(events.filter { $0.ph == "e" }.map { $0.id } == [1, 2])
  }

  @Test("is complete without a task")
  func empty() throws {
    #expect(try read(RunMonitor(recordsTasks: true).profile).map(\.ph) == ["M"])
  }

  @Test("thins the curve of memory out, and keeps its highest and its last point")
  func thinned() throws {
    let profile = chainOfTimes(Array(repeating: 10, count: 100_000))
    let points = profile.liveBytes(points: 20_000)
    #expect(points.count <= 20_001)
    #expect(points.map(\.bytes).max() == 100_000)
    #expect(points.last == ProfiledRun.LiveBytes(time: 1_000_000, bytes: 0))
    #expect(zip(points, points.dropFirst()).allSatisfy { $0.time <= $1.time })
  }

  @Test("adds up the memory of runs at the same time")
  func severalRuns() {
    let run = smallProfile().runs[0]
    let points = RunProfile(runs: [run, run], threadCount: 2).liveBytes(points: 100)
    #expect(points.map(\.bytes) == [200, 400, 1200, 2000, 2008, 1008, 1016, 16, 8, 0])
  }
}
