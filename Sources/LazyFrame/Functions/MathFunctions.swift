import Columnar
import Glibc

/// Functions of floats, and of numbers of which an integer stays one.
enum MathFunctions {
  private typealias Definition = FunctionDefinition

  static let all: [FunctionDefinition] = rounding + powers + angles + tests

  private static let rounding: [FunctionDefinition] = [
    Definition("abs", nil, [.amount], gives: .same, failure: .whenInteger) { arguments, _ in
      try MathKernels.abs(arguments[0])
    },
    Definition(
      "round", "round(x) or round(x, digits)", [.number, .integer.constant.optional], gives: .same,
      failure: .whenInteger
    ) { arguments, _ in try MathKernels.round(arguments[0], digits: digits(arguments)) },
    Definition(
      "round_even", "round_even(x) or round_even(x, digits)", [.number, .integer.constant.optional], gives: .same,
      failure: .whenInteger
    ) { arguments, _ in try MathKernels.round(arguments[0], digits: digits(arguments), ties: .toEven) },
    Definition(
      "round_sig_figs", "round_sig_figs(x, digits)", [.number, .integer.constant], gives: .same,
      failure: .whenInteger,
      check: { arguments in
        if case .literal(.int(let digits), _) = arguments[1], digits < 1 {
          throw LazyFrameError(.type, "round_sig_figs needs at least one digit, and not \(digits)")
        }
      }
    ) { arguments, _ in try MathKernels.round(arguments[0], significantDigits: digits(arguments)) },
    Definition("floor", nil, [.magnitude], gives: .same) { arguments, _ in
      MathKernels.whole(arguments[0]) { $0.rounded(.down) }
    },
    Definition("ceil", nil, [.magnitude], gives: .same) { arguments, _ in
      MathKernels.whole(arguments[0]) { $0.rounded(.up) }
    },
    Definition("trunc", nil, [.magnitude], gives: .same) { arguments, _ in
      MathKernels.whole(arguments[0]) { $0.rounded(.towardZero) }
    },
    Definition("sign", nil, [.number], gives: .same) { arguments, _ in MathKernels.sign(arguments[0]) },
  ]

  private static func digits(_ arguments: [Column]) -> Int64 { arguments.count > 1 ? arguments[1].int64s[0] : 0 }

  private static let powers: [FunctionDefinition] = [
    float("sqrt") { MathKernels.map($0) { $0.squareRoot() } },
    float("cbrt") { MathKernels.map($0) { MathKernels.cubeRoot($0) } },
    float("exp") { MathKernels.map($0) { Glibc.exp($0) } },
    float("exp2") { MathKernels.map($0) { Glibc.exp2($0) } },
    float("expm1") { MathKernels.map($0) { Glibc.expm1($0) } },
    float("ln") { MathKernels.map($0) { Glibc.log($0) } },
    float("log2") { MathKernels.map($0) { Glibc.log2($0) } },
    float("log10") { MathKernels.map($0) { Glibc.log10($0) } },
    float("log1p") { MathKernels.map($0) { Glibc.log1p($0) } },
    Definition("log", "log(base, x), ln(x) or log10(x)", [.float, .float], gives: .float64) { arguments, _ in
      MathKernels.map(arguments[0], arguments[1]) { MathKernels.logarithm($1, base: $0) }
    },
    Definition("pow", "pow(x, y)", [.float, .float], gives: .float64) { arguments, _ in
      MathKernels.map(arguments[0], arguments[1]) { Glibc.pow($0, $1) }
    },
  ]

  private static let angles: [FunctionDefinition] = [
    float("sin") { MathKernels.map($0) { Glibc.sin($0) } },
    float("cos") { MathKernels.map($0) { Glibc.cos($0) } },
    float("tan") { MathKernels.map($0) { Glibc.tan($0) } },
    float("asin") { MathKernels.map($0) { Glibc.asin($0) } },
    float("acos") { MathKernels.map($0) { Glibc.acos($0) } },
    float("atan") { MathKernels.map($0) { Glibc.atan($0) } },
    Definition("atan2", "atan2(y, x)", [.float, .float], gives: .float64) { arguments, _ in
      MathKernels.map(arguments[0], arguments[1]) { Glibc.atan2($0, $1) }
    },
    float("sinh") { MathKernels.map($0) { Glibc.sinh($0) } },
    float("cosh") { MathKernels.map($0) { Glibc.cosh($0) } },
    float("tanh") { MathKernels.map($0) { Glibc.tanh($0) } },
    float("degrees") { MathKernels.map($0) { $0 * (180 / .pi) } },
    float("radians") { MathKernels.map($0) { $0 * (.pi / 180) } },
  ]

  private static let tests: [FunctionDefinition] = [
    Definition("isnan", nil, [.float], gives: .bool) { arguments, _ in MathKernels.test(arguments[0]) { $0.isNaN } },
    Definition("isfinite", nil, [.float], gives: .bool) { arguments, _ in
      MathKernels.test(arguments[0]) { $0.isFinite }
    },
    Definition("isinf", nil, [.float], gives: .bool) { arguments, _ in
      MathKernels.test(arguments[0]) { $0.isInfinite }
    },
    // Written with what is there already: the value, or the other one where it is NaN.
    Definition("fill_nan", "fill_nan(x, y)", [.float, .float]) { arguments in
      let typed = try FunctionParameter.typed(arguments, [.float, .float], of: "fill_nan")
      return .conditional(
        [ResolvedBranch(condition: .function("isnan", [typed[0]], .bool), value: typed[1])], otherwise: typed[0])
    },
  ]

  private static func float(_ name: String, _ kernel: @escaping @Sendable (Column) -> Column) -> FunctionDefinition {
    Definition(name, nil, [.float], gives: .float64) { arguments, _ in kernel(arguments[0]) }
  }
}
