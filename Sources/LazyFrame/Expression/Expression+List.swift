extension Expression {
  /// Functions of lists: `col("parts").list.length`. Called like a function it is an aggregate: `col("x").list()`.
  public var list: List { List(base: self) }

  /// The functions of lists: `col("parts").list.first`. All are null where the list is. Positions count from 1, and from the
  /// end below 0: -1 is the last. O(elements), unless they say otherwise.
  public struct List: Sendable {
    let base: Expression

    private func call(_ function: ScalarFunction, _ arguments: Expression...) -> Expression {
      Expression(.function(function, [base] + arguments))
    }

    /// The aggregate: a list of all values in the order of the rows, nulls too; empty when there are no rows. Memory grows with
    /// the rows. O(rows).
    public func callAsFunction() -> Expression { Expression(.aggregate(.list, [base])) }

    // MARK: Elements

    /// How many elements, nulls too. O(rows).
    public var length: Expression { call("list_length") }
    /// The element at a position; null where there is none, as at 0. O(rows).
    public func get(_ position: Expression) -> Expression { call("list_extract", position) }
    /// The first element, which may be null; null of an empty list. O(rows).
    public var first: Expression { call("list_extract", 1) }
    /// The last element, which may be null; null of an empty list. O(rows).
    public var last: Expression { call("list_extract", -1) }
    /// Whether a value is among the elements. Nulls among them are skipped; null where the value is null.
    public func contains(_ value: Expression) -> Expression { call("list_contains", value) }
    /// The elements as one text with a separator between them. Nulls are skipped; empty where nothing is left.
    public func joined(separator: String) -> Expression { call("array_to_string", lit(separator)) }

    // MARK: Lists of them

    /// The elements from one position through another, both included; fewer or none where they reach past the ends.
    public func slice(from first: Expression, through last: Expression = -1) -> Expression {
      call("list_slice", first, last)
    }
    /// The elements from the last to the first.
    public var reversed: Expression { call("list_reverse") }
    /// The elements in order, nulls last. NaN is larger than every number, text is ordered by its bytes. Equal elements stay as
    /// they stand. O(n log n). Throws a type error for lists of lists.
    public func sorted(descending: Bool = false) -> Expression {
      descending ? call("list_sort", "desc") : call("list_sort")
    }
    /// The elements that are different, each where it comes first. Null is one of them; all NaNs are one, and so are 0 and -0.
    /// Throws a type error for lists of lists.
    public var distinct: Expression { call("list_distinct") }

    // MARK: Values of all

    /// The sum of the elements that are not null; null without any. Throws at run time where an integer does not fit 64 bits.
    public var sum: Expression { call("list_sum") }
    /// The mean of the elements that are not null; null without any.
    public var mean: Expression { call("list_avg") }
    /// The smallest element that is not null; null without any. NaN is larger than every number.
    public var min: Expression { call("list_min") }
    /// The largest element that is not null; null without any. NaN is larger than every number.
    public var max: Expression { call("list_max") }
  }
}
