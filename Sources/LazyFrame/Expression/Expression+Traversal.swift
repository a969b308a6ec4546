extension Expression {
  /// The place in a text that the expression was parsed from, if it was.
  var span: SourceSpan? {
    switch node {
    case .located(_, let span): span
    case .alias(let operand, _): operand.span
    default: nil
    }
  }

  /// The expressions right below.
  var children: [Expression] {
    switch node {
    case .column, .columns, .allColumns, .literal: []
    case .unary(_, let operand), .cast(let operand, _), .strictCast(let operand, _), .alias(let operand, _),
      .located(let operand, _):
      [operand]
    case .binary(_, let left, let right), .filtered(let left, let right): [left, right]
    case .function(_, let arguments), .aggregate(_, let arguments), .window(_, let arguments): arguments
    case .over(let operand, let keys, let order, _): [operand] + keys + order.map(\.expression)
    case .conditional(let branches, let otherwise):
      branches.flatMap { [$0.condition, $0.value] } + (otherwise.map { [$0] } ?? [])
    }
  }

  /// The same expression over other children.
  func mappingChildren(_ transform: (Expression) throws -> Expression) rethrows -> Expression {
    switch node {
    case .column, .columns, .allColumns, .literal: self
    case .unary(let operation, let operand): Expression(.unary(operation, try transform(operand)))
    case .cast(let operand, let type): Expression(.cast(try transform(operand), type))
    case .strictCast(let operand, let type): Expression(.strictCast(try transform(operand), type))
    case .alias(let operand, let name): Expression(.alias(try transform(operand), name))
    case .located(let operand, let span): Expression(.located(try transform(operand), span))
    case .binary(let operation, let left, let right):
      Expression(.binary(operation, try transform(left), try transform(right)))
    case .function(let function, let arguments): Expression(.function(function, try arguments.map(transform)))
    case .aggregate(let function, let arguments): Expression(.aggregate(function, try arguments.map(transform)))
    case .window(let function, let arguments): Expression(.window(function, try arguments.map(transform)))
    case .over(let operand, let keys, let order, let frame):
      Expression(
        .over(
          try transform(operand), keys: try keys.map(transform),
          order: try order.map {
            SortKey(try transform($0.expression), descending: $0.descending, nullsFirst: $0.nullsFirst)
          }, frame: frame))
    case .filtered(let operand, let condition):
      Expression(.filtered(try transform(operand), where: try transform(condition)))
    case .conditional(let branches, let otherwise):
      Expression(
        .conditional(
          try branches.map { Branch(condition: try transform($0.condition), value: try transform($0.value)) },
          otherwise: try otherwise.map(transform)))
    }
  }

  /// Whether this is `*`.
  var isStar: Bool {
    switch node {
    case .allColumns: true
    case .located(let operand, _): operand.isStar
    default: false
    }
  }

  /// The expression with each list of columns, and each star, replaced by one column.
  func replacingColumnList(with name: String) -> Expression {
    switch node {
    case .columns, .allColumns: Expression(.column(name))
    default: mappingChildren { $0.replacingColumnList(with: name) }
    }
  }
}
