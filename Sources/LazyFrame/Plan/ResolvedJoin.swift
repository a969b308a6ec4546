import Columnar

/// A join of which every name is bound and every type known. Corresponding keys have one type.
struct ResolvedJoin: Sendable, Hashable {
  let kind: JoinKind
  let leftKeys: [ResolvedExpression]
  let rightKeys: [ResolvedExpression]
  /// Whether null keys find one another.
  let nullsAreEqual: Bool
  let outputs: [JoinOutput]
  /// What the side is called on which no key may have several rows.
  var uniqueLeft: String?
  var uniqueRight: String?
  /// Of the rows with equal keys only the nearest, if this is an asof join. It is a left join then.
  var asof: AsofMatch?

  var schema: Schema { Schema(outputs.map(\.field)) }

  /// The left join that gives the same rows as this right join when its inputs are exchanged.
  var exchanged: ResolvedJoin { exchanged(.left) }

  /// The join of the same pairs when its inputs are exchanged, which come in another order then.
  var withSidesExchanged: ResolvedJoin { exchanged(kind) }

  private func exchanged(_ kind: JoinKind) -> ResolvedJoin {
    ResolvedJoin(
      kind: kind, leftKeys: rightKeys, rightKeys: leftKeys, nullsAreEqual: nullsAreEqual,
      outputs: outputs.map { output in
        let source: JoinOutput.Source =
          switch output.source {
          case .left(let name): .right(name)
          case .right(let name): .left(name)
          case .either(let left, let right): .either(left: right, right: left)
          }
        return JoinOutput(name: output.name, type: output.type, source: source)
      }, uniqueLeft: uniqueRight, uniqueRight: uniqueLeft, asof: asof)
  }

  /// The columns of the result for a right row without a partner.
  var unmatchedRightColumns: [NamedExpression] {
    outputs.map { output in
      switch output.source {
      case .left: NamedExpression(name: output.name, expression: .literal(.null, output.type))
      case .right(let name), .either(left: _, right: let name):
        NamedExpression(name: output.name, expression: .column(name, output.type))
      }
    }
  }

  /// What outputs are in terms of a side's columns: those that come from it, and keys of the other side, which are equal to
  /// its own wherever rows are joined. Floats are left out there: 0.0 and -0.0 are equal keys.
  func definitions(on side: JoinSide) -> [String: ResolvedExpression] {
    outputs.reduce(into: [:]) { definitions, output in
      let name: String? =
        switch (output.source, side) {
        case (.left(let name), .left), (.right(let name), .right), (.either(let name, _), .left),
          (.either(_, let name), .right):
          name
        case (.left(let name), .right): partner(of: .column(name, output.type), leftKeys, rightKeys)
        case (.right(let name), .left): partner(of: .column(name, output.type), rightKeys, leftKeys)
        }
      if let name { definitions[output.name] = .column(name, output.type) }
    }
  }

  /// The column that is the other side's key where this is one side's.
  private func partner(
    of key: ResolvedExpression, _ keys: [ResolvedExpression], _ others: [ResolvedExpression]
  ) -> String? {
    guard !key.type.isFloatingPoint, let index = keys.firstIndex(of: key), case .column(let name, _) = others[index]
    else { return nil }
    return name
  }

  /// The columns of a side that the outputs come from.
  func columns(of side: JoinSide) -> Set<String> {
    outputs.reduce(into: []) { names, output in
      switch (output.source, side) {
      case (.left(let name), .left), (.either(let name, _), .left): names.insert(name)
      case (.right(let name), .right), (.either(_, let name), .right): names.insert(name)
      default: break
      }
    }
  }

  func with(outputs: [JoinOutput]) -> ResolvedJoin {
    ResolvedJoin(
      kind: kind, leftKeys: leftKeys, rightKeys: rightKeys, nullsAreEqual: nullsAreEqual, outputs: outputs,
      uniqueLeft: uniqueLeft, uniqueRight: uniqueRight, asof: asof)
  }

  func mappingKeys(_ transform: (ResolvedExpression) -> ResolvedExpression) -> ResolvedJoin {
    ResolvedJoin(
      kind: kind, leftKeys: leftKeys.map(transform), rightKeys: rightKeys.map(transform), nullsAreEqual: nullsAreEqual,
      outputs: outputs, uniqueLeft: uniqueLeft, uniqueRight: uniqueRight, asof: asof?.mapping(transform))
  }
}

enum JoinSide { case left, right }

extension ResolvedJoin: CustomStringConvertible {
  var description: String {
    if kind == .cross { return "cross join" }
    let pairs = zip(leftKeys, rightKeys).map { $0 == $1 ? $0.description : "\($0) = \($1)" }
    let unique = [uniqueLeft, uniqueRight].compactMap { $0 }.map { ", \($0) keys unique" }.joined()
    if let asof { return "asof join \(asof)" + (pairs.isEmpty ? "" : ", by \(pairs.joined(separator: ", "))") }
    return "\(kind) join by \(pairs.joined(separator: ", "))" + (nullsAreEqual ? ", nulls equal" : "") + unique
  }
}
