import Columnar

/// A plan cut into stages: what a stage makes is used by later ones, partition by partition or as a whole.
struct PhysicalPlan: Sendable {
  /// In an order in which each comes behind those that it uses. The last one's partitions are the result.
  let stages: [Stage]
}

/// A source, what is done with each of its batches, and where the rows end up.
struct Stage: Sendable {
  enum Source: Sendable {
    case scan(ScanNode)
    case memory(MemoryNode)
    /// The partitions of earlier stages, those of the first one first.
    case stages([Int])
    /// The rows of a full join's table that found no partner: the stage that builds it, and the one that looks into it.
    case unmatched(table: Int, probing: Int)
    /// The partitions of an earlier stage with the numbers of their rows, which another one has counted.
    case numbered(RowNumbering, rows: Int, counts: Int)
    /// The partitions of an earlier stage, made over by a function.
    case mapped(PartitionMap, rows: Int)
  }

  let source: Source
  let steps: [PipelineStep]
  let sink: Sink
  /// The schema of the rows that reach the sink.
  let rowSchema: Schema
}

/// What becomes of the rows at the end of a stage.
enum Sink: Sendable, Hashable, Codable {
  /// The rows themselves, at most so many of all partitions.
  case rows(limit: Int?)
  /// The last rows of all partitions, at most so many.
  case last(Int)
  /// The groups with their aggregates.
  case groups(GroupSpecification)
  /// The rows in order, at most so many.
  case sorted([ResolvedSortKey], limit: Int?)
  /// A table that other rows are joined to. No key may have several rows on the side that `unique` names. The rows come in the
  /// order of the column `time`, if they are looked for by that.
  case table(keys: [ResolvedExpression], nullsAreEqual: Bool, unique: String?, time: String?)
  /// The rows as they are, with computed columns that follow from several of them.
  case windows([ResolvedWindow])
  /// How many rows each partition has.
  case counts
  /// The rows in so many partitions.
  case repartitioned(Int)
  /// The rows of one partition.
  case partition(Int)
  /// The rows as text, for a file.
  case text(TextFormat)
}

extension Stage {
  /// Whether it reads rows, and not what other stages made.
  var isSource: Bool {
    switch source {
    case .scan, .memory: true
    case .stages, .unmatched, .numbered, .mapped: false
    }
  }

  /// The schema of the stage's result.
  var schema: Schema {
    switch sink {
    case .groups(let specification): return specification.schema
    case .windows(let windows): return Schema(rowSchema.fields + windows.map(\.field))
    case .rows, .last, .sorted, .table, .counts, .repartitioned, .partition, .text: return rowSchema
    }
  }
}

extension PhysicalPlan: CustomStringConvertible {
  var description: String {
    stages.enumerated().map { index, stage in
      let lines = ["stage \(index + 1)", stage.source.description] + stage.steps.map(\.description)
      return (lines + [stage.sink.description]).joined(separator: "\n  ")
    }.joined(separator: "\n")
  }
}

extension Stage.Source: CustomStringConvertible {
  var description: String {
    switch self {
    case .scan(let node): node.title
    case .memory(let node): node.title
    case .stages(let stages):
      "the result of stage \(stages.map { String($0 + 1) }.joined(separator: ", then of stage "))"
    case .unmatched(let table, let probing):
      "the rows of the table of stage \(table + 1) that found no partner in stage \(probing + 1)"
    case .numbered(let numbering, let rows, _): "the result of stage \(rows + 1); \(numbering)"
    case .mapped(_, let rows): "the result of stage \(rows + 1), made over by a function"
    }
  }
}

extension Sink: CustomStringConvertible {
  var description: String {
    func list(_ items: [some CustomStringConvertible]) -> String { items.map(\.description).joined(separator: ", ") }
    switch self {
    case .rows(let limit): return limit.map { "keep the first \($0) rows" } ?? "keep the rows"
    case .last(let count): return "keep the last \(count) rows"
    case .groups(let specification):
      return "group by \(list(specification.keys)); aggregate \(list(specification.aggregates)) in each partition, "
        + "then merge in partition order"
    case .sorted(let keys, let limit):
      return "sort by \(list(keys))" + (limit.map { ", keep the first \($0) rows" } ?? "")
    case .windows(let windows): return "compute \(list(windows))"
    case .counts: return "count the rows of each partition"
    case .text(let format): return "write as \(format)"
    case .repartitioned(let count): return "cut into \(count) partitions"
    case .partition(let index): return "keep the rows of partition \(index)"
    case .table(let keys, _, _, _): return keys.isEmpty ? "keep as a table" : "build a table by \(list(keys))"
    }
  }
}
