import Columnar

extension GroupRuns {
  /// Calls `body` with the runs that are left of a batch of which only these rows are. The runs are valid only inside `body`.
  /// O(rows).
  func selecting(_ selection: Selection, _ body: (GroupRuns) throws -> Void) rethrows {
    if selection.isComplete { return try body(self) }
    let rowCount = selection.rows.count
    let keptGroups = MutableBuffer<UInt32>(count: rowCount)
    let keptStarts = MutableBuffer<UInt32>(count: rowCount + 1)
    var (run, last, kept) = (0, -1, 0)
    for index in 0..<rowCount {
      let row = selection.rows.pointer[index]
      while starts[run &+ 1] <= row { run &+= 1 }
      if run == last { continue }
      keptGroups.pointer[kept] = groups[run]
      keptStarts.pointer[kept] = UInt32(truncatingIfNeeded: index)
      (last, kept) = (run, kept &+ 1)
    }
    keptStarts.pointer[kept] = UInt32(truncatingIfNeeded: rowCount)
    let (groups, starts) = (keptGroups.freeze(), keptStarts.freeze())
    try withExtendedLifetime((groups, starts)) {
      try body(GroupRuns(groups: groups.pointer, starts: starts.pointer, count: kept))
    }
  }
}

extension ResolvedAggregate {
  /// Adds the rows of a batch to an accumulator of this aggregate: all, or those that its own filter lets through. Its inputs
  /// are computed of those only.
  func update(_ accumulator: any Accumulator, _ batch: RecordBatch, _ runs: GroupRuns, _ states: GroupStates) throws {
    guard let filter else {
      return try accumulator.update(inputs.map { try Evaluator.evaluate($0, batch) }, runs, states)
    }
    let selection = Selection(try Evaluator.evaluate(filter, batch))
    if selection.rows.count == 0 { return }
    let passing = batch.filter(selection, columnsOf: inputs)
    let columns = try inputs.map { try Evaluator.evaluate($0, passing) }
    try runs.selecting(selection) { try accumulator.update(columns, $0, states) }
  }
}

extension RecordBatch {
  /// The selected rows of the columns that some expressions read. O(rows · columns).
  func filter(_ selection: Selection, columnsOf expressions: [ResolvedExpression]) -> RecordBatch {
    let names = expressions.reduce(into: Set()) { $0.formUnion($1.columns) }
    let needed = schema.fields.indices.filter { names.contains(schema.fields[$0].name) }
    return RecordBatch(
      schema: Schema(needed.map { schema.fields[$0] }),
      columns: needed.map { RowKernels.filter(columns[$0], selection) }, rowCount: selection.rows.count)
  }
}
