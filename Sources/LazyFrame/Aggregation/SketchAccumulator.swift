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

/// An aggregate that keeps a sketch of each group.
protocol SketchAccumulator: Accumulator {
  associatedtype Sketch: GroupSketch

  /// By group; as many as groups were seen.
  var sketches: [Sketch] { get set }
}

extension SketchAccumulator {
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

  func reserve(_ count: Int) {
    while sketches.count < count { sketches.append(Sketch()) }
  }

  func seal(_ numbers: UnsafeBufferPointer<UInt32>) {
    var sealed = Array(repeating: Sketch(), count: numbers.count)
    for (group, sketch) in sketches.enumerated() { sealed[Int(numbers[group])] = sketch }
    sketches = sealed
  }

  func merge(_ other: any Accumulator, _ pairs: GroupPairs, from others: GroupStates, into states: GroupStates) {
    guard let other = other as? Self else { preconditionFailure("states of different aggregates") }
    for index in 0..<pairs.count {
      let target = Int(pairs.targets[index])
      reserve(target + 1)
      sketches[target].merge(other.sketches[Int(pairs.sources[index])])
    }
  }
}

/// `approx_count_distinct`: see `CardinalitySketch`.
final class CardinalityAccumulator: SketchAccumulator, @unchecked Sendable {
  // Sendable: see Accumulator.
  var sketches: [CardinalitySketch] = []

  func finish(_ count: Int, _ states: GroupStates) -> Column {
    reserve(count)
    return Column(sketches.map { Int64($0.count().rounded()) as Int64? })
  }
}

/// `approx_quantile`: see `QuantileSketch`.
final class QuantileSketchAccumulator: SketchAccumulator, @unchecked Sendable {
  // Sendable: see Accumulator.
  private let fraction: Double
  var sketches: [QuantileSketch] = []

  init(fraction: Double) { self.fraction = fraction }

  func finish(_ count: Int, _ states: GroupStates) -> Column {
    reserve(count)
    return Column(sketches.map { $0.quantile(fraction) })
  }
}
