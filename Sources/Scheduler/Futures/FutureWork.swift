/// Is told when a future is done.
protocol FutureObserver: AnyObject, Sendable {
  /// - Parameters:
  ///   - tag: What was given to `FutureTask.observe`.
  ///   - work: Takes up what follows.
  func futureIsDone(_ task: FutureTask, tag: Int, _ work: inout FutureWork)
}

/// What follows from the end of a future, and from what follows from that. One loop works it off, so that nothing recurses.
struct FutureWork {
  /// Tasks whose observers are to be told.
  private var done: [FutureTask] = []
  /// Tasks for the pool that is next to be given some.
  private var queued: [FutureTask] = []
  private var pool: ThreadPoolExecutor?
  /// Tasks that this thread runs itself.
  private var own = FutureLine()
  /// Tasks for executors that are given runs.
  private var started: [(task: FutureTask, executor: any Executor)] = []
  /// The first of them that has not been given away.
  private var nextStarted = 0
  /// The queue into which the calling thread will look when this is finished.
  private let drained: FutureQueue?
  /// The pool of that queue, if something was added to it for which no other thread was told.
  private var untold: ThreadPoolExecutor?

  init(draining queue: FutureQueue? = nil) {
    drained = queue
  }

  /// Takes up that a task is done.
  mutating func isDone(_ task: FutureTask) { done.append(task) }

  /// Takes up that a task has all its inputs.
  mutating func isReady(_ task: FutureTask, _ place: FuturePlace) {
    switch place {
    case .pool(let executor):
      if executor !== pool { enqueue() }
      pool = executor
      queued.append(task)
    case .callingThread:
      _ = own.insert(task)
    case .executor(let executor):
      started.append((task, executor))
    case .ownThread:
      if !PoolThread.start({ if task.claim() { task.runTaken() } }) { _ = own.insert(task) }
    }
  }

  /// Runs a task that the calling thread has taken.
  mutating func run(_ task: FutureTask) {
    task.run()
    isDone(task)
  }

  private mutating func enqueue() {
    if let pool, !queued.isEmpty {
      let isDraining = pool.futures === drained
      pool.futures.add(queued, for: pool, isDraining: isDraining)
      if isDraining { untold = pool }
    }
    queued.removeAll()
  }

  /// Tells other threads what is in the queue, before this one does something else that may take long.
  private mutating func tell() {
    if let pool = untold.take() { pool.futures.add([], for: pool, isDraining: false) }
  }

  /// Works all off.
  mutating func finish() {
    while true {
      if let task = done.popLast() {
        task.tellObservers(&self)
      } else if !queued.isEmpty {
        enqueue()
      } else if let task = own.popFirst() {
        tell()
        if task.claim() { PoolThread.runsFuture { run(task) } }
      } else if nextStarted < started.count {
        let (task, executor) = started[nextStarted]
        nextStarted += 1
        if nextStarted == started.count { (started, nextStarted) = ([], 0) }
        tell()
        if executor.startFuture(task) { isDone(task) }
      } else {
        return
      }
    }
  }
}

extension FutureWork {
  /// Works off what follows from the end of a task.
  static func follow(_ task: FutureTask) {
    var work = FutureWork()
    work.isDone(task)
    work.finish()
  }
}

extension FutureTask {
  /// Runs the task, which the calling thread has taken, and what follows from it.
  func runTaken(draining queue: FutureQueue? = nil) {
    var work = FutureWork(draining: queue)
    work.run(self)
    work.finish()
  }
}
