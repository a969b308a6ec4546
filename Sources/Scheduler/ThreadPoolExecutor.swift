import TaskGraph

/// Runs tasks on several threads, by their priorities. The default executor.
///
/// The threads are started for each run and end with it, and the calling thread is one of them: a pool that runs nothing
/// holds nothing, and a run with one thread starts none. Threads without work sleep.
///
/// A run inside a task of a run, on this or another pool, is done serially by the thread that asks for it: it cannot wait
/// for a thread that waits for it, and the processors are busy already.
public final class ThreadPoolExecutor: Executor {
  /// The number of tasks that run at the same time.
  public let threads: Int

  /// Makes a pool.
  ///
  /// - Parameter threads: How many tasks run at the same time, at least one. By default one for each processor that the
  ///   process may use, as limited by `taskset`.
  public init(threads: Int? = nil) {
    let threads = threads ?? availableProcessorCount()
    precondition(threads >= 1, "A thread pool needs at least one thread, not \(threads).")
    self.threads = threads
  }

  public func run(_ graph: TaskGraph, outputs: [TaskID], cancellation: CancellationToken) throws -> [any Sendable] {
    if PoolThread.isCurrent { return try SerialExecutor().run(graph, outputs: outputs, cancellation: cancellation) }
    let run = PoolRun(graph, outputs: outputs, threads: threads, cancellation: cancellation)
    let others = (1..<max(1, run.threads)).compactMap { thread in
      PoolThread { PoolThread.asCurrent { run.work(thread: thread) } }
    }
    PoolThread.asCurrent { run.work(thread: 0) }
    for other in others { other.join() }
    return try run.result()
  }
}
