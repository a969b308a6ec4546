import TaskGraph

/// Runs tasks on several threads, by their priorities and within a memory budget. The default executor.
///
/// The pool's threads are started when they are first needed, sleep when there is nothing to do, and end with the
/// executor. The thread that calls `run` works too, so a pool of one thread starts none for it.
///
/// A run inside a task of a run shares the threads of the pool that runs the task, whichever executor is asked: it cannot
/// wait for a thread that waits for it, and there are never more tasks at work than that pool has threads.
public final class ThreadPoolExecutor: Executor {
  /// The number of tasks that run at the same time.
  public let threads: Int

  /// How many bytes of results may be alive, or nil for as many as there are. See `init(threads:memoryLimit:spillFolder:)`.
  public let memoryLimit: Int?

  private let pool: ThreadPool

  /// The futures that wait for a thread.
  let futures = FutureQueue()

  /// Makes a pool.
  ///
  /// - Parameters:
  ///   - threads: How many tasks run at the same time, at least one. By default one for each processor that the process may
  ///     use, as limited by `taskset`.
  ///   - memoryLimit: How many bytes of results may be alive: when it comes near, tasks that bring new data in wait, and
  ///     `Spillable` results that must wait themselves are put on disk. What tasks use while they run is not counted.
  ///     By default 60% of the memory of the machine, or of the container; nil for no limit.
  ///   - spillFolder: Where results go for which there is no memory. By default `$TMPDIR`, or `/var/tmp`. Nothing is
  ///     written there before it is needed, and nothing is left there however the program ends.
  public init(
    threads: Int? = nil, memoryLimit: Int? = ThreadPoolExecutor.defaultMemoryLimit, spillFolder: String? = nil
  ) {
    let threads = threads ?? availableProcessorCount()
    precondition(threads >= 1, "A thread pool needs at least one thread, not \(threads).")
    self.threads = threads
    self.memoryLimit = memoryLimit
    let folder = spillFolder ?? NamelessFile.defaultFolder
    pool = ThreadPool(threads: threads, memory: memoryLimit.map { MemoryLedger(limit: $0, spillFolder: folder) })
  }

  deinit { pool.stop() }

  /// What the memory budget counts; nil without one.
  var ledger: MemoryLedger? { pool.memory }

  public func run(_ graph: TaskGraph, outputs: [TaskID], options: RunOptions) throws -> [any Sendable] {
    let order = graph.order(outputs: outputs)
    if order.isEmpty { return [] }
    let current = PoolThread.current
    let pool = current ?? pool
    let run = PoolRun(
      graph, order: order, outputs: outputs, options: options, pool: pool, ownerHasPermit: current != nil)
    pool.add(run)
    pool.wake(run.startWidth - 1)
    return try run.waitForEnd()
  }

  public func start(
    _ graph: TaskGraph, outputs: [TaskID], options: RunOptions,
    completion: @escaping @Sendable (Result<[any Sendable], any Error>) -> Void
  ) {
    let order = graph.order(outputs: outputs)
    if order.isEmpty { return completion(.success([])) }
    let run = PoolRun(graph, order: order, outputs: outputs, options: options, pool: pool, completion: completion)
    pool.add(run)
    pool.wake(run.startWidth)
    if pool.hasNoThread, pool.takePermit() {
      PoolThread.works(for: pool) { run.work() }
      pool.returnPermit()
    }
  }
}
