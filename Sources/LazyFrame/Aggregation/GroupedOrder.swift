import Columnar

/// The places of values by group, the values of a group side by side: what a sealed state of values that are kept is read by.
///
///     starts   0 3 5 …       group 0 has the places 0, 1, 2
///     order    the values' numbers in that order
struct GroupedOrder: Sendable {
  let starts: Buffer<UInt32>
  let order: Buffer<UInt32>

  init(starts: Buffer<UInt32>, order: Buffer<UInt32>) {
    (self.starts, self.order) = (starts, order)
  }

  /// A counting sort: stable, so that the values of a group stay in their order. O(values + groups).
  init(groups: UnsafeBufferPointer<UInt32>, groupCount: Int) {
    precondition(groups.count < Int(UInt32.max), "a partition holds at most 4 billion values")
    let starts = MutableBuffer<UInt32>(repeating: 0, count: groupCount + 1)
    let order = MutableBuffer<UInt32>(count: groups.count)
    let (start, target) = (starts.pointer, order.pointer)
    for group in groups { start[Int(group)] += 1 }
    // The ends of the groups; filling from behind turns them into starts.
    var total: UInt32 = 0
    for group in 0...groupCount {
      total += start[group]
      start[group] = total
    }
    for index in stride(from: groups.count - 1, through: 0, by: -1) {
      let group = Int(groups[index])
      start[group] -= 1
      target[Int(start[group])] = UInt32(truncatingIfNeeded: index)
    }
    self.starts = starts.freeze()
    self.order = order.freeze()
  }

  /// The places of a group's values in `order`.
  func places(of group: Int) -> Range<Int> { Int(starts.pointer[group])..<Int(starts.pointer[group + 1]) }
}
