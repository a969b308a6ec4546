import Columnar

/// Which of a group's values an aggregate keeps. Nulls are no candidates, and of equal values the first is kept, so that
/// the result does not depend on how the rows are partitioned.
enum Choice {
  /// Numbers come before NaN, false before true; strings are ordered by their bytes.
  case smallest, largest
  case first, last

  /// A state that keeps this one of the values of a column of `type`.
  func makeAccumulator(of type: DType) -> any Accumulator {
    switch type.kind {
    case .null: NullAccumulator()
    case .bool: ChoiceAccumulator<BoolCandidates>(type: type, choice: self)
    case .int32, .date: ChoiceAccumulator<FixedCandidates<Int32>>(type: type, choice: self)
    case .int64, .datetime: ChoiceAccumulator<FixedCandidates<Int64>>(type: type, choice: self)
    case .float32: ChoiceAccumulator<FixedCandidates<Float>>(type: type, choice: self)
    case .float64: ChoiceAccumulator<FixedCandidates<Double>>(type: type, choice: self)
    case .string: ChoiceAccumulator<StringCandidates>(type: type, choice: self)
    }
  }
}
