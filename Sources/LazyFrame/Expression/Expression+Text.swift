extension Expression {
  /// Functions of text.
  public var str: Text { Text(base: self) }

  /// The functions of text: `col("name").str.lowercased`. All are null where the value is. Positions and lengths count
  /// Unicode code points.
  public struct Text: Sendable {
    fileprivate let base: Expression

    private func call(_ function: ScalarFunction, _ arguments: Expression...) -> Expression {
      Expression(.function(function, [base] + arguments))
    }

    /// In lower case.
    public var lowercased: Expression { call(.lower) }
    /// In upper case.
    public var uppercased: Expression { call(.upper) }
    /// Without white space at both ends.
    public var trimmed: Expression { call(.trim) }
    /// How many code points.
    public var length: Expression { call(.length) }
    /// Up to `length` code points from position `start`, counted from 1.
    public func slice(from start: Int, length: Int) -> Expression { call(.substr, lit(start), lit(length)) }
    /// With each occurrence of a text replaced.
    public func replacing(_ text: String, with other: String) -> Expression { call(.replace, lit(text), lit(other)) }
    /// Whether a text occurs in it.
    public func contains(_ text: String) -> Expression { call(.contains, lit(text)) }
    /// Whether it begins with a text.
    public func starts(with text: String) -> Expression { call(.startsWith, lit(text)) }
    /// Whether it ends with a text.
    public func ends(with text: String) -> Expression { call(.endsWith, lit(text)) }
    /// Whether it matches an SQL pattern: `%` is any text, `_` any code point.
    public func like(_ pattern: String) -> Expression { call(.like, lit(pattern)) }
  }
}
