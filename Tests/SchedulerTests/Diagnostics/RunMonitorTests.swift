import Synchronization
import TaskGraph
import Testing

@testable import Scheduler

@Suite("A monitor")
struct RunMonitorTests {
  @Test("records every task once, behind those that it depends on", arguments: executors)
  func everyTask(executor: any Executor) throws {
    for seed in UInt64(1)...100 {
      let (graph, outputs) = randomGraph(seed: seed)
      let monitor = RunMonitor(recordsTasks: true)
      _ = try executor.run(graph, outputs: outputs, options: RunOptions(monitor: monitor))
      let run = try #require(monitor.profile.runs.first)
      #expect(run.start == 0)
      let order = graph.order(outputs: outputs)
      #expect(run.tasks.map(\.task).sorted() == order.sorted(), "seed \(seed)")
      let ends = Dictionary(uniqueKeysWithValues: run.tasks.map { ($0.task, $0.end) })
      for task in run.tasks {
        #expect(task.start <= task.end && task.end <= run.end, "seed \(seed)")
        #expect(task.resultBytes == MemoryLayout<UInt64>.size)
        #expect(!task.hasFailed)
        #expect(graph.dependencies(of: task.task).allSatisfy { ends[$0] ?? .max <= task.start }, "seed \(seed)")
      }
      #expect(run.tasks == run.tasks.sorted { ($0.start, $0.end, $0.task) < ($1.start, $1.end, $1.task) })
    }
  }

  @Test("records tasks of a thread that do not overlap", arguments: executors)
  func threads(executor: any Executor) throws {
    for seed in UInt64(1)...100 {
      let (graph, outputs) = randomGraph(seed: seed)
      let monitor = RunMonitor(recordsTasks: true)
      _ = try executor.run(graph, outputs: outputs, options: RunOptions(monitor: monitor))
      let profile = monitor.profile
      #expect(profile.threadCount <= (executor as? ThreadPoolExecutor)?.threads ?? 1)
      for thread in 0..<profile.threadCount {
        let tasks = profile.runs[0].tasks.filter { $0.thread == thread }
        #expect(!tasks.isEmpty)
        #expect(zip(tasks, tasks.dropFirst()).allSatisfy { $0.end <= $1.start }, "seed \(seed)")
      }
    }
  }

  @Test("records a task that fails, and none behind it", arguments: executors)
  func failure(executor: any Executor) throws {
    var (graph, tasks) = independent(3, Mix(seed: 1, failing: [1]))
    let last = graph.addLayer("last", Mix(seed: 2), dependencies: [tasks])
    let monitor = RunMonitor(recordsTasks: true)
    #expect(throws: TaskError.self) {
      try executor.run(graph, outputs: last, options: RunOptions(monitor: monitor))
    }
    let profile = monitor.profile
    #expect(profile.runs[0].tasks.filter(\.hasFailed).map(\.task) == [tasks[1]])
    #expect(!profile.runs[0].tasks.contains { $0.task == last[0] })
    #expect(monitor.running.isEmpty)
    tasks.removeAll()
  }

  @Test("records nothing when it was not asked to")
  func counting() throws {
    let (graph, outputs) = independent(10, Mix(seed: 1))
    let monitor = RunMonitor()
    _ = try SerialExecutor().run(graph, outputs: outputs, options: RunOptions(monitor: monitor))
    #expect(monitor.profile.runs.isEmpty)
    #expect(monitor.profile.duration == 0)
    #expect(monitor.profile.taskCount == 0)
  }

  @Test("counts while the run goes on", arguments: executors)
  func whileRunning(executor: any Executor) throws {
    let monitor = RunMonitor()
    let seen = Mutex<(done: Int?, runs: Int)>((nil, 0))
    var (graph, tasks) = independent(20, Mix(seed: 1))
    tasks = graph.addLayer(
      "last",
      Perform { _ in
        seen.withLock { $0 = (monitor.running.first?.done, monitor.running.count) }
        return 0
      }, dependencies: [tasks])
    _ = try executor.run(graph, outputs: tasks, options: RunOptions(monitor: monitor))
    #expect(seen.withLock { $0.done } == 20)
    #expect(seen.withLock { $0.runs } == 1)
    #expect(monitor.running.isEmpty)
  }

  @Test("keeps several runs apart, in the order in which they began")
  func severalRuns() throws {
    let monitor = RunMonitor(recordsTasks: true)
    for count in 1...3 {
      let (graph, outputs) = independent(count, Mix(seed: 1))
      _ = try ThreadPoolExecutor(threads: 2).run(graph, outputs: outputs, options: RunOptions(monitor: monitor))
    }
    let profile = monitor.profile
    #expect(profile.runs.map(\.tasks.count) == [1, 2, 3])
    #expect(zip(profile.runs, profile.runs.dropFirst()).allSatisfy { $0.end <= $1.start })
    #expect(profile.duration == profile.runs[2].end)
    #expect(profile.taskCount == 6)
  }

  @Test("sees runs inside tasks on the threads of the tasks around them", arguments: [1, 3])
  func nestedRuns(threads: Int) throws {
    let monitor = RunMonitor(recordsTasks: true)
    let executor = ThreadPoolExecutor(threads: threads)
    let options = RunOptions(monitor: monitor)
    let (graph, outputs) = independent(
      4,
      Perform { task in
        let (inner, outputs) = independent(task.index + 1, Mix(seed: 1))
        return try executor.run(inner, outputs: outputs, options: options).count
      })
    _ = try executor.run(graph, outputs: outputs, options: options)
    let profile = monitor.profile
    #expect(profile.runs.map(\.tasks.count).sorted() == [1, 2, 3, 4, 4])
    #expect(profile.runs[0].tasks.count == 4)
    #expect(profile.threadCount <= threads)
    let figures = ProfileFigures(profile)
    #expect(figures.lanes.joined().map(\.depth).max() ?? 0 >= 1)
    #expect(figures.busy.allSatisfy { $0 <= profile.duration })
  }

  @Test("follows the results: alive from the end of a task to that of the last that uses it")
  func liveBytes() {
    let run = smallProfile().runs[0]
    #expect(run.tasks.map(\.liveBytes) == [1000, 200, 1008])
    #expect(
      run.liveBytes == [
        ProfiledRun.LiveBytes(time: 2000, bytes: 200), ProfiledRun.LiveBytes(time: 3000, bytes: 1000),
        ProfiledRun.LiveBytes(time: 3500, bytes: 1008), ProfiledRun.LiveBytes(time: 3500, bytes: 8),
        ProfiledRun.LiveBytes(time: 4000, bytes: 0),
      ])
  }

  @Test("counts as alive what is alive", arguments: UInt64(1)...50)
  func liveBytesOfRandomRuns(seed: UInt64) throws {
    let (graph, outputs) = randomGraph(seed: seed)
    let monitor = RunMonitor(recordsTasks: true)
    _ = try ThreadPoolExecutor(threads: 3).run(graph, outputs: outputs, options: RunOptions(monitor: monitor))
    let run = monitor.profile.runs[0]
    let dependents = graph.dependents()
    let byTask = Dictionary(uniqueKeysWithValues: run.tasks.map { ($0.task, $0) })
    for task in run.tasks {
      // Slowly, from the definition. Tasks that end at the same time end in the order of their ids.
      let now = (task.end, task.task)
      let alive = run.tasks.filter { other in
        let users = dependents[other.task].compactMap { byTask[$0] }
        let isKept = outputs.contains(other.task) || users.contains { ($0.end, $0.task) >= now }
        return (other.end, other.task) <= now && isKept
      }
      #expect(task.liveBytes == alive.reduce(0) { $0 + $1.resultBytes })
    }
    #expect(run.liveBytes.last?.bytes == 0)
  }
}
