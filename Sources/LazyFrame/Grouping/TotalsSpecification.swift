import Columnar

/// What a group-by without keys computes, in parts that tasks share out.
///
/// All rows are one group, so there are no buckets of keys that would keep several tasks at work. What is dear in a single group
/// are its different values, and to finish exact quantiles; the rest are a few words. So the different values of each input
/// are found as the groups of a group-by whose key they are, which has buckets, and every aggregate is finished by a task of its
/// own:
///
///     count(x), median(x), count_distinct(x), count_distinct(y)
///         │         │             │                  │
///     plain: one group        groups by x        groups by y          a part of each partition's result
///         │         │          32 buckets         32 buckets          merged apart, block after block of partitions
///      finish     finish         count              count
///         └─────────┴───────┬─────┴──────────────────┘
///                        the row
///
/// Rows in which the value is null are no groups, and so are those that the aggregate's own filter keeps away.
struct TotalsSpecification: Sendable, Hashable, Codable {
  /// Values of which the different ones are counted.
  struct Distinct: Sendable, Hashable, Codable {
    let inputs: [ResolvedExpression]
    let filter: ResolvedExpression?

    /// The inputs, named by their numbers.
    var keys: [NamedExpression] { inputs.enumerated().map { NamedExpression(name: "\($0)", expression: $1) } }

    /// The group-by whose groups are the different values. Its rows have the inputs as columns.
    var specification: GroupSpecification {
      GroupSpecification(keys: keys.map { .column($0.field) }, aggregates: [])
    }
  }

  /// Where an aggregate is computed: it has this number among the plain ones, or counts the groups of this part.
  enum Source: Sendable, Hashable, Codable {
    case plain(Int)
    case distinct(Int)
  }

  let whole: GroupSpecification
  /// The aggregates that are computed in one group.
  let plain: GroupSpecification
  /// Each once, however many aggregates count them.
  let distinct: [Distinct]
  /// For each aggregate of the whole.
  let sources: [Source]

  /// - Parameter whole: a group-by without keys.
  init(_ whole: GroupSpecification) {
    var plain: [ResolvedAggregate] = []
    var distinct: [Distinct] = []
    sources = whole.aggregates.map { aggregate in
      guard aggregate.countsDistinct else {
        plain.append(aggregate)
        return .plain(plain.count - 1)
      }
      let values = Distinct(inputs: aggregate.inputs, filter: aggregate.filter)
      if let known = distinct.firstIndex(of: values) { return .distinct(known) }
      distinct.append(values)
      return .distinct(distinct.count - 1)
    }
    (self.whole, self.distinct) = (whole, distinct)
    self.plain = GroupSpecification(keys: [], aggregates: plain)
  }

  /// What the groups of each part are: first the plain one's, then those of different values.
  var parts: [GroupSpecification] { [plain] + distinct.map(\.specification) }

  /// The result from the plain aggregates and the numbers of different values, each as a column of one row.
  func row(_ totals: [Column], _ counts: [Column]) -> RecordBatch {
    let columns = sources.map { source in
      switch source {
      case .plain(let index): totals[index]
      case .distinct(let index): counts[index]
      }
    }
    return RecordBatch(schema: whole.schema, columns: columns, rowCount: 1)
  }
}

extension ResolvedAggregate {
  /// Whether it is the number of groups that its inputs would make. A column that is always null has no values.
  fileprivate var countsDistinct: Bool {
    switch function {
    case .countDistinct, .countDistinctRows: !inputs.contains { $0.type == .null }
    default: false
    }
  }
}
