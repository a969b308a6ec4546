import Columnar

/// Functions of lists, and of texts that become lists. Positions count from 1, and from the end below 0.
enum ListFunctions {
  private typealias Definition = FunctionDefinition

  static let all: [FunctionDefinition] = texts + parts + ordered + aggregates

  private static let texts: [FunctionDefinition] = [
    Definition("string_split", "string_split(x, separator)", [.text, .text], gives: .type(.list(.string))) {
      arguments, _ in TextKernels.split(arguments[0], arguments[1])
    },
    // Elements of any type are printed, as by ||.
    Definition(
      "array_to_string", "array_to_string(x, separator)", [.list, .text],
      kernel: { arguments, _ in TextKernels.joined(arguments[0], separator: arguments[1]) }
    ) { arguments in
      let list = try FunctionParameter.list.typed(arguments[0], of: "array_to_string")
      let separator = try FunctionParameter.text.typed(arguments[1], of: "array_to_string")
      return .function("array_to_string", [TypeRules.coerced(list, to: .list(.string)), separator], .string)
    },
  ]

  private static let parts: [FunctionDefinition] = [
    Definition("list_length", nil, [.list], gives: .int64) { arguments, _ in ListKernels.length(arguments[0]) },
    Definition("list_extract", "list_extract(x, position)", [.list, .integer], gives: .element) { arguments, _ in
      ListKernels.element(arguments[0], arguments[1])
    },
    Definition("list_slice", "list_slice(x, first, last)", [.list, .integer, .integer], gives: .same) { arguments, _ in
      ListKernels.slice(arguments[0], from: arguments[1], through: arguments[2])
    },
    Definition("list_reverse", nil, [.list], gives: .same) { arguments, _ in ListKernels.reversed(arguments[0]) },
    Definition(
      "list_contains", "list_contains(x, value)", [.list, .any],
      kernel: { arguments, _ in ListKernels.contains(arguments[0], arguments[1]) }, resolve: contains),
  ]

  private static let ordered: [FunctionDefinition] = [
    Definition(
      "list_sort", "list_sort(x) or list_sort(x, 'desc')", [.list, .text.constant.optional], gives: .same,
      check: { arguments in
        try refuseNested(arguments[0], of: "list_sort")
        guard arguments.count > 1, let direction = arguments[1].constantText else { return }
        guard ["asc", "desc"].contains(direction) else {
          throw LazyFrameError(.type, "list_sort needs 'asc' or 'desc', and not '\(direction)'")
        }
      }
    ) { arguments, _ in
      let isDescending = arguments.count > 1 && arguments[1][0] == .string("desc")
      return ListKernels.sorted(arguments[0], descending: isDescending)
    },
    Definition(
      "list_distinct", nil, [.list], gives: .same, check: { try refuseNested($0[0], of: "list_distinct") }
    ) { arguments, _ in ListKernels.distinct(arguments[0]) },
  ]

  private static let aggregates: [FunctionDefinition] = [
    // Sums of integers may not fit.
    aggregate("list_sum", .sum, of: "numbers", failure: .always),
    aggregate("list_avg", .mean, of: "numbers"),
    aggregate("list_min", .min, of: "values that have an order"),
    aggregate("list_max", .max, of: "values that have an order"),
  ]

  /// Compared in the common type of the elements and the value.
  @Sendable private static func contains(_ arguments: [ResolvedExpression]) throws -> ResolvedExpression {
    let list = try FunctionParameter.list.typed(arguments[0], of: "list_contains")
    let element = ResolvedExpression.literal(.null, list.type.element ?? .null)
    guard let types = TypeRules.comparison(element, arguments[1]) else {
      throw LazyFrameError(
        .type, "list_contains cannot compare the elements of \(list.type) with \(arguments[1].type)")
    }
    let value = try TypeRules.coercedOperand(arguments[1], to: types.1)
    return .function("list_contains", [TypeRules.coerced(list, to: .list(types.0)), value], .bool)
  }

  private static func refuseNested(_ list: ResolvedExpression, of function: String) throws {
    guard list.type.element?.element != nil else { return }
    throw LazyFrameError(
      .type, "\(function) needs a list of values that have an order, and '\(list)' is \(list.type)")
  }

  /// An aggregate of each list's elements: the same as that of a group with these rows.
  private static func aggregate(
    _ name: String, _ function: AggregateFunction, of wanted: String, failure: Definition.Failure = .never
  ) -> FunctionDefinition {
    Definition(
      name, nil, [.list], failure: failure,
      kernel: { arguments, type in try ListKernels.aggregate(function, arguments[0], type) }
    ) { arguments in
      let list = try FunctionParameter.list.typed(arguments[0], of: name)
      guard let signature = try? AggregateSignature.resolve(function, [list.type.element ?? .null]) else {
        throw LazyFrameError(.type, "\(name) needs a list of \(wanted), and '\(arguments[0])' is \(list.type)")
      }
      let typed = TypeRules.coerced(list, to: .list(signature.inputs[0]))
      let call = ResolvedExpression.function(ScalarFunction(stringLiteral: name), [typed], signature.computed)
      return TypeRules.coerced(call, to: signature.result)
    }
  }
}
