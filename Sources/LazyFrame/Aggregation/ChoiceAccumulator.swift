import Columnar

/// `min`, `max`, `first`, `last`, and also `all` and `any`, which are the smallest and the largest truth value.
final class ChoiceAccumulator<Values: Candidates>: Accumulator, @unchecked Sendable {
  // Sendable: see Accumulator.
  private let type: DType
  private let choice: Choice
  /// Keeps values of a batch. A stored function, because the compiler specialises it for `Values` where the accumulator
  /// is made; a method it could not, for want of knowing who calls it.
  private let keep: @Sendable (Choice, inout [Values.Kept?], Column, GroupRuns) -> Void
  /// The value kept of each group; nil while there is none.
  private var kept: [Values.Kept?] = []

  @inline(__always)
  init(type: DType, choice: Choice) {
    self.type = type
    self.choice = choice
    keep = { ChoiceAccumulator.keep($0, &$1, $2, $3) }
  }

  private init(like other: ChoiceAccumulator) {
    (type, choice, keep, kept) = (other.type, other.choice, other.keep, other.kept)
  }

  func grow(to count: Int) {
    kept.append(contentsOf: repeatElement(nil, count: max(0, count - kept.count)))
  }

  func update(_ inputs: [Column], _ runs: GroupRuns) {
    keep(choice, &kept, inputs[0], runs)
  }

  private static func keep(_ choice: Choice, _ kept: inout [Values.Kept?], _ column: Column, _ runs: GroupRuns) {
    let values = Values(column)
    let validity = column.validity
    kept.withUnsafeMutableBufferPointer { kept in
      switch choice {
      case .smallest:
        runs.forEach(validity) { group, start, end in
          var best = kept[group] ?? values.kept(start)
          for row in start..<end where values.isLess(row, best) { best = values.kept(row) }
          kept[group] = best
        }
      case .largest:
        runs.forEach(validity) { group, start, end in
          var best = kept[group] ?? values.kept(start)
          for row in start..<end where values.isGreater(row, best) { best = values.kept(row) }
          kept[group] = best
        }
      case .first:
        runs.forEach(validity) { group, start, _ in
          if kept[group] == nil { kept[group] = values.kept(start) }
        }
      case .last:
        runs.forEach(validity) { group, _, end in kept[group] = values.kept(end - 1) }
      }
    }
  }

  func merge(_ other: any Accumulator, _ pairs: GroupPairs) {
    guard let other = other as? Self else { preconditionFailure("states of different aggregates") }
    for index in 0..<pairs.count {
      guard let theirs = other.kept[Int(pairs.sources[index])] else { continue }
      let group = Int(pairs.targets[index])
      guard let ours = kept[group] else {
        kept[group] = theirs
        continue
      }
      let isBetter =
        switch choice {
        case .smallest: Values.isLess(theirs, ours)
        case .largest: Values.isLess(ours, theirs)
        case .first: false
        case .last: true
        }
      if isBetter { kept[group] = theirs }
    }
  }

  func finish(_ count: Int) -> Column {
    let kept = kept[..<count]
    return Column(
      type: type, values: Values.values(kept),
      validity: kept.contains { $0 == nil } ? Bitmap(kept.map { $0 != nil }) : nil)
  }
}
