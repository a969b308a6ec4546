import Columnar

/// `min`, `max`, `first` and `last` of strings, which are ordered by their bytes.
///
/// A string that fits its view is in the group's row. Of a longer one the row has the length, the first bytes, and the number
/// of a copy.
final class StringChoiceAccumulator: Accumulator, @unchecked Sendable {
  // Sendable: see Accumulator.
  private struct State: GroupState {
    var isKnown: UInt64
    var view: StringView
    /// Where the copy of a long string is, plus one. It stays when the string is replaced, to be used again.
    var copy: UInt64

    mutating func merge(_ other: State) { preconditionFailure("which value is kept depends on the choice") }
  }

  private let choice: Choice
  private var copies: [[UInt8]] = []

  init(choice: Choice) {
    self.choice = choice
  }

  var stateSize: Int { MemoryLayout<State>.size }
  var isCopiedWithState: Bool { false }

  func update(_ inputs: [Column], _ runs: GroupRuns, _ states: GroupStates) {
    let strings = inputs[0].strings
    let views = strings.views.pointer
    let states = states.of(State.self)
    runs.forEach(inputs[0].validity) { group, start, end in
      let state = states[group]
      switch choice {
      case .first:
        if state.pointee.isKnown == 0 { keep(views[start], strings, state) }
      case .last: keep(views[end - 1], strings, state)
      case .smallest, .largest:
        for row in start..<end where state.pointee.isKnown == 0 || isBetter(views[row], strings, state.pointee) {
          keep(views[row], strings, state)
        }
      }
    }
  }

  private func isBetter(_ view: StringView, _ strings: StringValues, _ state: State) -> Bool {
    let order =
      StringView.order(view, state.view)
      ?? strings.withBytes(of: view) { left in withBytes(state) { StringValues.compare(left, $0) } }
    return choice == .smallest ? order < 0 : order > 0
  }

  private func withBytes<Result>(_ state: State, _ body: (UnsafeRawBufferPointer) -> Result) -> Result {
    if !state.view.isInline { return copies[Int(state.copy) - 1].withUnsafeBytes(body) }
    return withUnsafeBytes(of: state.view) { body(UnsafeRawBufferPointer(rebasing: $0[4..<4 + state.view.length])) }
  }

  private func keep(_ view: StringView, _ strings: StringValues, _ state: UnsafeMutablePointer<State>) {
    state.pointee.isKnown = 1
    state.pointee.view = view
    if !view.isInline { strings.withBytes(of: view) { keepCopy($0, state) } }
  }

  private func keepCopy(_ text: UnsafeRawBufferPointer, _ state: UnsafeMutablePointer<State>) {
    if state.pointee.copy == 0 {
      copies.append(Array(text))
      state.pointee.copy = UInt64(copies.count)
    } else {
      copies[Int(state.pointee.copy) - 1] = Array(text)
    }
  }

  func merge(_ other: any Accumulator, _ pairs: GroupPairs, from others: GroupStates, into states: GroupStates) {
    guard let other = other as? StringChoiceAccumulator else { preconditionFailure("states of different aggregates") }
    let (others, states) = (others.of(State.self), states.of(State.self))
    for index in 0..<pairs.count {
      let theirs = others[Int(pairs.sources[index])].pointee
      let ours = states[Int(pairs.targets[index])]
      if theirs.isKnown == 0 { continue }
      let isBetter =
        switch choice {
        case .first: ours.pointee.isKnown == 0
        case .last: true
        case .smallest: ours.pointee.isKnown == 0 || other.order(theirs, ours.pointee, self) < 0
        case .largest: ours.pointee.isKnown == 0 || other.order(theirs, ours.pointee, self) > 0
        }
      guard isBetter else { continue }
      ours.pointee.isKnown = 1
      ours.pointee.view = theirs.view
      if !theirs.view.isInline { other.withBytes(theirs) { keepCopy($0, ours) } }
    }
  }

  /// How this accumulator's string compares with another's.
  private func order(_ state: State, _ other: State, _ others: StringChoiceAccumulator) -> Int {
    StringView.order(state.view, other.view)
      ?? withBytes(state) { left in others.withBytes(other) { StringValues.compare(left, $0) } }
  }

  func finish(_ count: Int, _ states: GroupStates) -> Column {
    let states = states.of(State.self)
    var builder = StringBuilder(capacity: count)
    var validity = MutableBitmap(repeating: true, count: count)
    for group in 0..<count {
      let state = states[group].pointee
      if state.isKnown == 0 {
        builder.appendEmpty()
        validity.clear(group)
      } else {
        withBytes(state) { builder.append($0) }
      }
    }
    return Column(type: .string, values: .string(builder.freeze()), validity: validity.freeze().unlessAllSet)
  }
}

extension StringView {
  /// The order of two strings as far as their views show it, else nil: the first four bytes of all strings, and all bytes
  /// of short ones. These are padded with zeros, so that of strings alike up to there the longer one comes last.
  @inline(__always)
  static func order(_ left: StringView, _ right: StringView) -> Int? {
    let (leftStart, rightStart) = ((left.low >> 32).byteSwapped, (right.low >> 32).byteSwapped)
    if leftStart != rightStart { return leftStart < rightStart ? -1 : 1 }
    guard left.isInline, right.isInline else { return nil }
    let (leftRest, rightRest) = (left.high.byteSwapped, right.high.byteSwapped)
    if leftRest != rightRest { return leftRest < rightRest ? -1 : 1 }
    return left.length - right.length
  }
}
