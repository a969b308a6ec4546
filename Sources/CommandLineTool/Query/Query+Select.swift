import LazyFrame

extension Query {
  /// Filters, selects, and sorts the rows.
  ///
  ///     the file's columns ─▶ filters ─▶ + new columns ─▶ filters that use them ─▶ columns ─▶ explode ─▶ distinct ─▶ sort
  ///
  /// New columns are computed apart from the others only if something before the selection uses them.
  mutating func select(_ columns: String, explode lists: String?, isDistinct: Bool, _ options: QueryOptions) throws {
    // Whether the columns make sense is said before anything else.
    var selected = self
    try selected.select(columns)
    let named = try NamedColumns(columns, of: frame)
    var late = options
    late.filters = []
    for text in options.filters {
      var filter = options
      filter.filters = [text]
      do {
        try self.filter(filter)
      } catch let error where !named.new.isEmpty && error.isUnknownColumn {
        late.filters.append(text)
      }
    }
    var wide = self
    wide.map { $0.withColumns(named.new) }
    try wide.filter(late)
    if late.filters.isEmpty { try select(columns) } else { map { _ in wide.frame.select(named.all) } }
    try explode(lists)
    if isDistinct { map { $0.distinct() } }
    do {
      try sort(options)
    } catch let error where !isDistinct && error.isUnknownColumn {
      // By a column that is not printed.
      try wide.sort(options)
      map { _ in wide.frame.select(named.all) }
      try explode(lists)
    }
  }
}

/// The columns of a selection, those apart that have names which the frame does not have.
private struct NamedColumns {
  var new: [Expression] = []
  /// All of them, when the new ones have been added to the frame.
  var all: [Expression] = []

  init(_ text: String, of frame: LazyFrame) throws {
    let known = Set(try frame.schema().names)
    for expression in try Expression.parseList(text) {
      let names = try frame.select(expression).schema().names
      if names.count == 1, !known.contains(names[0]) {
        new.append(expression)
        all.append(col(names[0]))
      } else {
        all.append(expression)
      }
    }
  }
}

extension Error {
  fileprivate var isUnknownColumn: Bool { (self as? ExpressionError)?.cause.code == .unknownColumn }
}
