import Columnar

/// What an aggregate knows about the values of a group in bounded memory, though not exactly.
protocol GroupSketch: Sendable {
  associatedtype Element: BitwiseCopyable & Sendable

  /// Has seen nothing.
  init()

  /// What is added for the values of a column.
  static func elements(of column: Column) -> Buffer<Element>

  mutating func add(_ element: Element)

  /// Adds what another has seen; its rows come after this one's.
  mutating func merge(_ other: Self)
}

/// Aggregates that keep a sketch of each group: `approx_count_distinct` and `approx_quantile`.
final class SketchAccumulator<Sketch: GroupSketch>: Accumulator, @unchecked Sendable {
  // Sendable: see Accumulator.
  private var sketches: [Sketch] = []
  private let result: ([Sketch]) -> Column

  /// - Parameter result: a column of what each sketch gives.
  init(of sketch: Sketch.Type, result: @escaping @Sendable ([Sketch]) -> Column) {
    self.result = result
  }

  var stateSize: Int { 0 }
  var isCopiedWithState: Bool { false }

  func update(_ inputs: [Column], _ runs: GroupRuns, _ states: GroupStates) {
    if inputs[0].type == .null { return }
    let elements = Sketch.elements(of: inputs[0])
    let values = elements.pointer
    runs.forEach(inputs[0].validity) { group, start, end in
      reserve(group + 1)
      for row in start..<end { sketches[group].add(values[row]) }
    }
    withExtendedLifetime(elements) {}
  }

  private func reserve(_ count: Int) {
    while sketches.count < count { sketches.append(Sketch()) }
  }

  func seal(_ numbers: UnsafeBufferPointer<UInt32>) {
    var sealed = Array(repeating: Sketch(), count: numbers.count)
    for (group, sketch) in sketches.enumerated() { sealed[Int(numbers[group])] = sketch }
    sketches = sealed
  }

  func merge(_ other: any Accumulator, _ pairs: GroupPairs, from others: GroupStates, into states: GroupStates) {
    guard let other = other as? SketchAccumulator else { preconditionFailure("states of different aggregates") }
    for index in 0..<pairs.count {
      let target = Int(pairs.targets[index])
      reserve(target + 1)
      sketches[target].merge(other.sketches[Int(pairs.sources[index])])
    }
  }

  func finish(_ count: Int, _ states: GroupStates) -> Column {
    reserve(count)
    return result(sketches)
  }
}
