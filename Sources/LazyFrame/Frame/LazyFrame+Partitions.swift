import Columnar
import Scheduler
import TaskGraph

// Verbs that see the partitions of a frame.

extension LazyFrame {
  /// Each partition as a function makes it over, also an empty one. Lazy; partitions keep their order.
  ///
  ///     let scaled = prices.mapPartitions(schema: schema) { try scale($0) }
  ///
  /// The function runs on any thread, for several partitions at once, and must give the same for the same partition. A plan
  /// with it is no data: it has no keys, and cannot be written down. The run throws what the function throws, and
  /// `LazyFrameError` when its table has other columns than were declared.
  ///
  /// - Parameters:
  ///   - schema: the columns of the table that the function returns.
  ///   - body: the function.
  public func mapPartitions(
    schema: Schema, _ body: @escaping @Sendable (DataFrame) throws -> DataFrame
  ) -> LazyFrame {
    LazyFrame(.verb(MapPartitionsVerb(map: PartitionMap(schema: schema, body)), plan))
  }

  /// The same rows in the same order, in so many partitions of equal size. Lazy; all rows are held in memory.
  ///
  ///     let even = filtered.repartition(count: 8)
  ///
  /// O(rows).
  public func repartition(count: Int) -> LazyFrame {
    precondition(count > 0, "a frame has at least one partition")
    return LazyFrame(.verb(RepartitionVerb(count: count), plan))
  }

  /// Computes the frame at once, and gives one that starts from its rows in memory.
  ///
  ///     let base = try prices.filter(col("close") > 10).persist()
  ///
  /// - Throws: what computing throws.
  public func persist(_ options: ComputeOptions = ComputeOptions()) throws -> LazyFrame {
    LazyFrame(DataFrame(try compute(options).batch))
  }

  /// How many partitions the result has, which is how many tasks its last step is. Computes nothing. O(tasks).
  ///
  /// - Throws: `LazyFrameError` for names and types that do not fit.
  public func partitionCount() throws -> Int {
    var graph = TaskGraph()
    let last = try physicalPlan(disabledPasses: []).addTasks(to: &graph)
    return graph.dependencies(of: last).count
  }

  /// Whether there is no row. **Computes** as much as it takes to find one.
  ///
  /// - Throws: what computing throws.
  public func isEmpty(_ options: ComputeOptions = ComputeOptions()) throws -> Bool {
    try limit(1).compute(options).rowCount == 0
  }
}

extension DataFrame {
  /// A lazy frame of these rows, which it shares. O(1).
  public var lazy: LazyFrame { LazyFrame(self) }
}
