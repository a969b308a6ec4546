import Columnar

/// Whole quotients, and the bits of integers.
enum IntegerFunctions {
  private typealias Definition = FunctionDefinition

  static let all: [FunctionDefinition] = [
    Definition(
      "floor_div", "floor_div(x, y)", [.sharedNumber, .sharedNumber], gives: .same, failure: .whenInteger
    ) { arguments, _ in try MathKernels.floorDivide(arguments[0], arguments[1]) },
    Definition("floor_mod", "floor_mod(x, y)", [.sharedNumber, .sharedNumber], gives: .same) { arguments, _ in
      MathKernels.floorModulo(arguments[0], arguments[1])
    },
    bits("bitwise_and") { $0 & $1 },
    bits("bitwise_or") { $0 | $1 },
    bits("bitwise_xor") { $0 ^ $1 },
    bits("bitwise_left_shift") { $0 << $1 },
    bits("bitwise_right_shift") { $0 >> $1 },
    Definition("bitwise_not", nil, [.integer], gives: .int64) { arguments, _ in
      MathKernels.integers(arguments[0], arguments[0]) { value, _ in ~value }
    },
    Definition("bit_count", nil, [.integer], gives: .int64) { arguments, _ in
      MathKernels.integers(arguments[0], arguments[0]) { value, _ in Int64(value.nonzeroBitCount) }
    },
  ]

  private static func bits(
    _ name: String, _ combine: @escaping @Sendable (Int64, Int64) -> Int64
  ) -> FunctionDefinition {
    Definition(name, "\(name)(x, y)", [.integer, .integer], gives: .int64) { arguments, _ in
      MathKernels.integers(arguments[0], arguments[1], combine)
    }
  }
}
