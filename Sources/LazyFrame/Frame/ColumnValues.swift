import Columnar

/// The values of a column as they are written in Swift: `[1, 2, nil]`, `["x", "y"]`, `[1.5, .nan]`, or a `Column`.
public struct ColumnValues: Sendable, ExpressibleByArrayLiteral {
  /// One value: a literal, or `.date(…)`, `.datetime(…)`, `.duration(…)`.
  public struct Element: Sendable {
    let value: Value

    /// A value of any type.
    public init(_ value: Value) { self.value = value }
  }

  private enum Content: Sendable {
    case column(Column)
    case values([Value])
  }

  private let content: Content

  /// Values of one type, or nil for null.
  public init(arrayLiteral elements: Element...) { content = .values(elements.map(\.value)) }

  /// A column as it is.
  public static func column(_ column: Column) -> ColumnValues { ColumnValues(column) }

  /// A column as it is.
  public init(_ column: Column) { content = .column(column) }

  /// Values of one type; `null` fits all.
  public init(_ values: [Value]) { content = .values(values) }

  /// The values as a column. Whole numbers among floats are floats; otherwise all values have one type.
  ///
  /// - Throws: `LazyFrameError` that names two types that stand in one column.
  func column(named name: String) throws -> Column {
    let values: [Value]
    switch content {
    case .column(let column): return column
    case .values(let written): values = written
    }
    var type = DType.null
    for (row, value) in values.enumerated() where !value.isNull {
      let next = value.type
      guard let common = TypeRules.common(type, next), !type.isTemporal || type == next else {
        throw LazyFrameError(
          .type, "column '\(name)' has values of different types: \(next) in row \(row + 1), \(type) before it",
          hint: "write values of one type, or nil for null")
      }
      type = common
    }
    guard let column = Column(type, values) else {
      throw LazyFrameError(.type, "column '\(name)' has values that do not fit \(type)")
    }
    return column
  }
}

extension ColumnValues.Element: ExpressibleByIntegerLiteral, ExpressibleByFloatLiteral, ExpressibleByStringLiteral,
  ExpressibleByBooleanLiteral, ExpressibleByNilLiteral
{
  /// A whole number.
  public init(integerLiteral value: Int) { self.init(.int(Int64(value))) }
  /// A float.
  public init(floatLiteral value: Double) { self.init(.double(value)) }
  /// Text.
  public init(stringLiteral value: String) { self.init(.string(value)) }
  /// A truth value.
  public init(booleanLiteral value: Bool) { self.init(.bool(value)) }
  /// Null.
  public init(nilLiteral: ()) { self.init(.null) }

  /// The float that is no number.
  public static let nan = ColumnValues.Element(.double(.nan))
  /// The largest float.
  public static let infinity = ColumnValues.Element(.double(.infinity))
  /// A day.
  public static func date(_ date: CivilDate) -> ColumnValues.Element { ColumnValues.Element(.date(days: date.days)) }
  /// A moment.
  public static func datetime(_ moment: CivilDatetime) -> ColumnValues.Element {
    ColumnValues.Element(.datetime(microseconds: moment.microseconds))
  }
  /// A length of time. Traps when it is of over 292,000 years.
  public static func duration(_ duration: Duration) -> ColumnValues.Element {
    ColumnValues.Element(.duration(duration))
  }
}

extension DataFrame {
  /// A table of these columns, in their order:
  ///
  ///     let frame = try DataFrame(["a": [1, 2, nil], "b": ["x", "y", "z"], "c": [1.5, 2, .nan]])
  ///
  /// Integers are `int64`, floats `float64`; a column without a value is of type `null`.
  ///
  /// - Throws: `LazyFrameError` when a column has values of several types, columns have different lengths, or two of them one
  ///   name.
  /// - Complexity: O(values).
  public init(_ columns: KeyValuePairs<String, ColumnValues>) throws {
    try Resolver.refuseDuplicates(columns.map { ($0.key, nil) })
    let made = try columns.map { try $0.value.column(named: $0.key) }
    let rowCount = made.first?.count ?? 0
    for (name, column) in zip(columns.map(\.key), made) where column.count != rowCount {
      throw LazyFrameError(
        .type, "column '\(name)' has \(column.count) values, and '\(columns[0].key)' has \(rowCount)",
        hint: "all columns of a table have as many")
    }
    let schema = Schema(zip(columns, made).map { Field($0.key, $1.type) })
    self.init(RecordBatch(schema: schema, columns: made, rowCount: rowCount))
  }
}

extension LazyFrame {
  /// A frame of these columns, in their order; otherwise as `DataFrame` of them.
  ///
  ///     let frame = try LazyFrame(["a": [1, 2, nil], "b": ["x", "y", "z"]])
  public init(_ columns: KeyValuePairs<String, ColumnValues>, partitions: Int? = nil) throws {
    self.init(try DataFrame(columns), partitions: partitions)
  }
}
