import Columnar
import TaskGraph

extension PhysicalPlan {
  /// Adds the plan as tasks, and returns the one whose result is the plan's.
  ///
  ///     scan-csv[0] scan-csv[1] scan-csv[2] …      one for each partition: read, filter, project, group, …
  ///           \         /          \
  ///           …         …          …               what brings partitions together, by the stage's sink
  ///           \         /          /
  ///             collect-rows
  ///
  /// - Parameters:
  ///   - graph: receives the tasks.
  ///   - analysis: is told which tasks each stage has, and counts the rows that pass.
  /// - Throws: `LazyFrameError` for a partition that there is not.
  func addTasks(to graph: inout TaskGraph, _ analysis: PlanAnalysis? = nil) throws -> TaskID {
    let partitions = try addStages(to: &graph, analysis)[stages.count - 1]
    return graph.addLayer("collect-partitions", CollectPartitions(schema: schema), dependencies: [partitions])[0]
  }

  /// The tasks of each stage.
  ///
  /// - Throws: `LazyFrameError` for a partition that there is not.
  func addStages(to graph: inout TaskGraph, _ analysis: PlanAnalysis? = nil) throws -> [[TaskID]] {
    var results: [[TaskID]] = []
    for index in stages.indices {
      let first = graph.nextTask
      var lowering = StageLowering(
        stages: stages, index: index, results: results, total: analysis?.rows[index], graph: graph)
      results.append(try lowering.addTasks())
      graph = lowering.graph
      analysis?.note(tasks: first..<graph.nextTask)
    }
    return results
  }

  /// The schema of the result.
  var schema: Schema {
    guard let last = stages.last else { preconditionFailure("a plan has a stage") }
    return last.schema
  }
}

/// Makes the tasks of one stage.
private struct StageLowering {
  let stages: [Stage]
  let index: Int
  /// The tasks of the partitions of earlier stages; of one that builds a table its only task.
  let results: [[TaskID]]
  let total: StageRows?
  var graph: TaskGraph

  /// How many partitions are merged at once. Few enough to hold them all in memory, and enough to keep all threads at work.
  private static let mergeBlock = 8
  /// What the groups of a partition are thought to take before the first are known. What counts is how that compares to the
  /// groups of a bucket: it makes the order merge a block of partitions before it reads the next one.
  private static let groupBytes = 1 << 20
  /// The most partitions that a group-by's result has.
  private static let groupPartitionLimit = 32
  /// The most buckets that rows are sorted in.
  private static let sortBucketLimit = 32
  /// About how many tasks make text of partitions that are there already.
  private static let textTasks = 32

  private var stage: Stage { stages[index] }

  mutating func addTasks() throws -> [TaskID] {
    switch stage.sink {
    case .rows(let limit?): return addFirstRows(limit)
    case .rows(nil): return addLayer("rows", CollectRows(rows: rows))
    case .last(let count):
      let parts = addLayer("rows", CollectLastRows(rows: rows, count: count))
      return graph.addLayer(
        "last-rows", LastRows(schema: stage.rowSchema, count: count), dependencies: [parts])
    case .groups(let specification) where specification.keys.isEmpty:
      return addTotals(TotalsSpecification(specification))
    case .groups(let specification): return addGroups(specification)
    case .sorted(let keys, let limit): return addSort(keys, limit)
    case .table(let keys, let nullsAreEqual, let unique, let time):
      return addTable(keys, nullsAreEqual, unique, time)
    case .windows(let windows): return addWindows(windows)
    case .counts: return graph.addLayer("count-rows", CountRows(), dependencies: [sources.flatMap { $0 }])
    case .text(let format):
      if stage.isSource { return addLayer("text", FormatRows(rows: rows, format: format)) }
      let partCount = max(1, StageLowering.textTasks / max(1, sources.count))
      return graph.addLayer(
        "format-rows", FormatPart(format: format, partCount: partCount),
        dependencies: sources.flatMap { Array(repeating: $0, count: partCount) })
    case .repartitioned(let count):
      let parts = addLayer("rows", CollectRows(rows: rows))
      return graph.addLayer(
        "repartition-rows", RepartitionRows(schema: stage.rowSchema, count: count),
        dependencies: Array(repeating: parts, count: count))
    case .partition(let index): return [try addPartition(index)]
    }
  }

  // MARK: Partitions

  private var rows: PartitionRows {
    let source: TaskSource =
      switch stage.source {
      case .scan(let node): .scan(node, stage: index)
      case .memory(let node): .memory(node)
      case .stages: .partition
      case .unmatched: .unmatched
      case .numbered(let numbering, _, _): .numbered(numbering)
      case .mapped(let map, _): .mapped(map)
      }
    return PartitionRows(source: source, steps: stage.steps, schema: stage.rowSchema, total: total)
  }

  /// For each partition of the stage the tasks that it is read from.
  private var sources: [[TaskID]] {
    switch stage.source {
    case .scan(let node): Array(repeating: [], count: node.scan.partitionCount)
    case .memory(let node): Array(repeating: [], count: node.table.partitions.count)
    case .stages(let stages): stages.flatMap { results[$0].map { [$0] } }
    case .unmatched(let table, let probing): [results[table] + results[probing]]
    case .numbered(_, let rows, let counts): results[rows].map { [$0] + results[counts] }
    case .mapped(_, let rows): results[rows].map { [$0] }
    }
  }

  /// The tables that the steps look into, and behind them those that were only made to check keys.
  private var tables: [TaskID] {
    let probes = stage.steps.compactMap(\.probe)
    return probes.flatMap { results[$0.stage] } + probes.compactMap(\.check).flatMap { results[$0] }
  }

  /// A task for each partition, that begins with reading it.
  private mutating func addLayer(
    _ noun: String, _ operation: any TaskOperation, resultBytes: Int? = nil, _ others: [TaskID] = []
  ) -> [TaskID] {
    let tables = tables + others
    return graph.addLayer(
      name(noun), operation, kind: stage.isSource ? .data : .operation, resultBytes: resultBytes,
      dependencies: sources.map { $0 + tables })
  }

  /// `scan-csv` or `scan-json` for all that reads files, else what is done.
  private func name(_ noun: String) -> String {
    switch stage.source {
    case .scan(let node): node.scan.layerName
    case .memory: "read-frame"
    case .stages: "\(stage.sink.verb)-\(noun)"
    case .unmatched: "unmatched-rows"
    case .numbered: "number-rows"
    case .mapped: "map-partitions"
    }
  }

  private mutating func addFirstRows(_ limit: Int) -> [TaskID] {
    let sources = sources
    let first = FirstRows(rows: rows, partitionCount: sources.count, limit: limit)
    return graph.addLayer(
      name("rows"), first, kind: stage.isSource ? .data : .operation, dependencies: [sources.flatMap { $0 } + tables])
  }

  /// One partition of a scan or a table is read alone. The partitions of other stages are all computed, since what was seen of
  /// files in one of them is checked by its neighbours.
  private mutating func addPartition(_ index: Int) throws -> TaskID {
    let sources = sources
    guard sources.indices.contains(index) else {
      let count = sources.count
      throw LazyFrameError(
        .unsupported, "there is no partition \(index): the frame has \(count) partition\(count == 1 ? "" : "s")",
        hint: count == 0 ? nil : "the first is 0 and the last is \(count - 1)")
    }
    if stage.isSource {
      let read = CollectPartition(rows: rows, partition: index)
      return graph.addLayer(name("rows"), read, kind: .data, dependencies: [sources[index] + tables])[0]
    }
    let parts = addLayer("rows", CollectRows(rows: rows))
    return graph.addLayer("pick-partition", PickPartition(index: index), dependencies: [parts])[0]
  }

  // MARK: Groups

  /// Groups each partition, merges the groups of a bucket of keys block after block of partitions, and puts all of them in the
  /// order of their first rows.
  ///
  ///     sample         some rows, to find how keys become words, where that is not known
  ///                    |   |    |    |
  ///     partitions     0 … 7    8 … 15                each partition's groups, by bucket
  ///                    |   |    |    |
  ///     bucket 0       merge ── merge ── finish ─┐
  ///     bucket 1       merge ── merge ── finish ─┤
  ///        …                                     ├── order[0]    groups that first appear in partitions 0 … 7
  ///                                              └── order[1]    and in 8 … 15
  ///
  /// So there is never more in memory than the groups of a block of partitions and one set of all groups.
  private mutating func addGroups(_ specification: GroupSpecification) -> [TaskID] {
    let sources = sources
    let isOnly = sources.count <= 1
    let sample = isOnly ? [] : addSample(specification)
    let parts = addLayer(
      "groups", GroupRows(rows: rows, specification: specification, isOnly: isOnly),
      resultBytes: StageLowering.groupBytes, sample)
    if parts.count == 1 { return parts }
    if parts.isEmpty {
      return graph.addLayer("no-groups", EmptyGroups(specification: specification), dependencies: [[]])
    }
    let last = addMerges(specification, parts)
    let blockSize = (parts.count + StageLowering.groupPartitionLimit - 1) / StageLowering.groupPartitionLimit
    let blockCount = (parts.count + blockSize - 1) / blockSize
    let finish = FinishGroups(blockSize: blockSize, blockCount: blockCount)
    let finished = graph.addLayer("finish-groups", finish, dependencies: last.map { [$0] })
    return graph.addLayer(
      "order-groups", OrderGroups(specification: specification, blockCount: blockCount),
      dependencies: Array(repeating: finished, count: blockCount))
  }

  /// Looks at some rows first, where they tell how keys take less room.
  private mutating func addSample(_ specification: GroupSpecification) -> [TaskID] {
    var rows = rows
    // Rows that are looked at twice are counted once.
    rows.total = nil
    guard rows.canSample(specification.keys) else { return [] }
    let sample = SampleKeys(rows: rows, specification: specification, partitionCount: sources.count)
    return graph.addLayer("sample-keys", sample, dependencies: [tables])
  }

  /// Aggregates each partition without keys, merges the parts of what comes of it, and finishes every aggregate by itself: see
  /// `TotalsSpecification`.
  private mutating func addTotals(_ specification: TotalsSpecification) -> [TaskID] {
    let isOnly = sources.count <= 1
    let totals = addLayer(
      "totals", AggregateTotals(rows: rows, specification: specification, isOnly: isOnly),
      resultBytes: StageLowering.groupBytes)
    if totals.count == 1 { return totals }
    if totals.isEmpty {
      return graph.addLayer("no-groups", EmptyGroups(specification: specification.whole), dependencies: [[]])
    }
    let merged = specification.parts.indices.map { addMerges(specification.parts[$0], totals, part: $0) }
    let finished = graph.addLayer(
      "finish-total", FinishTotal(), dependencies: specification.plain.aggregates.map { _ in merged[0] })
    let counts = graph.addLayer("count-distinct-values", CountDistinctValues(), dependencies: Array(merged[1...]))
    return graph.addLayer(
      "collect-totals", CollectTotals(specification: specification), dependencies: [merged[0] + finished + counts])
  }

  /// The groups of each bucket over all partitions.
  ///
  /// - Parameter part: which of the group-bys in a partition's result it is.
  private mutating func addMerges(
    _ specification: GroupSpecification, _ parts: [TaskID], part: Int = 0
  ) -> [TaskID] {
    let buckets = specification.keys.isEmpty ? [GroupBucket.ofNoKeys] : Array(0..<GroupedPartition.bucketCount)
    let size = StageLowering.mergeBlock
    let first = graph.nextTask
    var inputs: [[TaskID]] = []
    for start in stride(from: 0, to: parts.count, by: size) {
      let block = parts[start..<min(start + size, parts.count)]
      for _ in buckets {
        let previous = inputs.count >= buckets.count ? [first.advanced(by: inputs.count - buckets.count)] : []
        inputs.append(previous + block)
      }
    }
    let merge = MergeGroups(
      specification: specification, buckets: buckets, blockSize: size, partitionCount: parts.count, part: part)
    // If partitions have the same groups, all buckets together hold what one partition does.
    let bytes = StageLowering.groupBytes / buckets.count
    return graph.addLayer("merge-groups", merge, resultBytes: bytes, dependencies: inputs).suffix(buckets.count)
  }

  // MARK: Order

  private mutating func addSort(_ keys: [ResolvedSortKey], _ limit: Int?) -> [TaskID] {
    let parts = addLayer("rows", CollectSortable(rows: rows, keys: keys, limit: limit))
    if limit != nil || parts.count < 2 {
      let sort = SortRows(schema: stage.rowSchema, keys: keys, limit: limit)
      return graph.addLayer("sort-rows", sort, dependencies: [parts])
    }
    let count = min(parts.count, StageLowering.sortBucketLimit)
    let bounds = graph.addLayer(
      "sort-bounds", ChooseSortBounds(keys: keys, bucketCount: count), dependencies: [parts])
    let splits = graph.addLayer("split-sorted", SplitSortable(keys: keys), dependencies: parts.map { [$0, bounds[0]] })
    return graph.addLayer(
      "sort-rows", SortBucket(schema: stage.rowSchema, keys: keys),
      dependencies: Array(repeating: parts + splits, count: count))
  }

  // MARK: Windows

  /// Sets the rows of each partition apart by their windows' keys, computes a bucket of keys after another, and puts what
  /// came out behind the rows of each partition.
  ///
  ///     partition 0 ──┬── split ──┐              ┌── bucket 0 ──┐
  ///     partition 1 ──┼── split ──┼── (to each) ─┼── bucket 1 ──┼── (to each) ── add columns, a task for each partition
  ///         …         │           │              │      …       │
  ///                   └── once for each set of windows with the same keys and order
  private mutating func addWindows(_ windows: [ResolvedWindow]) -> [TaskID] {
    let parts = addLayer("rows", CollectRows(rows: rows))
    let sets = WindowSet.sets(windows)
    var inputs = parts.map { [$0] }
    for set in sets {
      let bucketCount = set.bucketCount(partitions: parts.count)
      let split = graph.addLayer(
        "split-windows", SplitWindowRows(set: set, bucketCount: bucketCount), dependencies: parts.map { [$0] })
      let computed = graph.addLayer(
        "compute-windows", ComputeWindows(set: set), dependencies: Array(repeating: split, count: bucketCount))
      for part in parts.indices { inputs[part] += [split[part]] + computed }
    }
    let add = AddWindowColumns(schema: stage.schema, sets: sets)
    return graph.addLayer("add-windows", add, dependencies: inputs)
  }

  // MARK: Tables

  private mutating func addTable(
    _ keys: [ResolvedExpression], _ nullsAreEqual: Bool, _ unique: String?, _ time: String?
  ) -> [TaskID] {
    let schema = stage.rowSchema
    let parts = addLayer("join-rows", CollectJoinRows(rows: rows, keys: keys, nullsAreEqual: nullsAreEqual))
    let columns = graph.addLayer(
      "join-column", JoinColumn(schema: schema), dependencies: Array(repeating: parts, count: schema.count))
    let buckets = graph.addLayer(
      "build-join-bucket", BuildJoinBucket(), dependencies: Array(repeating: parts, count: JoinTable.bucketCount))
    var times: [TaskID] = []
    if let time, let column = schema.names.firstIndex(of: time) {
      times = graph.addLayer(
        "order-join-times", OrderJoinTimes(), dependencies: buckets.map { [$0, columns[column]] })
    }
    let finish = FinishJoinTable(schema: schema, keys: keys, unique: unique)
    return graph.addLayer("join-table", finish, dependencies: [parts + columns + buckets + times])
  }
}

extension Sink {
  /// What a task does that feeds the sink from an earlier stage's result.
  fileprivate var verb: String {
    switch self {
    case .rows, .last, .sorted, .table, .windows, .counts, .repartitioned, .partition, .text: "collect"
    case .groups: "group"
    }
  }
}
