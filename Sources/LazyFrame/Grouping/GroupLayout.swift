/// How a group lies in memory: its key, its hash, and what each aggregate remembers of it, side by side.
struct GroupLayout: Sendable {
  /// How many words a key has. The hash comes behind them.
  let wordCount: Int
  /// Where the state of each aggregate begins, in words.
  let stateOffsets: [Int]
  /// How many words a row has.
  let stride: Int

  /// - Parameter stateSizes: in bytes, multiples of 8.
  init(wordCount: Int, stateSizes: [Int]) {
    self.wordCount = wordCount
    var offsets: [Int] = []
    var next = wordCount + 1
    for size in stateSizes {
      offsets.append(next)
      next += size / 8
    }
    stateOffsets = offsets
    stride = next
  }

  /// The states of an aggregate in rows that lie one behind another.
  func states(of aggregate: Int, in rows: UnsafeMutablePointer<UInt64>) -> GroupStates {
    GroupStates(base: UnsafeMutableRawPointer(rows + stateOffsets[aggregate]), stride: 8 * stride)
  }
}
