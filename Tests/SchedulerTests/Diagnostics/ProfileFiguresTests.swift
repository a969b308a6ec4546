import TaskGraph
import Testing

@testable import Scheduler

@Suite("The figures of a profile")
struct ProfileFiguresTests {
  @Test("add up by threads and by layers")
  func small() {
    let profile = smallProfile()
    let figures = ProfileFigures(profile)
    #expect(figures.busy == [3499, 1500])
    #expect(figures.layers.map(\.name) == ["read", "add"])
    #expect(figures.layers.map(\.time) == [4500, 499])
    #expect(figures.layers.map(\.taskCount) == [2, 1])
    #expect(figures.layers.map(\.longest) == [3000, 499])
    #expect(figures.layers.map(\.mean) == [2250, 499])
    #expect(figures.layers.map(\.resultBytes) == [1000, 8])
    #expect(figures.peakLiveBytes == 1008)
    #expect(figures.failedCount == 0)
    #expect(abs(figures.parallelism(profile) - 4999.0 / 4000) < 1e-9)
  }

  @Test("agree with each other on random runs", arguments: UInt64(1)...30)
  func sums(seed: UInt64) throws {
    let monitor = RunMonitor(recordsTasks: true)
    let (graph, outputs) = randomGraph(seed: seed, failures: true)
    let executor = ThreadPoolExecutor(threads: 3)
    for _ in 0..<2 { _ = try? executor.run(graph, outputs: outputs, options: RunOptions(monitor: monitor)) }
    let profile = monitor.profile
    let figures = ProfileFigures(profile)
    #expect(figures.layers.reduce(0) { $0 + $1.taskCount } == profile.taskCount)
    #expect(figures.layers.reduce(0) { $0 + $1.time } == figures.busy.reduce(0, +))
    #expect(figures.lanes.reduce(0) { $0 + $1.count } == profile.taskCount)
    #expect(figures.lanes.joined().allSatisfy { $0.depth == 0 })
    #expect(figures.failedCount == profile.runs.reduce(0) { $0 + $1.tasks.count { $0.hasFailed } })
  }

  @Test("count the time of a task inside another once")
  func nested() {
    // thread 1   [ outer               ]
    //                [ a ][   b   ]
    //                      [ c ]             inside b
    func run(_ name: String, _ times: [Range<Int>]) -> ProfiledRun {
      var graph = TaskGraph()
      let tasks = graph.addLayer(name, Constant(), dependencies: times.map { _ in [] })
      return ProfiledRun(
        graph: graph, order: tasks, outputs: tasks, start: 0, end: 100,
        tasks: zip(tasks, times).map { ProfiledTask($0, thread: 0, $1) })
    }
    let profile = RunProfile(
      runs: [run("outer", [0..<100]), run("inner", [20..<40, 40..<80]), run("innermost", [40..<60])], threadCount: 1)
    let figures = ProfileFigures(profile)
    #expect(figures.lanes[0].map(\.depth) == [0, 1, 1, 2])
    #expect(figures.lanes[0].map(\.ownTime) == [40, 20, 20, 20])
    #expect(figures.busy == [100])
    #expect(figures.layers.map(\.name) == ["outer", "inner", "innermost"])
    #expect(figures.layers.map(\.time) == [40, 40, 20])
  }

  @Test("do not take tasks without length to be inside each other")
  func withoutLength() {
    let figures = ProfileFigures(chainOfTimes([0, 0, 5, 0, 0]))
    #expect(figures.lanes[0].map(\.depth) == [0, 0, 0, 0, 0])
    #expect(figures.busy == [5])
  }

  @Test("name the longest tasks, the first of equals before the others")
  func longest() {
    let profile = chainOfTimes([3, 9, 1, 9, 4])
    let figures = ProfileFigures(profile)
    #expect(figures.longest(3, of: profile).map(\.task.task.index) == [1, 3, 4])
    #expect(figures.longest(10, of: profile).map(\.task.duration) == [9, 9, 4, 3, 1])
  }

  @Test("are nothing without a run")
  func empty() {
    let profile = RunMonitor(recordsTasks: true).profile
    let figures = ProfileFigures(profile)
    #expect(figures.layers.isEmpty && figures.busy.isEmpty && figures.peakLiveBytes == 0)
    #expect(figures.parallelism(profile) == 0)
    #expect(figures.longest(3, of: profile).isEmpty)
  }
}
