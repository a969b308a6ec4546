import CSV
import Columnar

/// A plan of which every column is bound and every type known: what the optimiser works on.
indirect enum ResolvedPlan: Sendable, Hashable {
  case scan(ScanNode)
  case memory(MemoryNode)
  case filter(ResolvedExpression, ResolvedPlan)
  /// Exactly these columns.
  case project([NamedExpression], ResolvedPlan)
  case aggregate(keys: [NamedExpression], aggregates: [ResolvedAggregate], ResolvedPlan)
  /// Stable; with a limit only the first rows of the sorted order.
  case sort([ResolvedSortKey], limit: Int?, ResolvedPlan)
  case limit(Int, ResolvedPlan)
  /// The last rows, at most so many.
  case last(Int, ResolvedPlan)
  /// The rows as they are, with a column for each window behind theirs.
  case window([ResolvedWindow], ResolvedPlan)
  case join(ResolvedJoin, ResolvedPlan, ResolvedPlan)
  /// The rows of several inputs with the same schema below each other.
  case concat([ResolvedPlan])
  /// A first column with the numbers of the rows.
  case numbered(RowNumbering, ResolvedPlan)
  /// A row for each element of lists in these columns, which have equal lengths in a row.
  case explode([String], ResolvedPlan)
  /// Each partition as a function of the user's makes it.
  case mapped(PartitionMap, ResolvedPlan)
  /// The same rows in so many partitions.
  case repartitioned(Int, ResolvedPlan)
  /// The last plan, which uses the rows of the others, each computed once. Only at the root.
  case sharing([ResolvedPlan], ResolvedPlan)
  /// The rows of the plan of this number among those that the root shares, which has this schema.
  case shared(Int, Schema)
  /// One partition.
  case partition(Int, ResolvedPlan)
}

/// The columns and rows that are read from a data set.
struct ScanNode: Sendable, Hashable, Codable {
  let scan: FileScan
  /// Positions in the file, ascending.
  var columns: [Int]
  /// Only rows for which this is true.
  var filter: ResolvedExpression?
  /// At most so many rows, after the filter.
  var limit: Int?

  /// The columns that leave the scan.
  var schema: Schema {
    Schema(columns.map { Field(scan.columns[$0].name, scan.columns[$0].type) })
  }
}

extension ResolvedPlan {
  var schema: Schema {
    switch self {
    case .scan(let node): node.schema
    case .memory(let node): node.schema
    case .filter(_, let input), .sort(_, _, let input), .limit(_, let input), .last(_, let input): input.schema
    case .project(let expressions, _): Schema(expressions.map(\.field))
    case .aggregate(let keys, let aggregates, _): Schema(keys.map(\.field) + aggregates.map(\.field))
    case .join(let join, _, _): join.schema
    case .window(let windows, let input): Schema(input.schema.fields + windows.map(\.field))
    case .concat(let inputs): inputs[0].schema
    case .numbered(let numbering, let input): Schema([numbering.field] + input.schema.fields)
    case .explode(let names, let input): input.schema.exploding(names)
    case .mapped(let map, _): map.schema
    case .repartitioned(_, let input), .partition(_, let input), .sharing(_, let input): input.schema
    case .shared(_, let schema): schema
    }
  }

  var inputs: [ResolvedPlan] {
    switch self {
    case .scan, .memory, .shared: []
    case .filter(_, let input), .project(_, let input), .aggregate(_, _, let input), .sort(_, _, let input),
      .limit(_, let input), .last(_, let input), .window(_, let input), .numbered(_, let input), .explode(_, let input),
      .mapped(_, let input), .repartitioned(_, let input), .partition(_, let input):
      [input]
    case .join(_, let left, let right): [left, right]
    case .concat(let inputs): inputs
    case .sharing(let plans, let body): plans + [body]
    }
  }

  func mappingInputs(_ transform: (ResolvedPlan) -> ResolvedPlan) -> ResolvedPlan {
    switch self {
    case .scan, .memory, .shared: self
    case .filter(let predicate, let input): .filter(predicate, transform(input))
    case .project(let expressions, let input): .project(expressions, transform(input))
    case .aggregate(let keys, let aggregates, let input):
      .aggregate(keys: keys, aggregates: aggregates, transform(input))
    case .sort(let keys, let limit, let input): .sort(keys, limit: limit, transform(input))
    case .limit(let count, let input): .limit(count, transform(input))
    case .last(let count, let input): .last(count, transform(input))
    case .window(let windows, let input): .window(windows, transform(input))
    case .join(let join, let left, let right): .join(join, transform(left), transform(right))
    case .concat(let inputs): .concat(inputs.map(transform))
    case .numbered(let numbering, let input): .numbered(numbering, transform(input))
    case .explode(let names, let input): .explode(names, transform(input))
    case .mapped(let map, let input): .mapped(map, transform(input))
    case .repartitioned(let count, let input): .repartitioned(count, transform(input))
    case .sharing(let plans, let body): .sharing(plans.map(transform), transform(body))
    case .partition(let index, let input): .partition(index, transform(input))
    }
  }

  /// The same plan with each expression of each node replaced, inputs first.
  func mappingExpressions(_ transform: (ResolvedExpression) -> ResolvedExpression) -> ResolvedPlan {
    func named(_ expression: NamedExpression) -> NamedExpression {
      NamedExpression(name: expression.name, expression: transform(expression.expression))
    }
    let plan = mappingInputs { $0.mappingExpressions(transform) }
    switch plan {
    case .memory, .sort, .limit, .last, .concat, .numbered, .explode, .mapped, .repartitioned, .partition, .sharing,
      .shared:
      return plan
    case .scan(var node):
      node.filter = node.filter.map(transform)
      return .scan(node)
    case .filter(let predicate, let input): return .filter(transform(predicate), input)
    case .project(let expressions, let input): return .project(expressions.map(named), input)
    case .window(let windows, let input): return .window(windows.map { $0.mapping(transform) }, input)
    case .aggregate(let keys, let aggregates, let input):
      return .aggregate(keys: keys.map(named), aggregates: aggregates.map { $0.mapping(transform) }, input)
    case .join(let join, let left, let right): return .join(join.mappingKeys(transform), left, right)
    }
  }
}

extension ResolvedPlan: CustomStringConvertible {
  var description: String { lines(indentation: 0).joined(separator: "\n") }

  private func lines(indentation: Int) -> [String] {
    let margin = String(repeating: "  ", count: indentation)
    if case .sharing(let plans, let body) = self {
      let shared = plans.enumerated().flatMap { number, plan in
        ["\(margin)shared \(number + 1):"] + plan.lines(indentation: indentation + 1)
      }
      return body.lines(indentation: indentation) + shared
    }
    return [margin + title] + inputs.flatMap { $0.lines(indentation: indentation + 1) }
  }

  /// What the node itself does, in a line.
  var title: String {
    func list(_ items: [some CustomStringConvertible]) -> String { items.map(\.description).joined(separator: ", ") }
    switch self {
    case .scan(let node): return node.title
    case .memory(let node): return node.title
    case .filter(let predicate, _): return "filter \(predicate)"
    case .project(let expressions, _): return "project \(list(expressions))"
    case .aggregate(let keys, let aggregates, _): return "group by \(list(keys)) aggregate \(list(aggregates))"
    case .sort(let keys, let limit, _):
      return "sort by \(list(keys))" + (limit.map { " limit \($0)" } ?? "")
    case .limit(let count, _): return "limit \(count)"
    case .last(let count, _): return "last \(count)"
    case .window(let windows, _): return "window \(list(windows))"
    case .join(let join, _, _): return join.description
    case .concat: return "concat"
    case .numbered(let numbering, _): return numbering.description
    case .explode(let names, _): return "explode \(list(names.map(Expression.identifier)))"
    case .mapped: return "map partitions"
    case .repartitioned(let count, _): return "repartition into \(count)"
    case .sharing: return "share"
    case .shared(let number, _): return "shared \(number + 1)"
    case .partition(let index, _): return "partition \(index)"
    }
  }
}

extension ScanNode {
  /// `scan-csv prices.csv; columns symbol, date (2 of 9); 63 partitions; filter …; limit 10`.
  var title: String {
    let names = schema.names.map(Expression.identifier).joined(separator: ", ")
    let all = scan.columns.count
    var parts = ["\(scan.layerName) \(scan.paths.joined(separator: ", "))"]
    parts.append(columns.count == all ? "all \(all) columns" : "columns \(names) (\(columns.count) of \(all))")
    parts.append("\(scan.partitionCount) partition\(scan.partitionCount == 1 ? "" : "s")")
    if let filter { parts.append("filter \(filter)") }
    if let limit { parts.append("limit \(limit)") }
    return parts.joined(separator: "; ")
  }
}
