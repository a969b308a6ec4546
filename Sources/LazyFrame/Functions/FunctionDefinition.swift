import Columnar

/// A row of a family's table: a function's name, how it is written, what it takes and gives, and its kernel.
struct FunctionDefinition: Sendable {
  /// The columns of the arguments, of the types that the resolver gave them, and the type of the result.
  typealias Kernel = @Sendable ([Column], DType) throws -> Column
  typealias Resolve = @Sendable ([ResolvedExpression]) throws -> ResolvedExpression
  typealias Check = @Sendable ([ResolvedExpression]) throws -> Void

  /// When a call can throw although names and types are right.
  enum Failure {
    case never
    /// An integer that does not fit 64 bits.
    case whenInteger
    case always
  }

  let name: String
  /// How a call is written: `round(x) or round(x, digits)`.
  let form: String
  let parameters: [FunctionParameter]
  let counts: ClosedRange<Int>
  private let failure: Failure
  /// The call with its arguments cast to what the function works on, or an error that names the argument.
  let resolve: Resolve
  private let kernel: Kernel

  /// A function whose arguments are checked and cast one by one.
  ///
  /// - Parameters:
  ///   - form: how a call is written; `name(x)` when it is left out.
  ///   - parameters: the last may stand for any number of arguments.
  ///   - check: what constants must hold; it sees the arguments already cast.
  init(
    _ name: String, _ form: String? = nil, _ parameters: [FunctionParameter], gives result: FunctionResult,
    failure: Failure = .never, check: Check? = nil, kernel: @escaping Kernel
  ) {
    let function = (name: name, parameters: parameters)
    self.init(name, form, parameters, failure: failure, kernel: kernel) { arguments in
      let typed = try FunctionParameter.typed(arguments, function.parameters, of: function.name)
      try check?(typed)
      return .function(ScalarFunction(stringLiteral: function.name), typed, result.type(typed))
    }
  }

  /// A function whose call is resolved as a whole, perhaps to something simpler.
  init(
    _ name: String, _ form: String? = nil, _ parameters: [FunctionParameter], failure: Failure = .never,
    kernel: @escaping Kernel = { _, _ in preconditionFailure("the resolver replaces this function") },
    resolve: @escaping Resolve
  ) {
    self.name = name
    self.form = form ?? "\(name)(x)"
    self.parameters = parameters
    let required = parameters.filter { !$0.isOptional }.count
    counts = required...(parameters.last?.isRepeated == true ? Int.max : parameters.count)
    self.failure = failure
    self.resolve = resolve
    self.kernel = kernel
  }

  /// The function's value for each row. Number and types of the arguments are those that `resolve` gives.
  ///
  /// - Throws: `LazyFrameError` when an integer does not fit 64 bits, or whatever else the function calls an error.
  func compute(_ arguments: [Column], _ type: DType) throws -> Column {
    // A kernel may rely on the values of its constants.
    for (parameter, column) in zip(parameters, arguments) where parameter.isConstant {
      if column.count == 0 || column.isNull(at: 0) { return Column(nullsOf: type, count: column.count) }
    }
    return try kernel(arguments, type)
  }

  /// Whether some values make a call that gives this type throw.
  func canFail(_ type: DType) -> Bool {
    switch failure {
    case .never: false
    case .whenInteger: type == .int64 || type == .duration
    case .always: true
    }
  }
}

/// The type that a function gives.
enum FunctionResult: Sendable {
  case type(DType)
  /// That of the argument at an index, as it was cast.
  case argument(Int)
  /// That of the elements of the first argument.
  case element

  static let bool = type(.bool)
  static let int64 = type(.int64)
  static let float64 = type(.float64)
  static let string = type(.string)
  static let date = type(.date)
  static let datetime = type(.datetime)
  static let same = argument(0)

  func type(_ arguments: [ResolvedExpression]) -> DType {
    switch self {
    case .type(let type): type
    case .argument(let index): arguments[index].type
    case .element: arguments[0].type.element ?? .null
    }
  }
}
