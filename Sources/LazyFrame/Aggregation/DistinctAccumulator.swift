import Columnar

/// `count_distinct()`: how many different values that are not null each group has; `mode()`: the most frequent of them, and of
/// several the first in the rows. 0.0 equals -0.0, and NaN equals NaN. A value of several columns is their combination.
///
/// The different pairs of a group and a value are found like the groups of a group-by with these two keys:
///
///     word 0    word 1 …
///     group     the value, as `KeyEncoder` writes it
///
/// They are numbered in the order in which they first appear. For `mode` each has the number of its rows as its state.
final class DistinctAccumulator: Accumulator, @unchecked Sendable {
  // Sendable: see Accumulator.

  enum Result { case count, mostFrequent }

  private let types: [DType]
  private let result: Result
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

  init(types: [DType], result: Result) {
    (self.types, self.result) = (types, result)
    encoder = KeyEncoder(types: types)
    valueRows = KeyRows(wordCount: encoder.wordCount)
    pairRows = KeyRows(wordCount: encoder.wordCount + 1)
    pairs = GroupTable(GroupLayout(wordCount: encoder.wordCount + 1, stateSizes: result == .mostFrequent ? [8] : []))
  }

  var stateSize: Int { 0 }
  var isCopiedWithState: Bool { false }

  func update(_ inputs: [Column], _ runs: GroupRuns, _ states: GroupStates) {
    let rowCount = inputs[0].count
    if types.contains(.null) || rowCount == 0 { return }
    encoder.encode(inputs, rowCount: rowCount, into: valueRows, strings)
    pairRows.reset(rowCount: rowCount)
    var count = 0
    let (values, target) = (valueRows.words, pairRows.words)
    let (width, stride) = (encoder.wordCount, encoder.wordCount + 1)
    let validity = inputs.dropFirst().reduce(inputs[0].validity) { Bitmap.both($0, $1.validity) }
    runs.forEach(validity) { group, start, end in
      for row in start..<end {
        let pair = target + count &* stride
        pair[0] = UInt64(group)
        for word in 0..<width { pair[1 &+ word] = values[row &* width &+ word] }
        pairRows.hashes[count] = KeyHash.add(UInt64(group), to: valueRows.hashes[row])
        count &+= 1
      }
    }
    addPairs(count) { Int64($0.count) }
  }

  /// Finds the first of `pairRows`, or adds them.
  ///
  /// - Parameter frequency: how many rows some of them have together, which are the same pair.
  private func addPairs(_ count: Int, _ frequency: (Range<Int>) -> Int64) {
    pairRows.truncate(rowCount: count)
    if runs.count < 2 * count + 1 { runs = Array(repeating: 0, count: 2 * count + 1) }
    runs.withUnsafeMutableBufferPointer { runs in
      guard let base = runs.baseAddress else { return }
      let (found, starts) = (base, base + count)
      let runCount = pairs.assign(pairRows, groups: found, starts: starts)
      guard result == .mostFrequent else { return }
      let frequencies = pairs.states(of: 0).of(Int64.self)
      for run in 0..<runCount {
        frequencies[Int(found[run])].pointee += frequency(Int(starts[run])..<Int(starts[run + 1]))
      }
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
    // Some thousand pairs are looked for at a time, so that their waits for memory overlap.
    let batch = 4096
    pairRows.reset(rowCount: batch)
    let sources = HalfWords(capacity: batch)
    var count = 0
    func add() {
      addPairs(count) { rows in
        let frequencies = other.pairs.states(of: 0).of(Int64.self)
        return rows.reduce(0) { $0 + frequencies[Int(sources.pointer[$1])].pointee }
      }
      count = 0
    }
    for index in 0..<groups.count {
      for place in sealed.places(of: Int(groups.sources[index])) {
        let source = sealed.order.pointer[place]
        let words = other.pairs.key(of: Int(source))
        let key = pairRows.words + count &* stride
        if translates {
          encoder.translate(words + 1, from: other.strings, to: strings, into: key + 1)
        } else {
          for word in 1..<stride { key[word] = words[word] }
        }
        key[0] = UInt64(groups.targets[index])
        pairRows.hashes[count] = KeyHash.add(key[0], to: encoder.hash(key + 1, strings))
        sources.pointer[count] = source
        count += 1
        if count == batch { add() }
      }
    }
    add()
  }

  func finish(_ count: Int, _ states: GroupStates) -> Column {
    switch result {
    case .count: counts(count)
    case .mostFrequent: modes(count)
    }
  }

  private func modes(_ count: Int) -> Column {
    let frequencies = pairs.states(of: 0).of(Int64.self)
    var best = [UInt32](repeating: .max, count: count)
    func look(_ group: Int, _ pair: Int) {
      let isBetter = best[group] == .max || frequencies[pair].pointee > frequencies[Int(best[group])].pointee
      if isBetter { best[group] = UInt32(truncatingIfNeeded: pair) }
    }
    if let sealed {
      for group in 0..<count {
        for place in sealed.places(of: group) { look(group, Int(sealed.order.pointer[place])) }
      }
    } else {
      for pair in 0..<pairs.count { look(Int(pairs.key(of: pair)[0]), pair) }
    }
    let values = encoder.decode(pairs.rows + 1, stride: pairs.layout.stride, count: pairs.count, strings)[0]
    return best.withUnsafeBufferPointer { RowKernels.take(values, $0, missing: .max) }
  }

  private func counts(_ count: Int) -> Column {
    var counts = [Int64](repeating: 0, count: count)
    if let sealed {
      for group in 0..<count { counts[group] = Int64(sealed.places(of: group).count) }
    } else {
      for pair in 0..<pairs.count { counts[Int(pairs.key(of: pair)[0])] += 1 }
    }
    return Column(type: .int64, values: .int64(Buffer(counts)))
  }
}
