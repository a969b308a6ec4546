/// Lets partitions of tables in memory out in which no row can pass the filter that stands on them.
///
///     filter day > date '2024-01-01'        filter day > date '2024-01-01'
///       frame                          ->     frame; partitions out of range are left out
///
/// What is known of a partition is the least and the largest value of each column of numbers or times; see `KnownStatistics`.
/// They are left out when the plan runs, and stay partitions without rows. A filter that can fail sees all rows.
enum PartitionPruning {
  static func apply(_ plan: ResolvedPlan) -> ResolvedPlan {
    let plan = plan.mappingInputs(apply)
    guard case .filter(let predicate, .memory(var node)) = plan, node.table.partitions.count > 1,
      predicate.isAboutRanges, !predicate.canFail
    else { return plan }
    node.condition = predicate
    return .filter(predicate, .memory(node))
  }
}
