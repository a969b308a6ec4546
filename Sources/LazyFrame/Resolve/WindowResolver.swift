import Columnar

/// Takes the windows out of expressions: each becomes a column of a plan below, over which the rest is resolved.
///
/// `x - mean(x) over (partition by k)` becomes `x - "window 1"` over a window node that adds this column. A window in what
/// another one is computed of, or in its keys, comes into a node below that one's.
struct WindowResolver {
  /// What an `over` says of the windows inside.
  private struct Scope {
    var frame = WindowFrame()
    var range: RangeFrame?
    /// What the range is one of.
    var time: Expression?
  }

  private let schema: Schema
  private var windows: [(window: ResolvedWindow, level: Int)] = []
  /// How many windows were met, shared ones each time.
  private var meetings = 0

  init(schema: Schema) {
    self.schema = schema
  }

  /// Binds what is left of expressions.
  var expressions: ExpressionResolver {
    ExpressionResolver(schema: Schema(schema.fields + windows.map(\.window.field)))
  }

  /// The plan that has a column for each window that was taken out.
  func plan(over input: ResolvedPlan) -> ResolvedPlan {
    let levels = windows.map(\.level).max() ?? 0
    return (0..<levels).reduce(input) { plan, level in
      .window(windows.filter { $0.level == level + 1 }.map(\.window), plan)
    }
  }

  /// The expression with a column in place of each window.
  mutating func replacing(_ expression: Expression) throws -> Expression {
    expression.hasWindow ? try replacing(expression, in: nil) : expression
  }

  private mutating func replacing(_ expression: Expression, in frame: Scope?) throws -> Expression {
    switch expression.node {
    case .located(let operand, let span):
      do {
        return Expression(.located(try replacing(operand, in: frame), span))
      } catch var error as LazyFrameError where error.span == nil {
        error.span = span
        throw error
      }
    case .over(let operand, let keys, let order, let range):
      let own = try scope(keys, order, range)
      let before = meetings
      let replaced = try replacing(operand, in: own)
      guard meetings > before else {
        throw LazyFrameError(
          .misplaced, "there is nothing in '\(operand)' to compute over a window",
          hint: "write an aggregate, mean(…), or a window function, such as cum_sum(…), before 'over'")
      }
      return replaced
    case .aggregate(let function, let arguments):
      if let frame {
        if let definition = function.definition(arguments) { return try replacing(definition, in: frame) }
        if let range = frame.range { return try add(function, arguments, range, frame) }
        return try add(.aggregate(function), arguments, frame)
      }
    case .filtered(let operand, let condition):
      if let frame { return try replacing(masked(operand, condition), in: frame) }
    case .window(let function, let arguments):
      if frame?.range != nil {
        throw LazyFrameError(
          .misplaced, "a frame is one of aggregates, and \(function.name) is none",
          hint: "leave the frame, range between …, out")
      }
      return try add(.function(function), arguments, frame ?? Scope())
    default: break
    }
    var resolver = self
    defer { self = resolver }
    return try expression.mappingChildren { try resolver.replacing($0, in: frame) }
  }

  /// An aggregate with a filter as one without: of null in the rows that the filter leaves out. That is the same for those that
  /// skip nulls.
  private func masked(_ operand: Expression, _ condition: Expression) throws -> Expression {
    guard case .aggregate(let function, let arguments) = operand.unlocated.node else {
      throw LazyFrameError(
        .misplaced, "'\(operand)' is not an aggregate, so it has no filter (where …)",
        hint: "put the filter right behind the aggregate", span: operand.span)
    }
    switch function {
    case .firstRow, .lastRow, .list:
      throw LazyFrameError(
        .unsupported, "\(function.name) takes nulls for values, so it has no filter over a window: '\(operand)'",
        hint: "filter the rows before, or take an aggregate that skips nulls", span: operand.span)
    case .nullCount:
      return Expression(.aggregate(.count, [])).masking(condition && arguments[0].isNull())
    default: return operand.unlocated.masking(condition)
    }
  }

  private mutating func scope(_ keys: [Expression], _ order: [SortKey], _ range: RangeFrame?) throws -> Scope {
    guard let range, let key = order.first else { return Scope(frame: try bind(keys, order)) }
    // What precedes in descending order follows in ascending order, in which times are looked at.
    let ascending = SortKey(key.expression, nullsFirst: key.nullsFirst != key.descending)
    let frame = try bind(keys, [ascending])
    let time = frame.order[0].expression
    guard time.type.isTemporal || time.type == .null else {
      throw LazyFrameError(
        .type, "a range frame needs dates or moments to order by, and '\(time)' is \(time.type)",
        hint: "a window of rows is written rolling_sum(x, 3)", span: key.expression.span)
    }
    return Scope(frame: frame, range: key.descending ? range.reversed : range, time: key.expression)
  }

  private mutating func bind(_ keys: [Expression], _ order: [SortKey]) throws -> WindowFrame {
    guard keys.count <= KeyEncoder.keyLimit else {
      throw LazyFrameError(
        .unsupported, "a window takes at most \(KeyEncoder.keyLimit) keys, and there are \(keys.count)",
        hint: "join some of them into one: a || '-' || b")
    }
    var frame = WindowFrame()
    for key in keys { frame.keys.append(try bind(key, "grouped")) }
    for key in order {
      let expression = try bind(key.expression, "ordered")
      frame.order.append(
        WindowOrder(expression: expression, descending: key.descending, nullsFirst: key.nullsFirst))
    }
    return frame
  }

  private mutating func bind(_ key: Expression, _ done: String) throws -> ResolvedExpression {
    try expressions.refuseNames([key])
    let replaced = try replacing(key, in: nil)
    let resolved = try expressions.resolve(replaced)
    guard resolved.type.element == nil else {
      throw LazyFrameError(
        .unsupported, "rows cannot be \(done) by lists, and '\(key)' is \(resolved.type)",
        hint: "take its text: cast(\(key) as string)", span: key.span)
    }
    return resolved
  }

  /// An aggregate over a frame.
  private mutating func add(
    _ function: AggregateFunction, _ arguments: [Expression], _ range: RangeFrame, _ scope: Scope
  ) throws -> Expression {
    switch function {
    case .count, .sum, .mean, .min, .max, .variance, .standardDeviation, .quantile: break
    default:
      throw LazyFrameError(
        .unsupported, "\(function.name) is not computed over a frame, range between …",
        hint: "sum, mean, min, max, count, std, var, median and quantile are")
    }
    // As in SQL no value is a count of 0.
    let rolling = WindowFunction.rolling(function, .range(range), minimum: function == .count ? 0 : 1)
    return try add(.function(rolling), [arguments.first ?? lit(1), scope.time ?? lit(.null)], scope)
  }

  /// What stands in place of a window: its column, or what is made of it.
  private mutating func add(
    _ computation: WindowComputation, _ arguments: [Expression], _ scope: Scope
  ) throws -> Expression {
    meetings += 1
    let operands = try arguments.map { try replacing($0, in: scope) }
    let frame = scope.frame
    switch computation {
    case .function(.difference(let count)):
      return operands[0] - (try column(.function(.shift(count)), operands, frame))
    case .function(.percentChange(let count)):
      return operands[0] / (try column(.function(.shift(count)), operands, frame)) - 1
    case .function(.fill(let function)):
      return operands[0].coalesce(try column(.aggregate(function), operands, frame))
    default: return try column(computation, operands, frame)
    }
  }

  /// The column of a window, shared by equal ones.
  private mutating func column(
    _ computation: WindowComputation, _ operands: [Expression], _ frame: WindowFrame
  ) throws -> Expression {
    var inputs = try operands.map { try expressions.resolve($0) }
    if case .function(.rankInOrder) = computation {
      guard !frame.order.isEmpty else {
        throw LazyFrameError(
          .misplaced, "a rank without an argument is one in the window's order, and there is none",
          hint: "write rank() over (order by x), or rank(x)")
      }
      inputs = frame.order.map(\.expression)
    }
    let signature: WindowSignature
    do {
      signature = try WindowSignature(computation, inputs)
    } catch let error as LazyFrameError {
      throw LazyFrameError(
        error.code, "\(error.message) (in \(computation.text(operands)))", hint: error.hint,
        span: operands.compactMap(\.span).first)
    }
    let window = ResolvedWindow(
      name: inventedName(), computation: computation, inputs: signature.inputs, frame: frame, type: signature.computed)
    func isSame(_ other: ResolvedWindow) -> Bool {
      other.computation == window.computation && other.inputs == window.inputs && other.frame == window.frame
    }
    // Constants are left out of sharing: equal ones need not be the same, as 0.0 and -0.0.
    let isShared = !(window.inputs + frame.keys).contains(where: \.hasConstant)
    let column: Expression
    if isShared, let same = windows.first(where: { isSame($0.window) }) {
      column = col(same.window.name)
    } else {
      let below = windows.filter { window.columns.contains($0.window.name) }.map(\.level).max() ?? 0
      windows.append((window, below + 1))
      column = col(window.name)
    }
    return signature.result == window.type ? column : column.cast(to: signature.result)
  }

  /// A name that no column has.
  private func inventedName() -> String {
    var name = "window \(windows.count + 1)"
    while schema.index(of: name) != nil { name += "'" }
    return name
  }
}

extension WindowComputation {
  fileprivate func text(_ operands: [Expression]) -> String {
    switch self {
    case .aggregate(let function): Expression(.aggregate(function, operands)).description
    case .function(.rolling(let function, .range, _)): Expression(.aggregate(function, [operands[0]])).description
    case .function(let function): Expression(.window(function, operands)).description
    }
  }
}

extension Expression {
  /// An aggregate of null where a condition is not true; of rows, of those where it is.
  fileprivate func masking(_ condition: Expression) -> Expression {
    guard case .aggregate(let function, let arguments) = node else { return self }
    let masked = (arguments.isEmpty ? [lit(1)] : arguments).map {
      Expression(.conditional([Branch(condition: condition, value: $0)], otherwise: nil))
    }
    return Expression(.aggregate(function, masked))
  }

  /// Whether a window, or a function that needs one, stands in it.
  var hasWindow: Bool {
    switch node {
    case .window, .over: true
    default: children.contains(where: \.hasWindow)
    }
  }
}

extension ResolvedExpression {
  fileprivate var hasConstant: Bool { isLiteral || children.contains(where: \.hasConstant) }
}
