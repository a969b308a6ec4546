import Columnar

/// The different parts of some expressions, equal ones once, and which of them get a name because they occur several times.
///
/// Parts have numbers; those that a part is made of have lower ones.
struct ExpressionTable {
  private struct Part {
    let expression: ResolvedExpression
    let children: [Int]
    /// How often it would be computed if every part with a name were computed once.
    var uses = 0
    /// Its name, if it is computed once for all who use it.
    var name: String?
    /// How many parts with names are computed one after another for it.
    var depth = 0
  }

  /// What tells parts apart. Constants are compared byte by byte: to `==` 0.0 and -0.0 are one, and so are texts that only
  /// look alike.
  private struct Key: Hashable {
    let expression: ResolvedExpression
    let constant: [UInt8]
    let children: [Int]
  }

  /// What tells aggregates apart, whatever they are called.
  struct Aggregate: Hashable {
    fileprivate let function: AggregateFunction
    fileprivate let parameters: [[UInt8]]
    fileprivate let inputs: [Int]
    fileprivate let filter: Int?
  }

  private var all: [Part] = []
  private var numbers: [Key: Int] = [:]
  private var taken: Set<String>
  private var hasNames = false

  /// - Parameter taken: names that no part may get.
  init(taken: some Sequence<String>) {
    self.taken = Set(taken)
  }

  /// Counts what is computed for these expressions, and names what occurs several times. Once only.
  mutating func add(_ expressions: [ResolvedExpression]) {
    for expression in expressions { all[number(of: expression)].uses += 1 }
    var isCommon = [Bool](repeating: false, count: all.count)
    for index in all.indices.reversed() {
      isCommon[index] = all[index].uses > 1 && all[index].expression.paysToShare
      let uses = isCommon[index] ? 1 : all[index].uses
      // Two are as good as many, which could be more than a number holds.
      for child in all[index].children { all[child].uses = min(all[child].uses + uses, 2) }
    }
    var count = 0
    for index in all.indices {
      all[index].depth = all[index].children.map { all[$0].depth + (isCommon[$0] ? 1 : 0) }.max() ?? 0
      guard isCommon[index] else { continue }
      repeat { count += 1 } while taken.contains("common \(count)")
      all[index].name = "common \(count)"
      hasNames = true
    }
  }

  /// The parts with names, in lists of which each uses only those before it.
  mutating func parts() -> [[NamedExpression]] {
    var lists: [[NamedExpression]] = []
    for part in all {
      guard let name = part.name else { continue }
      let expression = part.expression.replacingChildren { replaced($0) }
      while lists.count <= part.depth { lists.append([]) }
      lists[part.depth].append(NamedExpression(name: name, expression: expression))
    }
    return lists
  }

  /// The expression over the parts with names.
  mutating func replaced(_ expression: ResolvedExpression) -> ResolvedExpression {
    if !hasNames { return expression }
    if let name = all[number(of: expression)].name { return .column(name, expression.type) }
    return expression.replacingChildren { replaced($0) }
  }

  mutating func replaced(_ expression: NamedExpression) -> NamedExpression {
    NamedExpression(name: expression.name, expression: replaced(expression.expression))
  }

  mutating func key(of aggregate: ResolvedAggregate) -> Aggregate {
    Aggregate(
      function: aggregate.function, parameters: aggregate.function.parameters.map { Array($0.utf8) },
      inputs: aggregate.inputs.map { number(of: $0) }, filter: aggregate.filter.map { number(of: $0) })
  }

  private mutating func number(of expression: ResolvedExpression) -> Int {
    var children: [Int] = []
    for child in expression.children { children.append(number(of: child)) }
    let nothing = ResolvedExpression.literal(.null, .null)
    var constant: [UInt8] = []
    if case .literal(let value, _) = expression { constant = Array(Expression.literalText(value).utf8) }
    let key = Key(
      expression: expression.replacingChildren { _ in nothing }, constant: constant, children: children)
    if let known = numbers[key] { return known }
    numbers[key] = all.count
    all.append(Part(expression: expression, children: children))
    return all.count - 1
  }
}

extension ResolvedExpression {
  /// Whether to compute it once costs less than to do so twice.
  fileprivate var paysToShare: Bool {
    switch self {
    case .column, .literal, .unary(.isNull, .column), .unary(.isNotNull, .column): return false
    case .computing: return false
    default: break
    }
    // Of a category a value is computed for each of its texts and not for each row.
    return canFail || columnTypes != [.categorical]
  }

  private var columnTypes: [DType] {
    if case .column(_, let type) = self { return [type] }
    return Array(Set(children.flatMap(\.columnTypes)))
  }
}
