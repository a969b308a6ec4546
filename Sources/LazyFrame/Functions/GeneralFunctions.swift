import Columnar

/// Functions of values of any type.
enum GeneralFunctions {
  private typealias Definition = FunctionDefinition

  static let all: [FunctionDefinition] = [
    Definition("coalesce", "coalesce(x, y, …)", [.shared.repeated], gives: .same) { arguments, _ in
      SelectionKernels.coalesce(arguments)
    },
    Definition("fill_null", "fill_null(x, y)", [.shared, .shared]) { arguments in
      try ScalarFunction("coalesce").definition.resolve(arguments)
    },
    Definition("nullif", "nullif(x, y)", [.any, .any], resolve: nullIf),
    Definition(
      "in", "x in (…)", [.shared, .shared, .shared.optional.repeated],
      kernel: { arguments, _ in SelectionKernels.isIn(arguments[0], Array(arguments.dropFirst())) }
    ) { arguments in
      let unified = try TypeRules.unified(arguments, of: "the values of 'in'")
      let compared = TypeRules.asCompared(arguments, unified: unified)
      if let constants = ConstantSet(compared.dropFirst(), among: compared[0].type) {
        return .membership(compared[0], constants)
      }
      return .function(.isIn, compared, .bool)
    },
    Definition("least", "least(x, y, …)", [.ordered.repeated], gives: .same) { arguments, _ in
      ChoiceKernels.extreme(arguments, .less)
    },
    Definition("greatest", "greatest(x, y, …)", [.ordered.repeated], gives: .same) { arguments, _ in
      ChoiceKernels.extreme(arguments, .greater)
    },
    Definition(
      "clip", "clip(x, low, high), where null is no bound", [.ordered, .ordered, .ordered], gives: .same,
      check: { arguments in
        let type = arguments[0].type
        guard type.isNumeric || type.isTemporal || type == .duration || type == .null else {
          throw LazyFrameError(.type, "clip needs numbers or dates, and '\(arguments[0])' is \(type)")
        }
      }
    ) { arguments, _ in ChoiceKernels.clip(arguments[0], low: arguments[1], high: arguments[2]) },
    Definition("hash", nil, [.ordered], gives: .int64) { arguments, _ in HashKernels.hash(arguments[0]) },
  ]

  /// Compared in the common type, but the value that comes out is the first argument as it was.
  private static func nullIf(_ arguments: [ResolvedExpression]) throws -> ResolvedExpression {
    guard let types = TypeRules.comparison(arguments[0], arguments[1]) else {
      throw LazyFrameError(.type, "nullif cannot compare \(arguments[0].type) and \(arguments[1].type)")
    }
    let left = try TypeRules.coercedOperand(arguments[0], to: types.0)
    let right = try TypeRules.coercedOperand(arguments[1], to: types.1)
    let isEqual = ResolvedExpression.binary(.equal, left, right, .bool)
    return .conditional(
      [ResolvedBranch(condition: isEqual, value: .cast(.literal(.null, .null), arguments[0].type))],
      otherwise: arguments[0])
  }
}
