import Columnar

/// The windows of a node that have the same keys and order, and so share one grouping of the rows.
struct WindowSet: Sendable, Codable {
  let frame: WindowFrame
  let windows: [ResolvedWindow]
  /// What is computed of each row beforehand: keys, order, and then the windows' inputs, columns that stand twice once.
  let expressions: [ResolvedExpression]
  /// Where the inputs of each window are among them.
  let inputs: [[Int]]

  private init(_ frame: WindowFrame, _ windows: [ResolvedWindow]) {
    (self.frame, self.windows) = (frame, windows)
    var expressions = frame.keys + frame.order.map(\.expression)
    inputs = windows.map { window in
      window.inputs.map { input in
        if case .column = input, let index = expressions.firstIndex(of: input) { return index }
        expressions.append(input)
        return expressions.count - 1
      }
    }
    self.expressions = expressions
  }

  /// The windows by their keys and order, in the order in which these first appear.
  static func sets(_ windows: [ResolvedWindow]) -> [WindowSet] {
    var frames: [WindowFrame] = []
    for window in windows where !frames.contains(window.frame) { frames.append(window.frame) }
    return frames.map { frame in WindowSet(frame, windows.filter { $0.frame == frame }) }
  }

  /// The schema of the rows that buckets are computed of; columns have their numbers for names.
  var schema: Schema {
    Schema(expressions.enumerated().map { Field("\($0.offset)", $0.element.type) })
  }

  var keyEncoder: KeyEncoder { KeyEncoder(types: frame.keys.map(\.type)) }

  func keys(_ batch: RecordBatch) -> [Column] { Array(batch.columns.prefix(frame.keys.count)) }

  /// The columns of the order as keys to sort by.
  var order: [ResolvedSortKey] {
    frame.order.enumerated().map { index, order in
      ResolvedSortKey(
        column: "\(frame.keys.count + index)", descending: order.descending, nullsFirst: order.nullsFirst)
    }
  }

  /// How many of the upper bits of a hash choose the bucket.
  static let bucketBits = 4

  /// Into how many buckets rows are set apart.
  func bucketCount(partitions: Int) -> Int {
    frame.keys.isEmpty || partitions <= 1 ? 1 : 1 << WindowSet.bucketBits
  }

  /// The bucket of a hash.
  static func bucket(_ hash: UInt64) -> UInt32 { UInt32(truncatingIfNeeded: hash >> UInt64(64 - bucketBits)) }
}
