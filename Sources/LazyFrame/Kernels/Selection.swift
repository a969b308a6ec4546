import Columnar

/// The rows of a batch that a condition holds for, in order.
struct Selection: Sendable {
  let rows: Buffer<UInt32>
  /// How many rows there were to choose from.
  let total: Int

  /// The rows where the condition is true: neither false nor null.
  init(_ condition: Column) {
    let holds = Bitmap.both(condition.bools, condition.validity) ?? condition.bools
    precondition(holds.count <= Int(UInt32.max), "a batch of over four billion rows cannot be filtered")
    total = holds.count
    let rows = MutableBuffer<UInt32>(count: holds.setCount)
    var written = 0
    for index in 0..<Bitmap.wordCount(holds.count) {
      var word = holds.words.pointer[index]
      while word != 0 {
        rows.pointer[written] = UInt32(truncatingIfNeeded: index << 6 + word.trailingZeroBitCount)
        written += 1
        word &= word - 1
      }
    }
    self.rows = rows.freeze()
  }

  /// Whether every row is selected, so that nothing needs to move.
  var isComplete: Bool { rows.count == total }
}
