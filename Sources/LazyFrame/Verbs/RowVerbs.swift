import Columnar

/// The numbers of the rows as the first column.
struct RowNumberVerb: FrameVerb {
  let numbering: RowNumbering

  var description: String { numbering.description }

  func resolve(_ input: ResolvedPlan) throws -> ResolvedPlan {
    try Resolver.refuseDuplicates((input.schema.names + [numbering.name]).map { ($0, nil) })
    return .numbered(numbering, input)
  }
}

/// Rows by their places.
struct SliceVerb: FrameVerb {
  /// How many rows are left out; negative: counted from the end.
  let offset: Int
  let length: Int?

  var description: String { "slice from \(offset)" + (length.map { ", \($0) rows" } ?? "") }

  func resolve(_ input: ResolvedPlan) throws -> ResolvedPlan {
    if offset < 0, length == nil { return .last(-max(offset, -.max), input) }
    let numbering = RowNumbering(name: input.schema.freeName("row number"), fromEnd: offset < 0)
    func compare(_ operation: BinaryOperator, _ bound: Int) -> ResolvedExpression {
      .binary(operation, numbering.column, .literal(.int(Int64(bound)), .int64), .bool)
    }
    var below = input
    var condition: ResolvedExpression
    if offset >= 0 {
      // Rows behind the slice are not looked at.
      if let length { below = .limit(offset.addingReportingOverflow(length).overflow ? .max : offset + length, input) }
      if offset == 0 { return below }
      condition = compare(.greaterOrEqual, offset)
    } else {
      // The last row is 0, so the first of the slice has the number -offset - 1.
      condition = compare(.lessOrEqual, -(offset + 1))
      if let length {
        condition = .binary(.and, condition, compare(.greater, -(offset + 1) - length), .bool)
      }
    }
    return ResolvedPlan.filter(condition, .numbered(numbering, below)).keeping(input.schema.fields)
  }
}

/// Rows by chance: those whose numbers have the smallest hashes.
struct SampleVerb: FrameVerb {
  enum Amount: Sendable {
    case rows(Int)
    case fraction(Double)
  }

  let amount: Amount
  let seed: UInt64

  var description: String {
    switch amount {
    case .rows(let count): "sample \(count) rows, seed \(seed)"
    case .fraction(let fraction): "sample a fraction of \(fraction), seed \(seed)"
    }
  }

  func resolve(_ input: ResolvedPlan) throws -> ResolvedPlan {
    // The seed is where counting begins, so that different seeds look at other numbers. They lie far apart.
    let start = Int64(bitPattern: XXH64.hash(seed)) >> 2
    let numbering = RowNumbering(name: input.schema.freeName("row number"), offset: start)
    let numbered = ResolvedPlan.numbered(numbering, input)
    let hash = ResolvedExpression.function("hash", [numbering.column], .int64)
    switch amount {
    case .fraction(let fraction):
      guard fraction < 1 else { return input }
      // Hashes are spread evenly over all 64-bit numbers.
      let bound = Int64(((fraction - 0.5) * 0x1p64).rounded(.down))
      let condition = ResolvedExpression.binary(.less, hash, .literal(.int(bound), .int64), .bool)
      return ResolvedPlan.filter(condition, numbered).keeping(input.schema.fields)
    case .rows(let count):
      let key = numbered.schema.freeName("hash")
      let columns = numbered.schema.fields.map(NamedExpression.column) + [NamedExpression(name: key, expression: hash)]
      let chosen = ResolvedPlan.sort([ResolvedSortKey(column: key)], limit: count, .project(columns, numbered))
      return ResolvedPlan.sort([ResolvedSortKey(column: numbering.name)], limit: nil, chosen).keeping(
        input.schema.fields)
    }
  }
}

/// One row of those with equal values.
struct DistinctVerb: FrameVerb {
  /// Nil: all columns.
  let names: [String]?
  let keep: DistinctKeep

  var description: String { "distinct" + (names.map { " on \($0.identifiers)" } ?? "") + ", keep \(keep)" }

  func resolve(_ input: ResolvedPlan) throws -> ResolvedPlan {
    let keys = try (names ?? input.schema.names).map { try input.schema.known($0).name }
    if keys.isEmpty { return input }
    // Groups come in the order of their first rows.
    if names == nil, keep == .first || keep == .any {
      return try AggregateResolver.resolve(keys: keys.map { col($0) }, aggregates: [], input: input)
    }
    let numbering = RowNumbering(name: input.schema.freeName("row number"))
    let number = col(numbering.name)
    let numbered = ResolvedPlan.numbered(numbering, input)
    let size = numbered.schema.freeName("group size")
    let chosen = (keep == .last ? number.max() : number.min()).as(numbering.name)
    var groups = try AggregateResolver.resolve(
      keys: keys.map { col($0) }, aggregates: [chosen, count().as(size)], input: numbered)
    if keep == .none { groups = try Resolver.filter(col(size) == 1, groups) }
    let join = Join(
      kind: .semi, leftKeys: [number], rightKeys: [number], sharesKeys: true, suffix: "", nullsAreEqual: false)
    return try JoinResolver.resolve(join, numbered, groups).keeping(input.schema.fields)
  }
}
