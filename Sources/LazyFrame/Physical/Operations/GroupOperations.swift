import Columnar
import TaskGraph

/// What a group-by's tasks hand on: groups, and what was seen of files.
struct GroupResult<Groups: Sendable>: Sendable {
  let groups: Groups
  var records = ScanRecords()

  init(_ groups: Groups, _ records: ScanRecords = ScanRecords()) {
    self.groups = groups
    self.records = records
  }

  init(input: any Sendable) {
    guard let result = input as? GroupResult else {
      preconditionFailure("the input of a group-by's task is \(Groups.self)")
    }
    self = result
  }
}

/// Finds the groups of one partition's rows and aggregates them.
struct GroupRows: TaskOperation {
  static let wireName = "group-rows"

  let rows: PartitionRows
  let specification: GroupSpecification
  /// Whether this is the only partition, whose groups need no merging.
  let isOnly: Bool

  func run(_ task: TaskContext) throws -> any Sendable {
    let sampled = task.inputs.lazy.compactMap { $0 as? GroupKeyEncoder }.first
    let groups = GroupedPartition(
      specification, sampled ?? GroupKeyEncoder(rows.encoder(of: specification.keys)),
      expectedRows: isOnly ? nil : rows.source.expectedRows(task))
    let (records, _) = try rows.read(task) { try groups.add($0) }
    if isOnly {
      return FramePartition(schema: specification.schema, batches: [try groups.finish()], records: records)
    }
    groups.seal()
    return GroupResult(GroupedParts([groups]), records)
  }
}

/// The groups of a source without partitions.
struct EmptyGroups: TaskOperation {
  static let wireName = "no-groups"

  let specification: GroupSpecification

  func run(_ task: TaskContext) throws -> any Sendable {
    FramePartition(schema: specification.schema, batches: [try specification.emptyResult()])
  }
}

/// Adds the groups of the next partitions to those of the partitions before, for one bucket.
struct MergeGroups: TaskOperation {
  static let wireName = "merge-groups"

  let specification: GroupSpecification
  /// The buckets that there are, one after another for each block of partitions.
  let buckets: [Int]
  /// How many partitions a block has.
  let blockSize: Int
  /// How many there are in all.
  let partitionCount: Int
  /// Which of the group-bys in a partition's result it is.
  let part: Int

  func run(_ task: TaskContext) throws -> any Sendable {
    let (block, index) = task.index.quotientAndRemainder(dividingBy: buckets.count)
    var inputs = task.inputs[...]
    let previous = block > 0 ? inputs.popFirst().map(GroupResult<GroupBucket>.init(input:)) : nil
    previous?.groups.takeOver()
    let results = inputs.map(GroupResult<GroupedParts>.init(input:))
    let added = results.map { $0.groups.parts[part] }
    guard let encoder = added.first?.encoder else { preconditionFailure("a block of partitions has one at least") }
    var merged = previous ?? GroupResult(GroupBucket(specification, encoder, bucket: buckets[index]))
    merged.groups.add(
      added.enumerated().map { (number: block * blockSize + $0, groups: $1) }, of: partitionCount)
    if index == 0, part == 0 {
      for result in results { try merged.records.join(result.records) }
    }
    return GroupResult(merged.groups.handOn(), merged.records)
  }
}

/// Makes rows of a bucket's groups, and lists them by the partitions in which they first appear.
struct FinishGroups: TaskOperation {
  static let wireName = "finish-groups"

  let blockSize: Int
  let blockCount: Int

  func run(_ task: TaskContext) throws -> any Sendable {
    let merged = GroupResult<GroupBucket>(input: task.inputs[0])
    return GroupResult(
      try FinishedBucket(merged.groups, blockSize: blockSize, blockCount: blockCount), merged.records)
  }
}

/// Puts the groups of all buckets in the order of their first rows: those that first appear in one block of partitions.
struct OrderGroups: TaskOperation {
  static let wireName = "order-groups"

  let specification: GroupSpecification
  let blockCount: Int

  /// Fewer groups than this become one partition.
  private static let smallCount = 1 << 16

  func run(_ task: TaskContext) throws -> any Sendable {
    let inputs = task.inputs.map(GroupResult<FinishedBucket>.init(input:))
    let buckets = inputs.map(\.groups)
    let total = buckets.reduce(0) { $0 + $1.groupCount }
    let isSmall = total <= OrderGroups.smallCount
    if total == 0 || isSmall && task.index > 0 {
      return FramePartition(schema: specification.schema, batches: [], records: try joinedRecords(inputs, task))
    }
    let rows = try FinishedBucket.ordered(buckets, blocks: isSmall ? 0..<blockCount : task.index..<task.index + 1)
    return FramePartition(schema: specification.schema, batches: rows, records: try joinedRecords(inputs, task))
  }

  /// What was seen of files, for the first task.
  private func joinedRecords(_ inputs: [GroupResult<FinishedBucket>], _ task: TaskContext) throws -> ScanRecords {
    var records = ScanRecords()
    if task.index == 0 {
      for input in inputs { try records.join(input.records) }
    }
    return records
  }
}

extension GroupResult: MemorySized where Groups: MemorySized {
  var byteCount: Int { groups.byteCount }
}

extension GroupedParts: MemorySized {}
extension GroupBucket: MemorySized {}
extension FinishedBucket: MemorySized {}
