import Columnar

/// Which rows a window is computed of: those with equal keys, in an order.
struct WindowFrame: Sendable, Hashable, Codable {
  var keys: [ResolvedExpression] = []
  var order: [WindowOrder] = []
}

/// A part of the order of a group's rows.
struct WindowOrder: Sendable, Hashable, Codable {
  let expression: ResolvedExpression
  let descending: Bool
  let nullsFirst: Bool
}

/// What is computed of the rows of a group.
enum WindowComputation: Sendable, Hashable, Codable {
  /// One value for the group, which each of its rows gets.
  case aggregate(AggregateFunction)
  case function(WindowFunction)
}

/// A computed column that follows from several rows.
struct ResolvedWindow: Sendable, Hashable, Codable {
  let name: String
  let computation: WindowComputation
  let inputs: [ResolvedExpression]
  let frame: WindowFrame
  let type: DType

  var field: Field { Field(name, type) }

  /// The names of the columns that it reads.
  var columns: Set<String> {
    (inputs + frame.keys + frame.order.map(\.expression)).reduce(into: []) { $0.formUnion($1.columns) }
  }

  /// Whether the run looks at the order of the rows and may refuse it.
  var refusesDisorder: Bool {
    if case .function(.rolling(_, .interval(_, _), _)) = computation { return true }
    return false
  }

  func mapping(_ transform: (ResolvedExpression) -> ResolvedExpression) -> ResolvedWindow {
    let order = frame.order.map {
      WindowOrder(expression: transform($0.expression), descending: $0.descending, nullsFirst: $0.nullsFirst)
    }
    return ResolvedWindow(
      name: name, computation: computation, inputs: inputs.map(transform),
      frame: WindowFrame(keys: frame.keys.map(transform), order: order), type: type)
  }
}

extension ResolvedWindow: CustomStringConvertible {
  /// `mean(x) over (partition by k) as "window 1"`.
  var description: String {
    var range: RangeFrame?
    let call: Expression
    switch computation {
    case .aggregate(let function): call = Expression(.aggregate(function, inputs.map(\.written)))
    // A rank without an argument takes the window's order for one.
    case .function(.rankInOrder(let method)): call = Expression(.window(.rankInOrder(method), []))
    case .function(.rolling(let function, .range(let frame), _)):
      call = Expression(.aggregate(function, [inputs[0].written]))
      range = frame
    case .function(let function): call = Expression(.window(function, inputs.map(\.written)))
    }
    let order = frame.order.map {
      SortKey($0.expression.written, descending: $0.descending, nullsFirst: $0.nullsFirst)
    }
    let window = Expression(.over(call, keys: frame.keys.map(\.written), order: order, frame: range))
    return "\(window) as \(Expression.identifier(name))"
  }
}
