import Foundation
import TaskGraph
import TestSupport
import Testing

@testable import Scheduler
@testable import TaskGraph

@Suite("The report")
struct ReportTests {
  private struct NoPicture: Error {}

  private func data(_ profile: RunProfile) throws -> [String: Any] {
    let page = profile.report()
    let start = try #require(page.firstRange(of: "<script type=\"application/json\" id=\"data\">"))
    let end = try #require(page[start.upperBound...].firstRange(of: "</script>"))
    let json = try JSONSerialization.jsonObject(with: Data(page[start.upperBound..<end.lowerBound].utf8))
    return try #require(json as? [String: Any])
  }

  @Test("tells the script what to draw, as JSON")
  func smallData() {
    var bytes: [UInt8] = []
    var text = TextStream { bytes.append(contentsOf: $0) }
    let profile = smallProfile()
    let figures = ProfileFigures(profile)
    try? ReportData(profile: profile, figures: figures, timeline: ReportTimeline(profile, figures)).write(to: &text)
    try? text.finish()
    let run = profile.runs[0]
    #expect(
      String(decoding: bytes, as: UTF8.self) == """
        {"duration":4000,"threads":2,"layers":[
        {"name":"read","color":0},
        {"name":"add","color":1}],
        "runs":[{"labels":["\(run.label(ofLayer: 0))","\(run.label(ofLayer: 1))"],"layers":[0,1]}],
        "lanes":[{"start":[0,3001],"length":[3000,499],"layer":[0,1],"index":[0,0],"bytes":[800,8]},
        {"start":[500],"length":[1500],"layer":[0],"index":[1],"bytes":[200]}],
        "memory":{"time":[2000,1000,500,0,500],"bytes":[200,1000,1008,8,0]}}

        """)
  }

  @Test("holds every task of random runs, some of which failed", arguments: UInt64(1)...20)
  func randomData(seed: UInt64) throws {
    let monitor = RunMonitor(recordsTasks: true)
    let (graph, outputs) = randomGraph(seed: seed, failures: true)
    let executor = ThreadPoolExecutor(threads: 2)
    for _ in 0..<2 { _ = try? executor.run(graph, outputs: outputs, options: RunOptions(monitor: monitor)) }
    let profile = monitor.profile
    let data = try data(profile)
    let lanes = try #require(data["lanes"] as? [[String: [Int]]])
    var keys: [String] = []
    let runs = try #require(data["runs"] as? [[String: Any]])
    for lane in lanes {
      let (layers, indices) = (try #require(lane["layer"]), try #require(lane["index"]))
      for task in layers.indices {
        let labels = runs[lane["run"]?[task] ?? 0]["labels"] as? [String]
        keys.append("\(labels?[layers[task]] ?? "")[\(indices[task])]")
      }
    }
    #expect(keys.sorted() == profile.runs.flatMap { $0.tasks }.map { graph.key(of: $0.task) }.sorted())
    #expect(
      lanes.reduce(0) { $0 + ($1["failed"]?.count ?? 0) }
        == profile.runs.reduce(0) { $0 + $1.tasks.count { $0.hasFailed } })
  }

  @Test("cannot be broken out of by the name of a layer")
  func escaping() throws {
    let profile = smallProfile(layers: ("</script><script>alert(1)</script>", "\"><img src=x onerror=alert(1)>&"))
    let page = profile.report()
    #expect(!page.contains("<script>alert"))
    #expect(!page.contains("<img"))
    let layers = try #require(try data(profile)["layers"] as? [[String: Any]])
    #expect(layers[0]["name"] as? String == "</script><script>alert(1)</script>")
    // The picture of the graph has none of its own; one holds the data, one the script.
    #expect(page.matches(of: /<script/).count == 2)
    #expect(page.matches(of: /<\/script/).count == 2)
  }

  @Test("needs nothing from elsewhere")
  func alone() {
    let page = smallProfile().report()
    let addresses = page.matches(of: /(?:src|href)="[^"]*"|url\([^)]*\)|@import/).map { String($0.output) }
    #expect(addresses.isEmpty)
    #expect(page.hasPrefix("<!DOCTYPE html>\n"))
    #expect(page.hasSuffix("</html>\n"))
  }

  @Test("shows figures, layers, threads and the longest tasks")
  func tables() {
    let page = smallProfile().report()
    for part in [
      "<p class=\"faint\">4.00 µs, 3 tasks on 2 threads</p>", "<dt>Tasks at a time</dt><dd>1.25<small>",
      "<dt>Threads busy</dt><dd>62%<small>", "<dt>Most memory</dt><dd>1.01 kB<small>",
      "<td>2</td><td>4.50 µs</td><td>2.25 µs</td><td>3.00 µs</td><td>1.00 kB</td>", "<b>90%</b>",
      "<td>thread 1</td><td>2</td><td>3.50 µs</td>", "<td>2</td><td>500 ns</td><td>1.50 µs</td><td>200 B</td>",
    ] { #expect(page.contains(part), "\(part)") }
    #expect(!page.contains("<h2>Runs</h2>"))
  }

  @Test("lists the runs when there are several")
  func runs() {
    let run = smallProfile().runs[0]
    let page = RunProfile(runs: [run, run], threadCount: 2).report()
    #expect(page.contains("6 tasks in 2 runs on 2 threads"))
    #expect(page.contains("<h2>Runs</h2>"))
    #expect(page.contains("<h2>Graph of run 1</h2>"))
  }

  @Test("marks tasks that failed")
  func failed() {
    var graph = TaskGraph()
    let tasks = graph.addLayer("read", Constant(), dependencies: [[]])
    let run = ProfiledRun(
      graph: graph, order: tasks, outputs: tasks, start: 0, end: 10,
      tasks: [ProfiledTask(tasks[0], thread: 0, 0..<10, hasFailed: true)])
    let page = RunProfile(runs: [run], threadCount: 1).report()
    #expect(page.contains("<span class=\"failed\">1 failed</span>"))
    #expect(page.contains("[0]</span> <span class=\"failed\">failed</span>"))
    #expect(page.contains("\"failed\":[0]"))
  }

  @Test("says so when no task was run")
  func empty() {
    let page = RunMonitor(recordsTasks: true).profile.report()
    #expect(page.contains("<p>No task was run.</p>"))
    #expect(!page.contains("<script"))
    #expect(page.hasSuffix("</html>\n"))
  }

  @Test("shows the graph in words where it cannot be drawn, and says how to get a picture")
  func withoutGraphviz() {
    let profile = smallProfile(layers: ("read <&>", "add"))
    let missing = ReportGraph(profile) { _, _ in throw PictureError(.missingProgram, "dot is not there") }.section
    #expect(missing.contains("<pre>graph: 2 layers, 3 tasks, 2 dependencies\n  read &lt;&amp;&gt;-"))
    #expect(missing.contains("which is not installed; install it with: apt-get install graphviz</p>"))
    let failed = ReportGraph(profile) { _, _ in throw PictureError(.failedProgram, "dot said <no>") }.section
    #expect(failed.contains("No picture: dot said &lt;no&gt;</p>"))
    #expect(ReportGraph(profile) { _, _ in "<svg></svg>" }.section.contains("<div class=\"picture\"><svg></svg></div>"))
  }

  @Test("does not try to draw a graph of very many layers")
  func manyLayers() {
    let profile = chainOfTimes(Array(repeating: 1, count: 300), layers: 300)
    let section = ReportGraph(profile) { _, _ in throw NoPicture() }.section
    #expect(section.contains("300 layers are too many to draw."))
    let page = profile.report()
    #expect(page.contains("292 other layers</span>"))
    #expect(page.contains("250 other layers</span>"))
  }
}

@Suite("The task stream of a report")
struct ReportTimelineTests {
  private func timeline(_ profile: RunProfile, limit: Int) -> ReportTimeline {
    ReportTimeline(profile, ProfileFigures(profile), limit: limit)
  }

  @Test("draws each task when they are not too many")
  func few() {
    let profile = chainOfTimes([5, 1, 1, 7])
    let lanes = timeline(profile, limit: 4).lanes
    #expect(lanes[0].map(\.time) == [5, 1, 1, 7])
    #expect(timeline(profile, limit: 4).mergedCount == 0)
  }

  @Test("draws short neighbours together, and long tasks as they are")
  func merged() {
    let times = (0..<300).map { $0 == 100 || $0 == 200 ? 5000 : 1 }
    let result = timeline(chainOfTimes(times, layers: 3), limit: 30)
    let long = result.lanes[0].filter { $0.time >= 5000 }
    #expect(long.map(\.taskCount) == [1, 1])
    #expect(long.map(\.start) == [100, 5199])
    #expect(result.mergedCount == 298)
    #expect(result.lanes[0].count <= 30)
  }

  @Test("loses no task and no time, and stays within its limit", arguments: UInt64(1)...15)
  func conserved(seed: UInt64) {
    var generator = SplitMix64(seed: seed)
    let times = (0..<2000).map { _ in
      Int.random(in: 0..<20, using: &generator) == 0
        ? Int.random(in: 100..<5000, using: &generator) : Int.random(in: 1..<10, using: &generator)
    }
    let limit = Int.random(in: 30...1500, using: &generator)
    let blocks = timeline(chainOfTimes(times, layers: 4), limit: limit).lanes[0]
    #expect(blocks.reduce(0) { $0 + $1.taskCount } == 2000, "seed \(seed)")
    #expect(blocks.reduce(0) { $0 + $1.time } == times.reduce(0, +))
    #expect(blocks.reduce(0) { $0 + $1.resultBytes } == 2000)
    #expect(blocks.count <= limit + 3, "seed \(seed)")
    #expect(zip(blocks, blocks.dropFirst()).allSatisfy { $0.end <= $1.start })
    let longest = times.reduce(0, +) / (limit / 3) + 1
    #expect(blocks.allSatisfy { $0.taskCount == 1 || $0.end - $0.start <= longest })
  }

  @Test("draws tasks inside short ones together with them")
  func nested() {
    func run(_ name: String, _ times: [Range<Int>]) -> ProfiledRun {
      var graph = TaskGraph()
      let tasks = graph.addLayer(name, Constant(), dependencies: times.map { _ in [] })
      return ProfiledRun(
        graph: graph, order: tasks, outputs: tasks, start: 0, end: 10_000,
        tasks: zip(tasks, times).map { ProfiledTask($0, thread: 0, $1) })
    }
    let profile = RunProfile(
      runs: [
        run("outer", (0..<1000).map { $0 * 10..<$0 * 10 + 8 }),
        run("inner", (0..<1000).map { $0 * 10 + 2..<$0 * 10 + 5 }),
      ],
      threadCount: 1)
    let blocks = timeline(profile, limit: 90).lanes[0]
    #expect(blocks.count <= 90)
    #expect(blocks.reduce(0) { $0 + $1.taskCount } == 2000)
    #expect(blocks.reduce(0) { $0 + ($1.depth == 0 ? $1.time : 0) } == 8000)
  }

  @Test("gives a block the layer that most of its time went to")
  func layer() {
    // Layers in turns; the second takes most of the time.
    let times = (0..<200).map { $0 % 2 == 1 ? 9 : 2 }
    let blocks = timeline(chainOfTimes(times, layers: 2), limit: 9).lanes[0]
    #expect(blocks.allSatisfy { $0.taskCount < 3 || $0.layer == 1 })
    #expect(blocks.contains { $0.taskCount > 10 })
  }
}

@Suite("Amounts in a report")
struct ReportTextTests {
  @Test(
    "durations have three digits",
    arguments: [
      (0, "0 ns"), (999, "999 ns"), (1000, "1.00 µs"), (1234, "1.23 µs"), (12_345, "12.3 µs"), (99_960, "100 µs"),
      (999_499, "999 µs"), (999_500, "1.00 ms"), (1_234_567_890, "1.23 s"), (59_940_000_000, "59.9 s"),
      (60_000_000_000, "1 min 0 s"), (3_725_000_000_000, "1 h 2 min"),
    ])
  func durations(nanoseconds: Int, expected: String) {
    #expect(ReportText.duration(nanoseconds) == expected)
  }

  @Test(
    "sizes have three digits", arguments: [(0, "0 B"), (999, "999 B"), (1500, "1.50 kB"), (16_000_000_000, "16.0 GB")])
  func sizes(bytes: Int, expected: String) {
    #expect(ReportText.bytes(bytes) == expected)
  }

  @Test("counts have commas", arguments: [(0, "0"), (999, "999"), (1000, "1,000"), (1_234_567, "1,234,567")])
  func counts(count: Int, expected: String) {
    #expect(ReportText.count(count) == expected)
  }

  @Test(
    "shares are whole percents",
    arguments: [(0, 10, "0%"), (1, 1000, "<1%"), (5, 10, "50%"), (10, 10, "100%"), (1, 0, "0%")])
  func shares(part: Int, whole: Int, expected: String) {
    #expect(ReportText.share(part, of: whole) == expected)
  }

  @Test("text is safe in a page")
  func escaping() {
    #expect(ReportText.escaped("<a href=\"x\">&\u{0}\n") == "&lt;a href=&quot;x&quot;&gt;&amp;\u{FFFD}\n")
  }
}
