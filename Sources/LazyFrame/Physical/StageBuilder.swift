import Columnar

extension PhysicalPlan {
  /// Cuts an optimised plan into stages.
  init(_ plan: ResolvedPlan) {
    var builder = StageBuilder()
    let open = builder.add(plan)
    // A plan that ends with a stage's result has that as its own.
    if !open.isResult(of: builder.stages.count - 1) { _ = builder.close(open, .rows(limit: nil)) }
    stages = builder.stages
  }
}

/// Cuts a plan into stages from the bottom up. Filters, projections and the looking up of joins are collected in an open
/// pipeline, until an operation needs all rows.
private struct StageBuilder {
  /// Rows that no stage has taken up yet.
  struct Open {
    var source: Stage.Source
    var steps: [PipelineStep] = []
    var schema: Schema

    /// Whether these are the partitions of a stage, as they are.
    func isResult(of stage: Int) -> Bool {
      if case .stages([stage]) = source { return steps.isEmpty }
      return false
    }
  }

  private(set) var stages: [Stage] = []
  /// The stages whose partitions are the plan's shared rows.
  private var shared: [Int] = []
  /// The stages that make tables of shared rows.
  private var tables: [TableOfShared: Int] = [:]

  private struct TableOfShared: Hashable {
    let rows: ResolvedPlan
    let sink: Sink
  }

  mutating func add(_ plan: ResolvedPlan) -> Open {
    switch plan {
    case .scan(var node):
      let limit = node.limit
      node.limit = nil
      let open = Open(source: .scan(node), schema: node.schema)
      return limit.map { result(open, .rows(limit: $0)) } ?? open
    case .memory(let node): return Open(source: .memory(node), schema: node.schema)
    case .filter(let predicate, let input):
      var open = add(input)
      open.steps.append(.filter(predicate))
      return open
    case .project(let expressions, let input):
      var open = add(input)
      open.steps.append(.project(expressions))
      open.schema = plan.schema
      return open
    case .aggregate(let keys, let aggregates, let input):
      let open = add(input)
      return result(open, .groups(GroupSpecification(keys: keys, aggregates: aggregates)))
    case .sort(let keys, let limit, let input):
      let open = add(input)
      return result(open, .sorted(keys, limit: limit))
    case .limit(let count, let input):
      let open = add(input)
      return result(open, .rows(limit: count))
    case .last(let count, let input):
      let open = add(input)
      return result(open, .last(count))
    case .window(let windows, let input):
      let open = add(input)
      return result(open, .windows(windows))
    case .join(let join, let left, let right): return add(join, left, right)
    case .explode(let names, let input):
      var open = add(input)
      open.steps.append(.explode(names))
      open.schema = plan.schema
      return open
    case .numbered(let numbering, let input):
      let rows = closeRows(add(input))
      let counts = close(Open(source: .stages([rows]), schema: input.schema), .counts)
      return result(
        Open(source: .numbered(numbering, rows: rows, counts: counts), schema: plan.schema), .rows(limit: nil))
    case .mapped(let map, let input):
      let rows = closeRows(add(input))
      return result(Open(source: .mapped(map, rows: rows), schema: plan.schema), .rows(limit: nil))
    case .repartitioned(let count, let input): return result(add(input), .repartitioned(count))
    case .partition(let index, let input): return result(add(input), .partition(index))
    case .concat(let inputs):
      let parts = inputs.map { input -> Int in
        let open = add(input)
        return close(open, .rows(limit: nil))
      }
      return Open(source: .stages(parts), schema: plan.schema)
    case .sharing(let plans, let body):
      for plan in plans {
        let open = add(plan)
        shared.append(closeRows(open))
      }
      return add(body)
    case .shared(let number, let schema): return Open(source: .stages([shared[number]]), schema: schema)
    }
  }

  /// The right side becomes a table, and the left side's pipeline looks its rows up there.
  private mutating func add(_ join: ResolvedJoin, _ left: ResolvedPlan, _ right: ResolvedPlan) -> Open {
    if join.kind == .right { return add(join.exchanged, right, left) }
    let table = table(
      of: right,
      .table(
        keys: join.rightKeys, nullsAreEqual: join.nullsAreEqual, unique: join.uniqueRight,
        time: join.asof?.rightTime))
    var open = add(left)
    var check: Int?
    if let side = join.uniqueLeft {
      let rows = closeRows(open)
      open = Open(source: .stages([rows]), schema: open.schema)
      check = close(
        open, .table(keys: join.leftKeys, nullsAreEqual: join.nullsAreEqual, unique: side, time: nil))
    }
    let probe = JoinProbe(
      kind: join.kind, keys: join.leftKeys, nullsAreEqual: join.nullsAreEqual, outputs: join.outputs, stage: table,
      check: check, asof: join.asof)
    open.steps.append(.probe(probe))
    open.schema = probe.schema
    if join.kind != .full { return open }
    let probing = close(open, .rows(limit: nil))
    let unmatched = Open(
      source: .unmatched(table: table, probing: probing), steps: [.project(join.unmatchedRightColumns)],
      schema: probe.schema)
    return Open(source: .stages([probing, close(unmatched, .rows(limit: nil))]), schema: probe.schema)
  }

  /// The stage that makes a table of rows. Shared rows become the same table once.
  private mutating func table(of rows: ResolvedPlan, _ sink: Sink) -> Int {
    let key = TableOfShared(rows: rows, sink: sink)
    let isShared = rows.isShared
    if isShared, let known = tables[key] { return known }
    let open = add(rows)
    let stage = close(open, sink)
    if isShared { tables[key] = stage }
    return stage
  }

  /// The stage whose partitions these rows are.
  private mutating func closeRows(_ open: Open) -> Int {
    if case .stages(let stages) = open.source, stages.count == 1, open.steps.isEmpty { return stages[0] }
    return close(open, .rows(limit: nil))
  }

  mutating func close(_ open: Open, _ sink: Sink) -> Int {
    stages.append(Stage(source: open.source, steps: open.steps, sink: sink, rowSchema: open.schema))
    return stages.count - 1
  }

  /// Closes a pipeline, and opens one on its result.
  private mutating func result(_ open: Open, _ sink: Sink) -> Open {
    let stage = close(open, sink)
    return Open(source: .stages([stage]), schema: stages[stage].schema)
  }
}

extension ResolvedPlan {
  /// Whether these are shared rows, or some columns of them.
  fileprivate var isShared: Bool {
    switch self {
    case .shared: true
    case .project(let expressions, let input): input.isShared && expressions.allSatisfy { $0.expression.isColumn }
    default: false
    }
  }
}
