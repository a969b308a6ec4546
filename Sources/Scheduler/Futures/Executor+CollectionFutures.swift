import TaskGraph

extension Executor {
  /// Starts to compute a lazy collection. Does not wait.
  ///
  ///     let summary = executor.submit(frame.groupBy("symbol").mean("close"))
  ///
  /// If the run proves an assumption of the collection wrong, it is mended and run again, which is no retry. The future fails
  /// with the errors that a run throws, which name the task that failed.
  ///
  /// - Parameters:
  ///   - collection: What to compute.
  ///   - priority: Of the future among those that wait for a thread of the pool, and of its run.
  ///   - retries: How often a computation that failed is begun again.
  public func submit<Collection: LazyCollection>(
    _ collection: Collection, priority: Int = 0, retries: Int = 0
  ) -> Future<Collection.Computed> {
    let task = FutureComputation(
      name: FutureName(name: ""), inputs: [], place: FuturePlace(self, isRun: true), priority: priority,
      retries: retries
    ) { token in
      var options = ComputeOptions()
      options.executor = self
      options.cancellation = token
      options.priority = priority
      return try collection.compute(options)
    }
    var work = FutureWork()
    task.begin(&work)
    work.finish()
    return Future(task: task)
  }
}
