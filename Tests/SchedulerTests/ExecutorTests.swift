import Glibc
import Scheduler
import TaskGraph
import Testing

@Suite("All executors alike")
struct ExecutorTests {
  @Test("give the results of the serial one on random graphs")
  func randomGraphs() throws {
    for seed in UInt64(1)...200 {
      let (graph, outputs) = randomGraph(seed: seed)
      let expected = try SerialExecutor().run(graph, outputs: outputs).map { $0 as? UInt64 }
      for executor in executors {
        let results = try executor.run(graph, outputs: outputs).map { $0 as? UInt64 }
        #expect(results == expected && !results.contains(nil), "seed \(seed)")
      }
    }
  }

  @Test("report the same failure on random graphs where several tasks fail")
  func failures() {
    var failed = 0
    for seed in UInt64(1)...300 {
      let (graph, outputs) = randomGraph(seed: seed, failures: true)
      let expected = outcome(SerialExecutor(), graph, outputs)
      failed += expected.contains("failed") ? 1 : 0
      for executor in executors { #expect(outcome(executor, graph, outputs) == expected, "seed \(seed)") }
    }
    // Neither all nor none, or the test says nothing.
    #expect((30..<290).contains(failed))
  }

  private func outcome(_ executor: any Executor, _ graph: TaskGraph, _ outputs: [TaskID]) -> String {
    do {
      return "\(try executor.run(graph, outputs: outputs))"
    } catch {
      return "\(error)"
    }
  }

  @Test("say which task failed and why", arguments: executors)
  func taskError(executor: any Executor) throws {
    let (graph, outputs) = independent(4, Mix(seed: 1, failing: [2, 3]))
    let error = try #require(throws: TaskError.self) { try executor.run(graph, outputs: outputs) }
    #expect(error.key == graph.key(of: outputs[2]))
    #expect(error.cause as? Mix.Failure == Mix.Failure(index: 2))
    #expect("\(error)" == "task \(error.key) failed: Failure(index: 2)")
  }

  @Test("start no task behind a failure", arguments: executors)
  func stops(executor: any Executor) {
    let started = Counter()
    let failing = Counter()
    let (graph, outputs) = independent(
      1_000,
      Perform { task in
        started.add(1)
        if task.index == 10 {
          failing.add(1)
          throw Mix.Failure(index: 10)
        }
        // However late the thread comes to it that fails, the others have not run everything by then.
        if task.index > 10 {
          _ = waits { failing.value == 1 }
          usleep(1_000)
        }
        return task.index
      })
    #expect(throws: TaskError.self) { try executor.run(graph, outputs: outputs) }
    // Those before it, itself, and those that had started on other threads while it ran.
    #expect((11...500).contains(started.value))
  }

  @Test("run only what the outputs need, each task once", arguments: executors)
  func onlyNeeded(executor: any Executor) throws {
    let runs = Counter()
    var graph = TaskGraph()
    let count = Perform { task in
      runs.add(1)
      return task.index
    }
    let a = graph.addLayer("a", count, dependencies: Array(repeating: [], count: 10))
    let b = graph.addLayer("b", count, dependencies: [[a[3], a[3]], [a[4]], [a[3]]])
    let results = try executor.run(graph, outputs: [b[2], b[0], b[2]]).map { $0 as? Int }
    #expect(results == [2, 0, 2])
    #expect(runs.value == 3)
    #expect(try executor.run(graph, outputs: []).isEmpty)
    #expect(runs.value == 3)
  }

  @Test("free each result as soon as its last user is done", arguments: executors)
  func frees(executor: any Executor) throws {
    let live = Counter()
    var graph = TaskGraph()
    let make = Perform { _ in CountedResult(live) }
    let leaves = graph.addLayer("leaf", make, dependencies: Array(repeating: [], count: 256))
    let root = graph.addTree("merge", make, over: leaves)
    var results = try executor.run(graph, outputs: [root])
    #expect(live.value == 1)
    // One result for each of the nine levels, and for each thread a task with its two inputs and its result.
    let threads = (executor as? ThreadPoolExecutor)?.threads ?? 1
    #expect(live.peak <= 9 + 4 * threads)
    results.removeAll()
    #expect(live.value == 0)
  }

  @Test("leave no result behind when a task fails", arguments: executors)
  func freesAfterFailure(executor: any Executor) {
    let live = Counter()
    let (graph, outputs) = independent(
      100,
      Perform { task in
        if task.index == 50 { throw Mix.Failure(index: 50) }
        return CountedResult(live)
      })
    #expect(throws: TaskError.self) { try executor.run(graph, outputs: outputs) }
    #expect(live.value == 0 && live.peak >= 50)
  }

  @Test("run a chain of a million tasks", arguments: [executors[0], executors[2]])
  func longChain(executor: any Executor) throws {
    var graph = TaskGraph()
    let add = Perform { task in (task.inputs.first as? Int ?? 0) + 1 }
    let count: UInt32 = 1_000_000
    graph.addLayer("chain", add, dependencies: (0..<count).map { $0 == 0 ? [] : [TaskID(index: $0 - 1)] })
    let results = try executor.run(graph, outputs: [TaskID(index: count - 1)])
    #expect(results.first as? Int == Int(count))
  }
}
