import Columnar

/// `count_distinct()`: how many different values that are not null each group has. 0.0 equals -0.0, and NaN equals NaN.
///
/// The different pairs of a group and a value are found like the groups of a group-by with these two keys. The word that
/// says which keys are null is not needed then, and holds the group's number instead:
///
///     word 0                     word 1 …
///     group, or `null` for all   the value, as `KeyEncoder` writes it
final class DistinctAccumulator: Accumulator, @unchecked Sendable {
  // Sendable: see Accumulator.

  /// The first word of a null, whatever its group.
  private static let null = UInt64.max

  private let type: DType
  private let encoder: KeyEncoder
  private var pairs: GroupTable
  private let strings: StringInterner

  /// Room for one batch, kept from one to the next: its words, and the runs of equal pairs, which are not used.
  private var words = GroupTable.MutableWords(count: 0)
  private var runs: [UInt32] = []

  convenience init(type: DType) {
    let encoder = KeyEncoder(types: [type])
    self.init(type, encoder, GroupTable(wordCount: encoder.wordCount), StringInterner())
  }

  private init(_ type: DType, _ encoder: KeyEncoder, _ pairs: consuming GroupTable, _ strings: StringInterner) {
    (self.type, self.encoder, self.strings) = (type, encoder, strings)
    self.pairs = pairs
  }

  func grow(to count: Int) {}

  func update(_ inputs: [Column], _ runs: GroupRuns) {
    let rowCount = inputs[0].count
    if type == .null || rowCount == 0 { return }
    let stride = encoder.wordCount
    if words.count < rowCount * stride {
      words = GroupTable.MutableWords(count: rowCount * stride)
      self.runs = Array(repeating: 0, count: 2 * rowCount + 1)
    }
    encoder.encode(inputs, rowCount: rowCount, into: words.pointer, strings)
    let first = words.pointer
    runs.forEach { group, start, end in
      for row in start..<end {
        first[row &* stride] = first[row &* stride] == 0 ? UInt64(group) : DistinctAccumulator.null
      }
    }
    self.runs.withUnsafeMutableBufferPointer { runs in
      guard let base = runs.baseAddress else { return }
      _ = pairs.assign(first, rowCount: rowCount, groups: base, starts: base + rowCount)
    }
  }

  func merge(_ other: any Accumulator, _ groups: Buffer<UInt32>) {
    guard let other = other as? DistinctAccumulator else { preconditionFailure("states of different aggregates") }
    _ = pairs.add(other.pairs) { [encoder, strings] words, target in
      encoder.translate(words, from: other.strings, to: strings, into: target)
      if words[0] != DistinctAccumulator.null { target[0] = UInt64(groups[Int(words[0])]) }
    }
  }

  func finish(_ count: Int) -> Column {
    var counts = [Int64](repeating: 0, count: count)
    for pair in 0..<pairs.count {
      let group = pairs.words.pointer[pair * encoder.wordCount]
      if group != DistinctAccumulator.null { counts[Int(group)] += 1 }
    }
    return Column(type: .int64, values: .int64(Buffer(counts)))
  }
}
