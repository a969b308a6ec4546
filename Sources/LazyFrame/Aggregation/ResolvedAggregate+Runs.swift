import Columnar

extension ResolvedAggregate {
  /// The result of each of `count` groups, of which each has its rows side by side: run `r` is the rows
  /// `starts[r]..<starts[r + 1]`, all of group `groups[r]`. No run is empty; a group without one has seen nothing.
  ///
  /// - Throws: `LazyFrameError` when a result does not fit its type.
  func results(_ columns: [Column], _ groups: [UInt32], starts: [UInt32], count: Int) throws -> Column {
    let accumulator = makeAccumulator()
    let memory = Words(zeros: count * accumulator.stateSize / 8)
    let states = GroupStates(base: UnsafeMutableRawPointer(memory.pointer), stride: accumulator.stateSize)
    try groups.withUnsafeBufferPointer { groups in
      try starts.withUnsafeBufferPointer { starts in
        guard let first = groups.baseAddress, let start = starts.baseAddress else { return }
        try accumulator.update(columns, GroupRuns(groups: first, starts: start, count: groups.count), states)
      }
    }
    return try withExtendedLifetime(memory) { try accumulator.finish(count, states) }
  }
}
