import Columnar

/// Functions of text.
enum TextFunctions {
  private typealias Definition = FunctionDefinition

  static let all: [FunctionDefinition] = whole + parts + made + found

  private static let whole: [FunctionDefinition] = [
    text("lower") { TextKernels.lower($0) },
    text("upper") { TextKernels.upper($0) },
    text("initcap") { TextKernels.titleCase($0) },
    text("reverse") { TextKernels.reverse($0) },
    Definition("length", nil, [.text], gives: .int64) { arguments, _ in TextKernels.length(arguments[0]) },
    Definition("octet_length", nil, [.text], gives: .int64) { arguments, _ in TextKernels.byteCount(arguments[0]) },
  ]

  private static let parts: [FunctionDefinition] = [
    trim("trim", .both), trim("ltrim", .start), trim("rtrim", .end),
    Definition("strip_prefix", "strip_prefix(x, text)", [.text, .text], gives: .string) { arguments, _ in
      TextKernels.dropPrefix(arguments[0], arguments[1])
    },
    Definition("strip_suffix", "strip_suffix(x, text)", [.text, .text], gives: .string) { arguments, _ in
      TextKernels.dropSuffix(arguments[0], arguments[1])
    },
    Definition(
      "substr", "substr(x, start) or substr(x, start, length)", [.text, .integer, .integer.optional], gives: .string
    ) { arguments, _ in TextKernels.slice(arguments[0], arguments[1], arguments.count > 2 ? arguments[2] : nil) },
    Definition("left", "left(x, length)", [.text, .integer], gives: .string) { arguments, _ in
      TextKernels.left(arguments[0], arguments[1])
    },
    Definition("right", "right(x, length)", [.text, .integer], gives: .string) { arguments, _ in
      TextKernels.right(arguments[0], arguments[1])
    },
    Definition("split_part", "split_part(x, separator, number)", [.text, .text, .integer], gives: .string) {
      arguments, _ in TextKernels.part(arguments[0], arguments[1], arguments[2])
    },
  ]

  private static let made: [FunctionDefinition] = [
    Definition("replace", "replace(x, text, other)", [.text, .text, .text], gives: .string) { arguments, _ in
      TextKernels.replace(arguments[0], arguments[1], arguments[2])
    },
    Definition("replace_first", "replace_first(x, text, other)", [.text, .text, .text], gives: .string) {
      arguments, _ in TextKernels.replace(arguments[0], arguments[1], arguments[2], onlyFirst: true)
    },
    pad("pad_start", .end), pad("pad_end", .start), pad("pad_center", .center),
    Definition("zfill", "zfill(x, length)", [.text, .integer], gives: .string, failure: .always) { arguments, _ in
      try TextKernels.zeroFill(arguments[0], to: arguments[1])
    },
    Definition("repeat", "repeat(x, count)", [.text, .integer], gives: .string, failure: .always) { arguments, _ in
      try TextKernels.repeat(arguments[0], arguments[1])
    },
    // Values of any type are printed, as by ||.
    Definition(
      "concat_ws", "concat_ws(separator, x, y, …)", [.text, .any, .any.optional.repeated],
      kernel: { arguments, _ in TextKernels.join(Array(arguments.dropFirst()), separator: arguments[0]) }
    ) { arguments in
      let separator = try FunctionParameter.text.typed(arguments[0], of: "concat_ws")
      let texts = arguments.dropFirst().map { TypeRules.coerced($0, to: .string) }
      return .function("concat_ws", [separator] + texts, .string)
    },
  ]

  private static let found: [FunctionDefinition] = [
    match("contains", TextPattern.init(containing:)),
    match("starts_with", TextPattern.init(startingWith:)),
    match("ends_with", TextPattern.init(endingWith:)),
    match("like", TextPattern.init(like:), form: "x like pattern"),
    Definition("strpos", "strpos(x, text)", [.text, .text], gives: .int64) { arguments, _ in
      TextKernels.position(arguments[0], of: arguments[1])
    },
    Definition("occurrences", "occurrences(x, text)", [.text, .text], gives: .int64) { arguments, _ in
      TextKernels.occurrences(arguments[0], of: arguments[1])
    },
  ]

  // MARK: Rows that differ in little

  private static func text(_ name: String, _ kernel: @escaping @Sendable (Column) -> Column) -> FunctionDefinition {
    Definition(name, nil, [.text], gives: .string) { arguments, _ in kernel(arguments[0]) }
  }

  private static func trim(_ name: String, _ ends: TextKernels.Ends) -> FunctionDefinition {
    Definition(name, "\(name)(x) or \(name)(x, characters)", [.text, .text.constant.optional], gives: .string) {
      arguments, _ in
      arguments.count > 1
        ? TextKernels.trim(arguments[0], ends, of: arguments[1]) : TextKernels.trim(arguments[0], ends)
    }
  }

  private static func pad(_ name: String, _ alignment: TextKernels.Alignment) -> FunctionDefinition {
    Definition(
      name, "\(name)(x, length) or \(name)(x, length, character)", [.text, .integer, .text.constant.optional],
      gives: .string, failure: .always,
      check: { arguments in
        guard arguments.count > 2, let fill = arguments[2].constantText, fill.unicodeScalars.count != 1 else { return }
        throw LazyFrameError(
          .type, "\(name) needs one character to fill with, and '\(fill)' has \(fill.unicodeScalars.count)")
      }
    ) { arguments, _ in
      try TextKernels.pad(
        arguments[0], to: arguments[1], with: arguments.count > 2 ? arguments[2] : nil, alignment)
    }
  }

  private static func match(
    _ name: String, _ prepare: @escaping @Sendable (UnsafeRawBufferPointer) -> TextPattern, form: String? = nil
  ) -> FunctionDefinition {
    Definition(name, form ?? "\(name)(x, text)", [.text, .text], gives: .bool) { arguments, _ in
      TextKernels.match(arguments[0], arguments[1], prepare)
    }
  }
}
