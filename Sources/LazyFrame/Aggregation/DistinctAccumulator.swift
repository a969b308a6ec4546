import Columnar

/// `count_distinct()`: how many different values that are not null each group has. 0.0 equals -0.0, and NaN equals NaN.
///
/// The different pairs of a group and a value are found like the groups of a group-by with these two keys:
///
///     word 0    word 1 …
///     group     the value, as `KeyEncoder` writes it
final class DistinctAccumulator: Accumulator, @unchecked Sendable {
  // Sendable: see Accumulator.

  private let type: DType
  private let encoder: KeyEncoder
  private var pairs: GroupTable
  private let strings = StringInterner()
  /// The pairs in the order of their groups, once sealed.
  private var sealed: GroupedOrder?

  /// Room for one batch, kept from one to the next: the values' keys, the pairs, and the runs of equal ones, which are not
  /// used.
  private let valueRows: KeyRows
  private let pairRows: KeyRows
  private var runs: [UInt32] = []

  init(type: DType) {
    self.type = type
    encoder = KeyEncoder(types: [type])
    valueRows = KeyRows(wordCount: encoder.wordCount)
    pairRows = KeyRows(wordCount: encoder.wordCount + 1)
    pairs = GroupTable(GroupLayout(wordCount: encoder.wordCount + 1, stateSizes: []))
  }

  var stateSize: Int { 0 }
  var isCopiedWithState: Bool { false }

  func update(_ inputs: [Column], _ runs: GroupRuns, _ states: GroupStates) {
    let rowCount = inputs[0].count
    if type == .null || rowCount == 0 { return }
    encoder.encode(inputs, rowCount: rowCount, into: valueRows, strings)
    pairRows.reset(rowCount: rowCount)
    var count = 0
    let (values, target) = (valueRows.words, pairRows.words)
    let (width, stride) = (encoder.wordCount, encoder.wordCount + 1)
    runs.forEach(inputs[0].validity) { group, start, end in
      for row in start..<end {
        let pair = target + count &* stride
        pair[0] = UInt64(group)
        for word in 0..<width { pair[1 &+ word] = values[row &* width &+ word] }
        pairRows.hashes[count] = KeyHash.add(UInt64(group), to: valueRows.hashes[row])
        count &+= 1
      }
    }
    pairRows.truncate(rowCount: count)
    if self.runs.count < 2 * count + 1 { self.runs = Array(repeating: 0, count: 2 * rowCount + 1) }
    self.runs.withUnsafeMutableBufferPointer { runs in
      guard let base = runs.baseAddress else { return }
      _ = pairs.assign(pairRows, groups: base, starts: base + count)
    }
  }

  func seal(_ numbers: UnsafeBufferPointer<UInt32>) {
    let groups = (0..<pairs.count).map { numbers[Int(pairs.key(of: $0)[0])] }
    sealed = groups.withUnsafeBufferPointer { GroupedOrder(groups: $0, groupCount: numbers.count) }
  }

  func merge(_ other: any Accumulator, _ groups: GroupPairs, from others: GroupStates, into states: GroupStates) {
    guard let other = other as? DistinctAccumulator, let sealed = other.sealed else {
      preconditionFailure("only a sealed state of the same aggregate can be merged")
    }
    let stride = encoder.wordCount + 1
    let translates = encoder.needsTranslation(other.strings)
    withUnsafeTemporaryAllocation(of: UInt64.self, capacity: stride) { key in
      guard let key = key.baseAddress else { return }
      for index in 0..<groups.count {
        for place in sealed.places(of: Int(groups.sources[index])) {
          let words = other.pairs.key(of: Int(sealed.order.pointer[place]))
          if translates {
            encoder.translate(words + 1, from: other.strings, to: strings, into: key + 1)
          } else {
            key.update(from: words, count: stride)
          }
          key[0] = UInt64(groups.targets[index])
          let valueHash = encoder.hash(key + 1, strings)
          _ = pairs.findOrAdd(key, KeyHash.add(key[0], to: valueHash))
        }
      }
    }
  }

  func finish(_ count: Int, _ states: GroupStates) -> Column {
    var counts = [Int64](repeating: 0, count: count)
    if let sealed {
      for group in 0..<count { counts[group] = Int64(sealed.places(of: group).count) }
    } else {
      for pair in 0..<pairs.count { counts[Int(pairs.key(of: pair)[0])] += 1 }
    }
    return Column(type: .int64, values: .int64(Buffer(counts)))
  }
}
