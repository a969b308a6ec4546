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
    guard count > 0 else { return refused("a frame has 1 partition at least, and not \(count)") }
    return LazyFrame(.verb(RepartitionVerb(count: count), plan))
  }

  /// The same rows in the same order, in partitions of at most so many rows. **Computes** the number of rows at once, since a
  /// plan must know its partitions; the rest is lazy.
  ///
  ///     let even = try filtered.repartition(rows: 100_000)
  ///
  /// - Throws: what computing throws.
  public func repartition(rows: Int, options: ComputeOptions = ComputeOptions()) throws -> LazyFrame {
    guard rows > 0 else { throw LazyFrameError(.argument, "a partition has 1 row at least, and not \(rows)") }
    let counted = try groupBy([]).aggregate(count().as("rows")).compute(options)
    guard case .int(let total)? = counted.rows.first?.first else { preconditionFailure("a count is a number") }
    return repartition(count: total == 0 ? 1 : (Int(total) + rows - 1) / rows)
  }

  /// The partitions, each as a frame of its own: `frame.partitions[0]`. Lazy.
  ///
  /// One that there is not makes the plan throw `LazyFrameError`; there are as many as `partitionCount()` says. Of a file only
  /// the partition's part is read, but where its first record begins is made sure by walking the whole file.
  public var partitions: LazyPartitions { LazyPartitions(frame: self) }

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

/// The partitions of a lazy frame.
public struct LazyPartitions: Sendable {
  fileprivate let frame: LazyFrame

  /// The rows of one partition, from 0. Lazy.
  public subscript(index: Int) -> LazyFrame { LazyFrame(.verb(PartitionVerb(index: index), frame.plan)) }
}

extension DataFrame {
  /// A lazy frame of these rows, which it shares. O(1).
  public var lazy: LazyFrame { LazyFrame(self) }
}
