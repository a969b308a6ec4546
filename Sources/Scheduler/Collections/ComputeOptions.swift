import TaskGraph

/// How lazy collections are computed. None of these options changes the values of a result. (Leaving out a pass can make a
/// CSV column wider, when rows are then read that would have been passed over.)
public struct ComputeOptions: Sendable {
  /// How many threads run tasks. Nil: one for each processor that the process may use.
  public var threads: Int?

  /// How many bytes of results may be alive; results beyond that wait on disk. Nil: 60% of the memory of the machine.
  public var memoryLimit: Int?

  /// Where results go for which there is no memory. Nil: `$TMPDIR`, or `/var/tmp`.
  public var spillFolder: String?

  /// What runs the tasks. Nil: a pool of threads by the options above. It is one for the whole process while they are all nil.
  public var executor: (any Executor)?

  /// Stops the run: no task starts once it is cancelled.
  public var cancellation = CancellationToken()

  /// Among the runs that wait for the same threads, those with a higher number come first.
  public var priority = 0

  /// Watches the run. Nil: nobody does, and nothing is recorded.
  public var monitor: RunMonitor?

  /// Passes of the collections' own optimisers that are left out, by name: `predicate-push-down` and so on. (What
  /// `GraphOptimizer` does to a graph is left to those who run graphs themselves.)
  public var disabledPasses: Set<String> = []

  /// All passes, on a pool of `threads` threads; nil: one for each processor that the process may use.
  public init(threads: Int? = nil) {
    self.threads = threads
  }

  /// The executor that was chosen, or the pool that the options describe.
  var resolvedExecutor: any Executor {
    if let executor { return executor }
    if threads == nil, memoryLimit == nil, spillFolder == nil { return Self.sharedPool }
    return ThreadPoolExecutor(
      threads: threads, memoryLimit: memoryLimit ?? ThreadPoolExecutor.defaultMemoryLimit, spillFolder: spillFolder)
  }

  private static let sharedPool = ThreadPoolExecutor()
}
