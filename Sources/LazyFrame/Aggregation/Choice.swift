import Columnar

/// Which of a group's values an aggregate keeps. Nulls are no candidates, and of equal values the first is kept, so that
/// the result does not depend on how the rows are partitioned.
enum Choice {
  /// Numbers come before NaN, false before true; strings are ordered by their bytes.
  case smallest, largest
  case first, last

  /// An accumulator that keeps this one of the values of a column of `type`.
  func makeAccumulator(of type: DType) -> any Accumulator {
    switch type.kind {
    case .null: NullAccumulator()
    case .string: StringChoiceAccumulator(choice: self)
    case .categorical: preconditionFailure("the resolver casts categories to text")
    case .list:
      switch self {
      case .first: RowsAccumulator(types: [type], keeps: .first, skipsNulls: true, result: .value)
      case .last: RowsAccumulator(types: [type], keeps: .last, skipsNulls: true, result: .value)
      case .smallest, .largest: preconditionFailure("the resolver refuses to order lists")
      }
    default: ChoiceAccumulator(type: type, choice: self)
    }
  }
}
