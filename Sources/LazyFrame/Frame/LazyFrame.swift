import CSV
import Columnar

/// A table that is described but not yet computed.
///
/// Each method returns a new frame with one more operation; nothing is read until `compute()`. Names and types are checked
/// when the frame is explained, computed or asked for its schema.
///
///     let prices = try LazyFrame.scanCSV("prices.csv")
///     let yearly = prices
///       .groupBy(col("symbol"), col("date").dt.year.as("year"))
///       .aggregate(col("open", "close").mean())
///     print(try yearly.compute())
public struct LazyFrame: Sendable {
  let plan: LogicalPlan
  /// Tells copies of the frame from other frames.
  private let token = Token()

  private final class Token: Sendable {}

  init(_ plan: LogicalPlan) {
    self.plan = plan
  }

  public var identity: ObjectIdentifier? { ObjectIdentifier(token) }

  /// A frame of the rows of CSV files. Lazy, but looks at a few megabytes to find the columns and their types.
  ///
  /// - Parameters:
  ///   - paths: files, or patterns such as `logs/*.csv`; all must have the same columns.
  ///   - options: how to read them.
  /// - Throws: `CSVError` when a file is missing, empty or no text.
  public static func scanCSV(_ paths: String..., options: CSVOptions = CSVOptions()) throws -> LazyFrame {
    try scanCSV(paths, options: options)
  }

  /// The same for a list of paths.
  public static func scanCSV(_ paths: [String], options: CSVOptions = CSVOptions()) throws -> LazyFrame {
    scanCSV(try CSVScan.open(paths, options: options))
  }

  /// A frame of the rows of CSV files that were looked at before.
  public static func scanCSV(_ scan: CSVScan) -> LazyFrame {
    LazyFrame(.scan(.csv(scan)))
  }

  /// A frame of the records of files with a JSON object a line: NDJSON, also called JSON Lines. Lazy, but looks at a few megabytes
  /// to find the keys, which are the columns, and their types.
  ///
  /// A key that is missing is null, as JSON's null is. Objects inside records become columns `a.b`, arrays lists, and arrays with
  /// objects text. A key or a type that the samples did not show makes the run find it and begin again.
  ///
  /// - Parameters:
  ///   - paths: files, or patterns such as `logs/*.ndjson`; their records may have different keys.
  ///   - options: how to read them.
  /// - Throws: `CSVError` when a file is missing or no JSON, and when there is no record with a key.
  public static func scanNDJSON(_ paths: String..., options: JSONOptions = JSONOptions()) throws -> LazyFrame {
    try scanNDJSON(paths, options: options)
  }

  /// The same for a list of paths.
  public static func scanNDJSON(_ paths: [String], options: JSONOptions = JSONOptions()) throws -> LazyFrame {
    scanJSON(try JSONScan.open(paths, options: options))
  }

  /// A frame of files that are one JSON value each: an array of objects, which are the rows; or an object of arrays, which are
  /// the columns; or any other object, which is the only row. Lazy, but looks at the whole file; one task reads it, and holds it
  /// in memory. Otherwise as `scanNDJSON`.
  ///
  /// - Throws: `CSVError` when a file is missing or no JSON, and when there is no record with a key.
  public static func readJSON(_ paths: String..., options: JSONOptions = JSONOptions()) throws -> LazyFrame {
    var options = options
    options.layout = .document
    return scanJSON(try JSONScan.open(paths, options: options))
  }

  /// A frame of the records of JSON files that were looked at before.
  public static func scanJSON(_ scan: JSONScan) -> LazyFrame {
    LazyFrame(.scan(.json(scan)))
  }

  /// A frame of the rows of a table in memory, whose columns it shares. Lazy.
  ///
  /// - Parameters:
  ///   - frame: the table.
  ///   - partitions: how many pieces tasks work on; nil: as many as suit the number of rows. The number of threads does not
  ///     matter.
  public init(_ frame: DataFrame, partitions: Int? = nil) {
    guard partitions ?? 1 > 0 else {
      let refusal = RefusedVerb(message: "a frame has 1 partition at least, and not \(partitions ?? 0)", hint: nil)
      self.init(.verb(refusal, .memory(MemoryTable(frame, partitionCount: nil))))
      return
    }
    self.init(.memory(MemoryTable(frame, partitionCount: partitions)))
  }

  /// A frame of which each batch is a partition, also an empty one.
  init(partitions batches: [RecordBatch], schema: Schema) {
    let partitions = batches.map { MemoryTable.Partition(batches: [$0], rowCount: $0.rowCount) }
    self.init(.memory(MemoryTable(partitions, schema: schema)))
  }

  // MARK: Operations

  /// Keeps the rows for which a condition is true; null counts as false. Lazy.
  public func filter(_ predicate: Expression) -> LazyFrame {
    LazyFrame(.filter(predicate, plan))
  }

  /// Exactly these columns. Lazy.
  public func select(_ expressions: Expression...) -> LazyFrame { select(expressions) }

  /// The same for a list of expressions.
  public func select(_ expressions: [Expression]) -> LazyFrame {
    LazyFrame(.select(expressions, plan))
  }

  /// The columns there are, with these added, or replaced where the name is the same. Lazy.
  public func withColumns(_ expressions: Expression...) -> LazyFrame { withColumns(expressions) }

  /// The same for a list of expressions.
  public func withColumns(_ expressions: [Expression]) -> LazyFrame {
    LazyFrame(.withColumns(expressions, plan))
  }

  /// Starts a group-by: rows with equal keys form a group. Null is a key of its own. Lazy.
  public func groupBy(_ keys: Expression...) -> LazyGroupBy { groupBy(keys) }

  /// The same for a list of keys.
  public func groupBy(_ keys: [Expression]) -> LazyGroupBy {
    LazyGroupBy(plan: plan, keys: keys)
  }

  /// Sorts the rows: stable, nulls last unless a `SortKey` says otherwise. Lazy.
  public func sort(by keys: Expression..., descending: Bool = false) -> LazyFrame {
    sort(by: keys.map { SortKey($0, descending: descending) })
  }

  /// Sorts by several keys, each in its own direction and with its nulls first or last.
  public func sort(by keys: [SortKey]) -> LazyFrame {
    LazyFrame(.sort(keys, plan))
  }

  /// The first rows, at most `count`. Lazy; the engine then reads no more of a file than it needs.
  public func limit(_ count: Int) -> LazyFrame {
    guard count >= 0 else { return refused("a frame cannot be limited to \(count) rows") }
    return LazyFrame(.limit(count, plan))
  }

  /// The first rows, ten unless told. Lazy.
  public func head(_ count: Int = 10) -> LazyFrame { limit(count) }
}

/// A group-by that waits for its aggregates.
public struct LazyGroupBy: Sendable {
  let plan: LogicalPlan
  let keys: [Expression]

  /// One row for each group, with the keys and these aggregates, in the order in which the groups first appear. Lazy.
  public func aggregate(_ aggregates: Expression...) -> LazyFrame { aggregate(aggregates) }

  /// The same for a list of aggregates.
  public func aggregate(_ aggregates: [Expression]) -> LazyFrame {
    LazyFrame(.aggregate(keys: keys, aggregates: aggregates, plan))
  }
}
