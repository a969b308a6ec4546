import Columnar

/// Functions of text and a regular expression, which is a constant. The bytes of a column are matched where they lie.
enum PatternKernels {
  /// Whether the pattern occurs anywhere.
  static func matches(_ column: Column, _ pattern: Column) throws -> Column {
    var bits = MutableBitmap(repeating: false, count: column.count)
    try each(column, pattern) { matches, text, index, _ in
      if try matches.find(in: text) { bits.set(index) }
    }
    return Column(type: .bool, values: .bool(bits.freeze()), validity: column.validity)
  }

  /// How often the pattern occurs, without overlap.
  static func count(_ column: Column, _ pattern: Column) throws -> Column {
    let result = MutableBuffer<Int64>(repeating: 0, count: column.count)
    let target = result.pointer
    try each(column, pattern) { matches, text, index, _ in
      try matches.forEach(in: text) { _ in target[index] += 1 }
    }
    return Column(type: .int64, values: .int64(result.freeze()), validity: column.validity)
  }

  /// The first match, or a group of it; null where there is no match or the group took no part in it.
  static func extract(_ column: Column, _ pattern: Column, group: Int) throws -> Column {
    let strings = column.strings
    let views = MutableBuffer<StringView>(repeating: .empty, count: column.count)
    let target = views.pointer
    var found = MutableBitmap(repeating: false, count: column.count)
    try each(column, pattern) { matches, text, index, view in
      guard try matches.find(in: text), let range = matches.range(group) else { return }
      target[index] = view.part(text, range)
      found.set(index)
    }
    let values = StringValues(views: views.freeze(), blocks: strings.blocks)
    return Column(type: .string, values: .string(values), validity: found.freeze().unlessAllSet)
  }

  /// With every match, or only the first, replaced.
  static func replace(_ column: Column, _ pattern: Column, _ replacement: Column, onlyFirst: Bool) throws -> Column {
    let expression = try RegularExpression.prepared(pattern.strings[0])
    let replacement = try RegularReplacement(replacement.strings[0], for: expression)
    var output = TextOutput(count: column.count, sharing: column.strings.blocks)
    var scratch: [UInt8] = []
    try each(column, pattern) { matches, text, index, view in
      scratch.removeAll(keepingCapacity: true)
      var (copied, isChanged) = (0, false)
      func replace(_ match: Range<Int>) {
        // Behind \K a match may reach back over what was copied.
        let start = max(match.lowerBound, copied)
        scratch.append(contentsOf: text[copied..<start])
        replacement.append(matches, in: text, to: &scratch)
        (copied, isChanged) = (max(match.upperBound, copied), true)
      }
      if onlyFirst {
        if try matches.find(in: text), let match = matches.range() { replace(match) }
      } else {
        try matches.forEach(in: text, replace)
      }
      if isChanged {
        scratch.append(contentsOf: text[copied...])
        output.set(index, scratch)
      } else {
        output.set(index, view)
      }
    }
    return output.finish(column.validity)
  }

  private static func each(
    _ column: Column, _ pattern: Column,
    _ body: (RegularExpressionMatches, UnsafeRawBufferPointer, Int, StringView) throws -> Void
  ) throws {
    let expression = try RegularExpression.prepared(pattern.strings[0])
    try expression.withMatches { matches in
      try column.strings.read { strings in
        for index in 0..<column.count where column.validity?[index] ?? true {
          try body(matches, strings[index], index, strings.view(index))
        }
      }
    }
  }
}
