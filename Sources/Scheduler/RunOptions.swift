import TaskGraph

/// What a run of a graph is told besides the graph.
public struct RunOptions: Sendable {
  /// Stops the run: no task starts once it is cancelled.
  public var cancellation: CancellationToken

  /// Watches the run. Nil: nobody does, and nothing is recorded.
  public var monitor: RunMonitor?

  /// Among the runs that wait for the same threads, those with a higher number come first.
  public var priority: Int

  public init(
    cancellation: CancellationToken = CancellationToken(), monitor: RunMonitor? = nil, priority: Int = 0
  ) {
    self.cancellation = cancellation
    self.monitor = monitor
    self.priority = priority
  }
}
