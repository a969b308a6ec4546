import Columnar

/// Functions of text and a regular expression.
enum PatternFunctions {
  private typealias Definition = FunctionDefinition

  static let all: [FunctionDefinition] = [
    Definition(
      "regexp_matches", "regexp_matches(x, pattern)", [.text, .text.constant], gives: .bool, failure: .always,
      check: { _ = try expression($0) }
    ) { arguments, _ in try PatternKernels.matches(arguments[0], arguments[1]) },
    Definition(
      "regexp_count", "regexp_count(x, pattern)", [.text, .text.constant], gives: .int64, failure: .always,
      check: { _ = try expression($0) }
    ) { arguments, _ in try PatternKernels.count(arguments[0], arguments[1]) },
    Definition(
      "regexp_extract", "regexp_extract(x, pattern) or regexp_extract(x, pattern, group)",
      [.text, .text.constant, .integer.constant.optional], gives: .string, failure: .always, check: checkGroup
    ) { arguments, _ in
      let group = arguments.count > 2 ? Int(arguments[2].int64s[0]) : 0
      return try PatternKernels.extract(arguments[0], arguments[1], group: group)
    },
    replace("regexp_replace", onlyFirst: false), replace("regexp_replace_first", onlyFirst: true),
  ]

  private static func replace(_ name: String, onlyFirst: Bool) -> FunctionDefinition {
    Definition(
      name, "\(name)(x, pattern, replacement)", [.text, .text.constant, .text.constant], gives: .string,
      failure: .always,
      check: { arguments in
        guard let expression = try expression(arguments), let text = arguments[2].constantText else { return }
        _ = try RegularReplacement(text, for: expression)
      }
    ) { arguments, _ in
      try PatternKernels.replace(arguments[0], arguments[1], arguments[2], onlyFirst: onlyFirst)
    }
  }

  /// The pattern of a call; nil when it is null, and so is everything that comes of it.
  private static func expression(_ arguments: [ResolvedExpression]) throws -> RegularExpression? {
    try arguments[1].constantText.map(RegularExpression.prepared)
  }

  @Sendable private static func checkGroup(_ arguments: [ResolvedExpression]) throws {
    guard let expression = try expression(arguments), arguments.count > 2, let group = arguments[2].constantInteger,
      !(0...Int64(expression.groupCount)).contains(group)
    else { return }
    throw LazyFrameError(
      .pattern, "the regular expression \(expression.pattern) has no group \(group)",
      hint: "its groups are numbered from 0, the whole match, to \(expression.groupCount)")
  }
}
