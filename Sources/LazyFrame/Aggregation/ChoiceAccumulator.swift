import Columnar

/// `min`, `max`, `first`, `last` of values of fixed size, and also `all` and `any`, which are the smallest and the largest
/// truth value.
final class ChoiceAccumulator: Accumulator {
  private struct State<Kept: BitwiseCopyable>: GroupState {
    var isKnown: Bool
    var kept: Kept

    mutating func merge(_ other: State) { preconditionFailure("which value is kept depends on the choice") }
  }

  private let type: DType
  private let choice: Choice

  init(type: DType, choice: Choice) {
    (self.type, self.choice) = (type, choice)
  }

  var stateSize: Int { 16 }
  var isCopiedWithState: Bool { true }

  func update(_ inputs: [Column], _ runs: GroupRuns, _ states: GroupStates) {
    let column = inputs[0]
    switch type.kind {
    case .bool: update(BoolCandidates(column), column.validity, runs, states)
    case .int8: update(FixedCandidates<Int8>(column), column.validity, runs, states)
    case .int16: update(FixedCandidates<Int16>(column), column.validity, runs, states)
    case .uint8: update(FixedCandidates<UInt8>(column), column.validity, runs, states)
    case .uint16: update(FixedCandidates<UInt16>(column), column.validity, runs, states)
    case .uint32: update(FixedCandidates<UInt32>(column), column.validity, runs, states)
    case .uint64: update(FixedCandidates<UInt64>(column), column.validity, runs, states)
    case .int32, .date: update(FixedCandidates<Int32>(column), column.validity, runs, states)
    case .int64, .datetime, .duration: update(FixedCandidates<Int64>(column), column.validity, runs, states)
    case .float32: update(FixedCandidates<Float>(column), column.validity, runs, states)
    case .float64: update(FixedCandidates<Double>(column), column.validity, runs, states)
    case .null, .string, .categorical, .list: preconditionFailure("\(type) has an accumulator of its own")
    }
    withExtendedLifetime(column) {}
  }

  @inline(__always)
  private func update<Values: Candidates>(
    _ values: Values, _ validity: Bitmap?, _ runs: GroupRuns, _ states: GroupStates
  ) {
    let states = states.of(State<Values.Kept>.self)
    switch choice {
    case .smallest:
      let isDone = runs.forEachRow(validity) { group, row in
        let state = states[group]
        if state.pointee.isKnown, !values.isLess(row, state.pointee.kept) { return }
        state.pointee = State(isKnown: true, kept: values.kept(row))
      }
      if isDone { return }
      runs.forEach(validity) { group, start, end in
        let state = states[group]
        var best = state.pointee.isKnown ? state.pointee.kept : values.kept(start)
        for row in start..<end where values.isLess(row, best) { best = values.kept(row) }
        state.pointee = State(isKnown: true, kept: best)
      }
    case .largest:
      let isDone = runs.forEachRow(validity) { group, row in
        let state = states[group]
        if state.pointee.isKnown, !values.isGreater(row, state.pointee.kept) { return }
        state.pointee = State(isKnown: true, kept: values.kept(row))
      }
      if isDone { return }
      runs.forEach(validity) { group, start, end in
        let state = states[group]
        var best = state.pointee.isKnown ? state.pointee.kept : values.kept(start)
        for row in start..<end where values.isGreater(row, best) { best = values.kept(row) }
        state.pointee = State(isKnown: true, kept: best)
      }
    case .first:
      runs.forEach(validity) { group, start, _ in
        if !states[group].pointee.isKnown { states[group].pointee = State(isKnown: true, kept: values.kept(start)) }
      }
    case .last:
      runs.forEach(validity) { group, _, end in
        states[group].pointee = State(isKnown: true, kept: values.kept(end - 1))
      }
    }
  }

  func merge(_ other: any Accumulator, _ pairs: GroupPairs, from others: GroupStates, into states: GroupStates) {
    switch type.kind {
    case .bool: merge(BoolCandidates.self, pairs, others, states)
    case .int8: merge(FixedCandidates<Int8>.self, pairs, others, states)
    case .int16: merge(FixedCandidates<Int16>.self, pairs, others, states)
    case .uint8: merge(FixedCandidates<UInt8>.self, pairs, others, states)
    case .uint16: merge(FixedCandidates<UInt16>.self, pairs, others, states)
    case .uint32: merge(FixedCandidates<UInt32>.self, pairs, others, states)
    case .uint64: merge(FixedCandidates<UInt64>.self, pairs, others, states)
    case .int32, .date: merge(FixedCandidates<Int32>.self, pairs, others, states)
    case .int64, .datetime, .duration: merge(FixedCandidates<Int64>.self, pairs, others, states)
    case .float32: merge(FixedCandidates<Float>.self, pairs, others, states)
    case .float64: merge(FixedCandidates<Double>.self, pairs, others, states)
    case .null, .string, .categorical, .list: preconditionFailure("\(type) has an accumulator of its own")
    }
  }

  @inline(__always)
  private func merge<Values: Candidates>(
    _ values: Values.Type, _ pairs: GroupPairs, _ others: GroupStates, _ states: GroupStates
  ) {
    let (others, states) = (others.of(State<Values.Kept>.self), states.of(State<Values.Kept>.self))
    for index in 0..<pairs.count {
      let theirs = others[Int(pairs.sources[index])].pointee
      let ours = states[Int(pairs.targets[index])]
      guard theirs.isKnown else { continue }
      let isBetter =
        switch choice {
        case .smallest: Values.isLess(theirs.kept, ours.pointee.kept)
        case .largest: Values.isLess(ours.pointee.kept, theirs.kept)
        case .first: false
        case .last: true
        }
      if isBetter || !ours.pointee.isKnown { ours.pointee = theirs }
    }
  }

  func finish(_ count: Int, _ states: GroupStates) -> Column {
    switch type.kind {
    case .bool: finish(BoolCandidates.self, count, states)
    case .int8: finish(FixedCandidates<Int8>.self, count, states)
    case .int16: finish(FixedCandidates<Int16>.self, count, states)
    case .uint8: finish(FixedCandidates<UInt8>.self, count, states)
    case .uint16: finish(FixedCandidates<UInt16>.self, count, states)
    case .uint32: finish(FixedCandidates<UInt32>.self, count, states)
    case .uint64: finish(FixedCandidates<UInt64>.self, count, states)
    case .int32, .date: finish(FixedCandidates<Int32>.self, count, states)
    case .int64, .datetime, .duration: finish(FixedCandidates<Int64>.self, count, states)
    case .float32: finish(FixedCandidates<Float>.self, count, states)
    case .float64: finish(FixedCandidates<Double>.self, count, states)
    case .null, .string, .categorical, .list: preconditionFailure("\(type) has an accumulator of its own")
    }
  }

  @inline(__always)
  private func finish<Values: Candidates>(_ values: Values.Type, _ count: Int, _ states: GroupStates) -> Column {
    let states = states.of(State<Values.Kept>.self)
    var validity = MutableBitmap(repeating: true, count: count)
    for group in 0..<count where !states[group].pointee.isKnown { validity.clear(group) }
    return Column(
      type: type, values: Values.values(count) { states[$0].pointee.kept }, validity: validity.freeze().unlessAllSet)
  }
}
