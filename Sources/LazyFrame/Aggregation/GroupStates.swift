/// What an aggregate remembers of one group, in fixed size, inside the group's row of a `GroupTable`.
protocol GroupState: BitwiseCopyable {
  /// Adds what `other` has seen; its rows come after this state's. A state of which all bits are zero has seen nothing.
  mutating func merge(_ other: Self)
}

/// The states of one aggregate for all groups of a table: one in each row of the table.
struct GroupStates {
  /// The first group's.
  let base: UnsafeMutableRawPointer
  /// How many bytes lie between the states of neighbours.
  let stride: Int

  /// The states as values of a type.
  @inline(__always)
  func of<State: GroupState>(_ type: State.Type) -> TypedGroupStates<State> {
    TypedGroupStates(base: base, stride: stride)
  }
}

/// The states of one aggregate, by group.
struct TypedGroupStates<State: GroupState> {
  fileprivate let base: UnsafeMutableRawPointer
  fileprivate let stride: Int

  @inline(__always)
  subscript(group: Int) -> UnsafeMutablePointer<State> {
    (base + group &* stride).assumingMemoryBound(to: State.self)
  }
}
