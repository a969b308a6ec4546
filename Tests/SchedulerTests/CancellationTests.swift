import Glibc
import Scheduler
import TaskGraph
import Testing

@Suite("Cancellation")
struct CancellationTests {
  @Test("before the run lets no task start", arguments: executors)
  func before(executor: any Executor) {
    let started = Counter()
    let token = CancellationToken()
    token.cancel()
    let (graph, outputs) = independent(
      10,
      Perform { _ in
        started.add(1)
        return 0
      })
    #expect(throws: CancelledError()) {
      try executor.run(graph, outputs: outputs, options: RunOptions(cancellation: token))
    }
    #expect(started.value == 0)
  }

  @Test("during the run stops it within one task", arguments: executors)
  func during(executor: any Executor) {
    let startedAfter = Counter()
    let token = CancellationToken()
    let (graph, outputs) = independent(
      1_000,
      Perform { task in
        if token.isCancelled { startedAfter.add(1) }
        if task.index == 10 { token.cancel() }
        return 0
      })
    #expect(throws: CancelledError()) {
      try executor.run(graph, outputs: outputs, options: RunOptions(cancellation: token))
    }
    // At most the tasks that other threads had just taken.
    #expect(startedAfter.value <= 6)
  }

  @Test("reaches a task that is running", arguments: executors)
  func running(executor: any Executor) {
    let token = CancellationToken()
    let (graph, outputs) = independent(
      1,
      Perform { task in
        token.cancel()
        try task.cancellation.checkCancelled()
        return 0
      })
    #expect(throws: CancelledError()) {
      try executor.run(graph, outputs: outputs, options: RunOptions(cancellation: token))
    }
  }

  @Test("after the last task is too late to matter", arguments: executors)
  func after(executor: any Executor) throws {
    let token = CancellationToken()
    let (graph, outputs) = independent(
      1,
      Perform { _ in
        token.cancel()
        return 7
      })
    #expect(try executor.run(graph, outputs: outputs, options: RunOptions(cancellation: token)).first as? Int == 7)
  }

  @Test("comes to the tasks behind a failure that are running, and spares the caller's token")
  func behindFailure() throws {
    let started = Counter()
    let stopped = Counter()
    let token = CancellationToken()
    var graph = TaskGraph()
    let failing = Perform { _ in
      started.add(1)
      _ = waits { started.value == 2 }
      throw Mix.Failure(index: 0)
    }
    let patient = Perform { task in
      started.add(1)
      let own = task.cancellation
      if waits(until: { own.isCancelled }) { stopped.add(1) }
      try own.checkCancelled()
      return 1
    }
    let outputs =
      graph.addLayer("failing", failing, dependencies: [[]]) + graph.addLayer("patient", patient, dependencies: [[]])
    let error = try #require(throws: TaskError.self) {
      try ThreadPoolExecutor(threads: 2).run(graph, outputs: outputs, options: RunOptions(cancellation: token))
    }
    #expect(error.key == graph.key(of: outputs[0]))
    #expect(stopped.value == 1)
    #expect(!token.isCancelled)
  }

  @Test("does not come to the tasks before a failure, and theirs is the one reported")
  func beforeFailure() throws {
    let failed = Counter()
    let cancelled = Counter()
    let started = Counter()
    // Task 0 goes on after task 2 has failed; task 3 must then not start.
    let (graph, outputs) = independent(
      4,
      Perform { task in
        started.add(1)
        switch task.index {
        case 0:
          _ = waits { failed.value == 1 }
          usleep(20_000)
          if task.cancellation.isCancelled { cancelled.add(1) }
          throw Mix.Failure(index: 0)
        case 2:
          failed.add(1)
          throw Mix.Failure(index: 2)
        default:
          return 0
        }
      })
    let error = try #require(throws: TaskError.self) {
      try ThreadPoolExecutor(threads: 2).run(graph, outputs: outputs)
    }
    #expect(error.key == graph.key(of: outputs[0]))
    #expect(cancelled.value == 0)
    #expect(started.value == 3)
  }

  @Test("of a task behind a failure does not stick to the thread that ran it")
  func threadGoesOn() throws {
    let started = Counter()
    let failed = Counter()
    let arrived = Counter()
    let cancelled = Counter()
    var graph = TaskGraph()
    let first = graph.addLayer(
      "first",
      Perform { _ in
        _ = waits { failed.value == 2 }
        return 0
      }, dependencies: [[]])
    // Ready only after the failure, and one for each of the three threads, since each waits for the others.
    let early = Perform { task in
      arrived.add(1)
      _ = waits { arrived.value == 3 }
      if task.cancellation.isCancelled { cancelled.add(1) }
      return 0
    }
    let failing = Perform { _ in
      _ = waits { started.value == 1 }
      failed.add(1)
      throw Mix.Failure(index: 0)
    }
    let patient = Perform { task in
      started.add(1)
      let own = task.cancellation
      _ = waits { own.isCancelled }
      failed.add(1)
      return 0
    }
    let outputs =
      graph.addLayer("early", early, dependencies: [first, first, first])
      + graph.addLayer("failing", failing, dependencies: [[]]) + graph.addLayer("patient", patient, dependencies: [[]])
    let error = try #require(throws: TaskError.self) {
      try ThreadPoolExecutor(threads: 3).run(graph, outputs: outputs)
    }
    #expect(error.key == graph.key(of: outputs[3]))
    #expect(arrived.value == 3)
    #expect(cancelled.value == 0)
  }
}
