import Columnar

/// What each scalar function takes and gives.
enum FunctionSignature {
  /// The function with its arguments cast to what it works on, or an error that names the argument.
  static func resolve(_ function: ScalarFunction, _ arguments: [ResolvedExpression]) throws -> ResolvedExpression {
    switch function {
    case .abs where arguments[0].type == .duration: return call(function, arguments, [.duration], .duration)
    case .abs:
      let type = try number(function, arguments, 0)
      return call(function, [arguments[0]], [type], type)
    case .sign:
      let type = try TypeRules.signedNumber(number(function, arguments, 0))
      return call(function, [arguments[0]], [type], type)
    case .round:
      let type = try TypeRules.signedNumber(number(function, arguments, 0))
      if arguments.count > 1 { try require(function, arguments, 1, "a whole number of digits") { $0.isInteger } }
      try requireConstant(function, arguments, 1)
      return call(function, arguments, [type, .int64], type)
    case .floor, .ceil:
      let type = try number(function, arguments, 0)
      return call(function, arguments, [type], type)
    case .sqrt, .exp, .ln, .log10:
      _ = try number(function, arguments, 0)
      return call(function, arguments, [.float64], .float64)
    case .pow:
      _ = try number(function, arguments, 0)
      _ = try number(function, arguments, 1)
      return call(function, arguments, [.float64, .float64], .float64)
    case .lower, .upper, .trim:
      try require(function, arguments, 0, "text") { $0.isText }
      return call(function, arguments, [.string], .string)
    case .length:
      try require(function, arguments, 0, "text") { $0.isText }
      return call(function, arguments, [.string], .int64)
    case .substr:
      try require(function, arguments, 0, "text") { $0.isText }
      for index in arguments.indices.dropFirst() {
        try require(function, arguments, index, "a whole number") { $0.isInteger }
      }
      return call(function, arguments, [.string, .int64, .int64], .string)
    case .replace:
      for index in arguments.indices { try require(function, arguments, index, "text") { $0.isText } }
      return call(function, arguments, [.string, .string, .string], .string)
    case .contains, .startsWith, .endsWith, .like:
      for index in arguments.indices { try require(function, arguments, index, "text") { $0.isText } }
      return call(function, arguments, [.string, .string], .bool)
    case .year, .quarter, .month, .week, .day, .weekday:
      try require(function, arguments, 0, "a date or datetime") { $0.isTemporal }
      return call(function, arguments, [arguments[0].type == .datetime ? .datetime : .date], .int64)
    case .hour, .minute, .second:
      try require(function, arguments, 0, "a date or datetime") { $0.isTemporal }
      return call(function, arguments, [.datetime], .int64)
    case .dateTrunc:
      try requireConstant(function, arguments, 0)
      guard case .literal(.string(let unit), _) = arguments[0], let unit = TimeUnit(rawValue: unit) else {
        throw LazyFrameError(
          .type, "date_trunc does not know the unit \(arguments[0])",
          hint: "the units are: \(TimeUnit.allCases.map(\.rawValue).joined(separator: ", "))")
      }
      try require(function, arguments, 1, "a date or datetime") { $0.isTemporal }
      let type: DType = arguments[1].type == .datetime || unit.isShorterThanDay ? .datetime : .date
      return call(function, arguments, [.string, type], type)
    case .coalesce:
      let unified = try TypeRules.unified(arguments, of: "the arguments of coalesce")
      return .function(function, unified, unified[0].type)
    case .nullif:
      guard let types = TypeRules.comparison(arguments[0], arguments[1]) else {
        throw LazyFrameError(.type, "nullif cannot compare \(arguments[0].type) and \(arguments[1].type)")
      }
      // Compared in the common type, but the value that comes out is the first argument as it was.
      let left = try TypeRules.coercedOperand(arguments[0], to: types.0)
      let right = try TypeRules.coercedOperand(arguments[1], to: types.1)
      let isEqual = ResolvedExpression.binary(.equal, left, right, .bool)
      return .conditional(
        [ResolvedBranch(condition: isEqual, value: .cast(.literal(.null, .null), arguments[0].type))],
        otherwise: arguments[0])
    case .isIn:
      let unified = try TypeRules.unified(arguments, of: "the values of 'in'")
      return .function(function, TypeRules.asCompared(arguments, unified: unified), .bool)
    }
  }

  private static func call(
    _ function: ScalarFunction, _ arguments: [ResolvedExpression], _ types: [DType], _ result: DType
  ) -> ResolvedExpression {
    .function(function, zip(arguments, types).map { TypeRules.coerced($0, to: $1) }, result)
  }

  private static func require(
    _ function: ScalarFunction, _ arguments: [ResolvedExpression], _ index: Int, _ wanted: String,
    _ accepts: (DType) -> Bool
  ) throws {
    let type = arguments[index].type
    guard accepts(type) || type == .null else {
      throw LazyFrameError(.type, "\(function.rawValue) needs \(wanted), and '\(arguments[index])' is \(type)")
    }
  }

  private static func number(
    _ function: ScalarFunction, _ arguments: [ResolvedExpression], _ index: Int
  ) throws -> DType {
    try require(function, arguments, index, "a number") { $0.isNumeric }
    return TypeRules.widestNumber(arguments[index].type)
  }

  private static func requireConstant(
    _ function: ScalarFunction, _ arguments: [ResolvedExpression], _ index: Int
  ) throws {
    guard index < arguments.count else { return }
    if case .literal = arguments[index] { return }
    throw LazyFrameError(.type, "\(function.rawValue) needs a constant, and '\(arguments[index])' is none")
  }
}

/// A unit to which moments are cut.
enum TimeUnit: String, CaseIterable {
  case year, quarter, month, week, day, hour, minute, second

  var isShorterThanDay: Bool {
    switch self {
    case .hour, .minute, .second: true
    case .year, .quarter, .month, .week, .day: false
    }
  }
}
