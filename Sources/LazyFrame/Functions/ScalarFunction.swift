/// A function of the values of one row, known by its name in expressions.
///
/// What it takes, gives and computes is one row of its family's table: `MathFunctions`, `TextFunctions` and so on. A new
/// function needs a row there, and a method of `Expression` for those who write Swift.
package struct ScalarFunction: RawRepresentable, Sendable, Hashable, Codable {
  /// The name in expressions.
  package let rawValue: String

  /// Nil when there is no function of this name.
  package init?(rawValue: String) {
    guard FunctionTable.definitions[rawValue] != nil else { return nil }
    self.rawValue = rawValue
  }

  /// Every function, family by family.
  static let allCases = FunctionTable.all.compactMap { ScalarFunction(rawValue: $0.name) }

  var definition: FunctionDefinition {
    guard let definition = FunctionTable.definitions[rawValue] else {
      preconditionFailure("there is no function '\(rawValue)'")
    }
    return definition
  }
}

extension ScalarFunction: ExpressibleByStringLiteral {
  /// The function of this name, which must exist.
  package init(stringLiteral name: String) {
    rawValue = name
    _ = definition
  }

  // Those with a syntax of their own.
  static let like: ScalarFunction = "like"
  static let isIn: ScalarFunction = "in"
}

extension ScalarFunction: CustomStringConvertible {
  package var description: String { rawValue }
}

extension Expression {
  /// The call of a function with this expression as the first argument.
  func call(_ function: ScalarFunction, _ others: Expression...) -> Expression {
    Expression(.function(function, [self] + others))
  }
}
