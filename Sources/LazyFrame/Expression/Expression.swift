import Columnar

/// What is to be computed from columns. Where Foundation is imported too, whose `Expression` is something else, write
/// `LazyFrame.Expression`.
public typealias Expression = LazyFrame.Expression

extension LazyFrame {
  /// What is to be computed from columns: `col("close") - col("open")`. Lazy: it only describes.
  ///
  /// An expression knows no types and no data. Names and types are checked when the plan that uses it is resolved, before
  /// any row is read.
  public struct Expression: Sendable, Hashable, Codable {
    package indirect enum Node: Sendable, Hashable, Codable {
      case column(String)
      /// Several columns: whatever is built on it stands for one expression each.
      case columns([String])
      /// Every column to which the enclosing expression applies.
      case allColumns
      case literal(Value)
      case unary(UnaryOperator, Expression)
      case binary(BinaryOperator, Expression, Expression)
      case function(ScalarFunction, [Expression])
      case cast(Expression, DType)
      /// A cast that fails where there is no equal value.
      case strictCast(Expression, DType)
      case conditional([Branch], otherwise: Expression?)
      case aggregate(AggregateFunction, [Expression])
      case window(WindowFunction, [Expression])
      /// The aggregates and window functions inside, of rows with equal keys in an order; with a frame the aggregates of the rows
      /// in it.
      case over(Expression, keys: [Expression], order: [SortKey], frame: RangeFrame?)
      /// An aggregate of the rows for which a condition is true.
      case filtered(Expression, where: Expression)
      case alias(Expression, String)
      /// The same expression, with the place in a text that it was parsed from.
      case located(Expression, SourceSpan)
    }

    /// One `when … then …`.
    package struct Branch: Sendable, Hashable, Codable {
      package let condition: Expression
      package let value: Expression

      package init(condition: Expression, value: Expression) {
        self.condition = condition
        self.value = value
      }
    }

    package let node: Node

    package init(_ node: Node) {
      self.node = node
    }
  }
}

/// Where in a text an expression was written: offsets of UTF-8 bytes.
public struct SourceSpan: Sendable, Hashable, Codable {
  /// The offset of the first byte.
  public let start: Int
  /// The offset behind the last byte.
  public let end: Int

  /// The bytes from `start` up to, but not including, `end`.
  public init(start: Int, end: Int) {
    self.start = start
    self.end = end
  }
}

/// The column called `name`.
public func col(_ name: String) -> Expression {
  Expression(.column(name))
}

/// Several columns at once: `col("open", "close").mean()` stands for the mean of each.
public func col(_ first: String, _ second: String, _ others: String...) -> Expression {
  Expression(.columns([first, second] + others))
}

/// Several columns at once, from a list.
public func col(_ names: [String]) -> Expression {
  Expression(.columns(names))
}

/// A constant.
public func lit(_ value: Value) -> Expression {
  Expression(.literal(value))
}

/// A constant whole number.
public func lit(_ value: Int) -> Expression {
  Expression(.literal(.int(Int64(value))))
}

/// A constant number.
public func lit(_ value: Double) -> Expression {
  Expression(.literal(.double(value)))
}

/// A constant text.
public func lit(_ value: String) -> Expression {
  Expression(.literal(.string(value)))
}

/// A constant truth value.
public func lit(_ value: Bool) -> Expression {
  Expression(.literal(.bool(value)))
}

/// A constant day.
public func lit(_ value: CivilDate) -> Expression {
  Expression(.literal(.date(days: value.days)))
}

/// A constant moment.
public func lit(_ value: CivilDatetime) -> Expression {
  Expression(.literal(.datetime(microseconds: value.microseconds)))
}

/// A constant length of time, rounded to microseconds. Traps when it is of over 292,000 years.
public func lit(_ value: Duration) -> Expression {
  Expression(.literal(.duration(value)))
}

/// The number of rows, as an aggregate.
public func count() -> Expression {
  Expression(.aggregate(.count, []))
}

extension Expression {
  /// The same expression under another name. Without it the result is called after the expression.
  public func `as`(_ name: String) -> Expression {
    Expression(.alias(self, name))
  }

  /// The value as another type. A value that has no equal in that type is null, or when `strict` an error of the run.
  ///
  /// Floats are cut towards zero, text is read as CSV fields are, a date becomes its midnight.
  public func cast(to type: DType, strict: Bool = false) -> Expression {
    Expression(strict ? .strictCast(self, type) : .cast(self, type))
  }
}

extension Expression: ExpressibleByIntegerLiteral, ExpressibleByFloatLiteral, ExpressibleByStringLiteral,
  ExpressibleByBooleanLiteral
{
  /// A constant, so that `col("a") + 1` works.
  public init(integerLiteral value: Int) {
    self = lit(value)
  }

  /// A constant, so that `col("a") * 0.5` works.
  public init(floatLiteral value: Double) {
    self = lit(value)
  }

  /// A constant text (not a column: that is `col("name")`).
  public init(stringLiteral value: String) {
    self = lit(value)
  }

  /// A constant truth value.
  public init(booleanLiteral value: Bool) {
    self = lit(value)
  }
}
