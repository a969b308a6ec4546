import LazyFrame

/// A frame that is built from the texts of options, one after the other.
///
/// Each step is checked at once, so that an error can show its place in the text that it comes from.
struct Query {
  private(set) var frame: LazyFrame

  init(_ frame: LazyFrame) {
    self.frame = frame
  }

  mutating func addColumns(_ options: QueryOptions) throws {
    for column in options.columns {
      try apply("--with", column.expression) { frame, text in
        frame.withColumns([try Expression.parse(text).as(column.name)])
      }
    }
  }

  mutating func filter(_ options: QueryOptions) throws {
    for filter in options.filters {
      try apply("--filter", filter) { frame, text in frame.filter(try Expression.parse(text)) }
    }
  }

  mutating func group(by keys: String, _ aggregates: String) throws {
    _ = try keyNames(keys)
    let keys = try Expression.parseList(keys)
    try apply("--agg", aggregates) { frame, text in
      frame.groupBy(keys).aggregate(try Expression.parseList(text))
    }
  }

  mutating func sort(_ options: QueryOptions) throws {
    guard let sortKeys = options.sortKeys else { return }
    try apply("--sort", sortKeys) { frame, text in
      frame.sort(by: try Expression.parseSortKeys(text))
    }
  }

  mutating func join(_ other: LazyFrame, _ keys: JoinKeys) throws {
    let names = try other.schema().names
    let shared = try frame.schema().names.filter(names.contains)
    guard let texts = try keys.texts(shared: shared) else {
      return try apply("--suffix", keys.suffix) { frame, suffix in frame.crossJoin(other, suffix: suffix) }
    }
    if keys.on != nil {
      return try apply("--on", texts.left) { frame, text in
        frame.join(
          other, on: try Expression.parseList(text), how: keys.kind, suffix: keys.suffix, validate: keys.validation)
      }
    }
    // Each side by itself first, so that an error shows its place in the right text.
    let left = try parsed("--left-on", texts.left)
    _ = try Query(other).parsed("--right-on", texts.right)
    try apply("--right-on", texts.right) { frame, text in
      frame.join(
        other, leftOn: left, rightOn: try Expression.parseList(text), how: keys.kind, suffix: keys.suffix,
        validate: keys.validation)
    }
  }

  mutating func select(_ columns: String) throws {
    try apply("--columns", columns) { frame, text in frame.select(try Expression.parseList(text)) }
  }

  mutating func explode(_ columns: String?) throws {
    guard let columns else { return }
    try apply("--explode", columns) { frame, text in
      frame.explode(try frame.select(try Expression.parseList(text)).schema().names)
    }
  }

  mutating func map(_ step: (LazyFrame) -> LazyFrame) { frame = step(frame) }

  mutating func limit(_ count: Int?) throws {
    if let count { frame = frame.limit(count) }
  }

  /// Expressions of the frame's columns, each with its type.
  private func parsed(_ option: String, _ text: String) throws -> [Expression] {
    var checked = self
    try checked.apply(option, text) { frame, text in
      let keys = try Expression.parseList(text).enumerated().map { $1.as("key \($0)") }
      return frame.select(keys)
    }
    return try Expression.parseList(text)
  }

  /// The names that group-by keys have in the result.
  func keyNames(_ keys: String) throws -> [String] {
    var grouped = self
    try grouped.apply("--by", keys) { frame, text in frame.groupBy(try Expression.parseList(text)).aggregate([]) }
    return try grouped.frame.schema().names
  }

  private mutating func apply(_ option: String, _ text: String, _ step: (LazyFrame, String) throws -> LazyFrame) throws
  {
    do {
      let next = try step(frame, text)
      _ = try next.schema()
      frame = next
    } catch let error as LazyFrameError {
      throw ExpressionError(option: option, text: text, cause: error)
    }
  }
}

/// An expression of the command line is wrong.
struct ExpressionError: Error {
  let option: String
  let text: String
  let cause: LazyFrameError
}
