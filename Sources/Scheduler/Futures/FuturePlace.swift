import Synchronization
import TaskGraph

/// Where a future runs when it has its inputs.
enum FuturePlace: Sendable {
  /// In the queue of a pool.
  case pool(ThreadPoolExecutor)
  /// In the thread that has found it ready: as the serial executor does.
  case callingThread
  /// As a run of a graph of one task.
  case executor(any Executor)
  /// In a thread of its own, which only waits for a run.
  case ownThread

  /// - Parameter isRun: Whether the future does nothing but run a graph on the executor.
  init(_ executor: some Executor, isRun: Bool) {
    if let pool = executor as? ThreadPoolExecutor {
      self = .pool(pool)
    } else if executor is SerialExecutor {
      self = .callingThread
    } else {
      self = isRun ? .ownThread : .executor(executor)
    }
  }

  var queue: FutureQueue? {
    if case .pool(let executor) = self { executor.futures } else { nil }
  }
}

extension Executor {
  /// Runs a future as a graph of one task.
  ///
  /// An executor may do that before `start` returns. What follows is then left to the caller, since what follows may be a
  /// hundred thousand futures more.
  ///
  /// - Returns: Whether the future is done, and the caller sees to what follows.
  func startFuture(_ task: FutureTask) -> Bool {
    let handover = FutureHandover()
    let work = LocalFunction { _ in
      if task.claim() {
        task.run()
        if !handover.isLeftToStarter() { FutureWork.follow(task) }
      }
      return ()
    }
    var graph = TaskGraph()
    let outputs = graph.addLayer(task.name.name, work, resultBytes: 0, dependencies: [[]])
    let options = RunOptions(cancellation: task.cancellation, priority: task.priority)
    start(graph, outputs: outputs, options: options) { result in
      if case .failure(let error) = result { task.refuse(error) }
    }
    return handover.hasStarted()
  }
}

/// Settles who sees to what follows from a future: the thread that has started it, or the one that has run it.
private final class FutureHandover: Sendable {
  private let isSettled = Atomic(false)

  /// The future is done: whether the thread that started it has yet to come to that.
  func isLeftToStarter() -> Bool { !isSettled.exchange(true, ordering: .acquiringAndReleasing) }

  /// The future is started: whether it is done already.
  func hasStarted() -> Bool { isSettled.exchange(true, ordering: .acquiringAndReleasing) }
}
