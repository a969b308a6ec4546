import Columnar

/// What one argument of a function must be, and what it is cast to.
struct FunctionParameter: Sendable {
  private enum Kind {
    /// Any number, as the 64-bit type with a sign that holds it.
    case number
    /// Any number, as the 64-bit type that holds it, also one without a sign.
    case magnitude
    /// Any number or length of time, as the 64-bit type that holds it.
    case amount
    /// A number like the function's other ones: floats where one is a float.
    case sharedNumber
    case float, integer, text
    /// A date or moment, as it is.
    case temporal
    /// A date or moment, as a moment.
    case moment
    /// A list, as it is.
    case list
    case any
    /// Any type, and that of the function's other arguments of this kind.
    case shared
    /// The same of values that have an order; categories become text.
    case ordered
  }

  private let kind: Kind
  private(set) var isConstant = false
  private(set) var isOptional = false
  private(set) var isRepeated = false

  static let number = FunctionParameter(kind: .number)
  static let magnitude = FunctionParameter(kind: .magnitude)
  static let amount = FunctionParameter(kind: .amount)
  static let sharedNumber = FunctionParameter(kind: .sharedNumber)
  static let float = FunctionParameter(kind: .float)
  static let integer = FunctionParameter(kind: .integer)
  static let text = FunctionParameter(kind: .text)
  static let temporal = FunctionParameter(kind: .temporal)
  static let moment = FunctionParameter(kind: .moment)
  static let list = FunctionParameter(kind: .list)
  static let any = FunctionParameter(kind: .any)
  static let shared = FunctionParameter(kind: .shared)
  static let ordered = FunctionParameter(kind: .ordered)

  /// One whose value is the same for all rows, and is known before any of them is read.
  var constant: FunctionParameter { with { $0.isConstant = true } }
  /// One that may be left out, with all behind it.
  var optional: FunctionParameter { with { $0.isOptional = true } }
  /// One that stands for any number of arguments.
  var repeated: FunctionParameter { with { $0.isRepeated = true } }

  private func with(_ change: (inout FunctionParameter) -> Void) -> FunctionParameter {
    var copy = self
    change(&copy)
    return copy
  }

  // MARK: Arguments

  /// The arguments cast to what the function works on.
  static func typed(
    _ arguments: [ResolvedExpression], _ parameters: [FunctionParameter], of function: String
  ) throws -> [ResolvedExpression] {
    var typed: [ResolvedExpression] = []
    var together: [Int] = []
    for (index, argument) in arguments.enumerated() {
      let parameter = parameters[min(index, parameters.count - 1)]
      if [.shared, .sharedNumber, .ordered].contains(parameter.kind) { together.append(index) }
      typed.append(try parameter.typed(argument, of: function))
    }
    let unified = try TypeRules.unified(together.map { typed[$0] }, of: "the arguments of \(function)")
    for (index, argument) in zip(together, unified) {
      typed[index] =
        switch parameters[min(index, parameters.count - 1)].kind {
        case .sharedNumber: TypeRules.coerced(argument, to: TypeRules.signedNumber(argument.type))
        case .ordered where argument.type == .categorical: TypeRules.coerced(argument, to: .string)
        default: argument
        }
    }
    return typed
  }

  func typed(_ argument: ResolvedExpression, of function: String) throws -> ResolvedExpression {
    let type = argument.type
    guard accepts(type) else {
      throw LazyFrameError(.type, "\(function) needs \(wanted), and '\(argument)' is \(type)")
    }
    let cast = TypeRules.coerced(argument, to: target(type))
    guard isConstant else { return cast }
    let constant = ConstantFolding.fold(cast)
    guard constant.isLiteral else {
      throw LazyFrameError(.type, "\(function) needs a constant, and '\(argument)' is none")
    }
    return constant
  }

  private func accepts(_ type: DType) -> Bool {
    switch kind {
    case _ where type == .null: true
    case .number, .magnitude, .sharedNumber, .float: type.isNumeric
    case .amount: type.isNumeric || type == .duration
    case .integer: type.isInteger
    case .text: type.isText
    case .temporal, .moment: type.isTemporal
    case .ordered: type.element == nil
    case .list: type.element != nil
    case .any, .shared: true
    }
  }

  private var wanted: String {
    switch kind {
    case .number, .magnitude, .sharedNumber, .float: "a number"
    case .amount: "a number or a duration"
    case .integer: "a whole number"
    case .text: "text"
    case .temporal, .moment: "a date or datetime"
    case .ordered: "values that have an order"
    case .list: "a list"
    case .any, .shared: "a value"
    }
  }

  private func target(_ type: DType) -> DType {
    switch kind {
    case .number: TypeRules.signedNumber(type)
    case .magnitude: TypeRules.widestNumber(type)
    case .amount: type == .duration ? .duration : TypeRules.widestNumber(type)
    case .float: .float64
    case .integer: .int64
    case .text: .string
    case .temporal: type == .datetime ? .datetime : .date
    case .moment: .datetime
    case .list: type == .null ? .list(.null) : type
    case .any, .shared, .sharedNumber, .ordered: type
    }
  }
}

extension ResolvedExpression {
  /// The text of a constant that is no null.
  var constantText: String? {
    if case .literal(.string(let text), _) = self { return text }
    return nil
  }

  /// The number of a constant that is no null.
  var constantInteger: Int64? {
    if case .literal(.int(let value), _) = self { return value }
    return nil
  }
}
