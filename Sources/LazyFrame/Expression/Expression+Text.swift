extension Expression {
  /// Functions of text.
  public var str: Text { Text(base: self) }

  /// The functions of text: `col("name").str.lowercased`. All are null where the value is, unless they say otherwise.
  /// Positions and lengths count Unicode code points.
  public struct Text: Sendable {
    let base: Expression

    func call(_ function: ScalarFunction, _ arguments: Expression...) -> Expression {
      Expression(.function(function, [base] + arguments))
    }

    // MARK: Letters

    /// In lower case.
    public var lowercased: Expression { call("lower") }
    /// In upper case.
    public var uppercased: Expression { call("upper") }
    /// With each word's first letter in upper case and the others in lower case. A word is a run of letters, digits and
    /// combining marks: `they're` becomes `They'Re`.
    public var titlecased: Expression { call("initcap") }
    /// Its code points from the last to the first; so a combining mark comes before what it stood on.
    public var reversed: Expression { call("reverse") }

    // MARK: Lengths

    /// How many code points.
    public var length: Expression { call("length") }
    /// How many bytes of UTF-8.
    public var byteCount: Expression { call("octet_length") }

    // MARK: Parts

    /// Without white space at both ends.
    public var trimmed: Expression { call("trim") }
    /// Without white space at the start.
    public var trimmedStart: Expression { call("ltrim") }
    /// Without white space at the end.
    public var trimmedEnd: Expression { call("rtrim") }
    /// Without any of the given characters at both ends.
    public func trimmed(of characters: String) -> Expression { call("trim", lit(characters)) }
    /// Without any of the given characters at the start.
    public func trimmedStart(of characters: String) -> Expression { call("ltrim", lit(characters)) }
    /// Without any of the given characters at the end.
    public func trimmedEnd(of characters: String) -> Expression { call("rtrim", lit(characters)) }
    /// Without a text that it begins with, once.
    public func removingPrefix(_ prefix: String) -> Expression { call("strip_prefix", lit(prefix)) }
    /// Without a text that it ends with, once.
    public func removingSuffix(_ suffix: String) -> Expression { call("strip_suffix", lit(suffix)) }
    /// Up to `length` code points from position `start`, counted from 1, or from the end below 0: -1 is the last.
    public func slice(from start: Int, length: Int) -> Expression { call("substr", lit(start), lit(length)) }
    /// All from position `start` on, counted from 1, or from the end below 0: -1 is the last.
    public func slice(from start: Int) -> Expression { call("substr", lit(start)) }
    /// The first `length` code points; all but the last `-length` for a number below 0.
    public func prefix(_ length: Int) -> Expression { call("left", lit(length)) }
    /// The last `length` code points; all but the first `-length` for a number below 0.
    public func suffix(_ length: Int) -> Expression { call("right", lit(length)) }
    /// One of the parts between separators: the first for 1, the last for -1. Empty where there is no such part; an empty
    /// separator separates nothing.
    public func part(_ number: Int, separatedBy separator: String) -> Expression {
      call("split_part", lit(separator), lit(number))
    }
    /// The parts between separators, as a list; an empty text has one part, and an empty separator separates nothing. O(bytes).
    public func split(by separator: String) -> Expression { call("string_split", lit(separator)) }

    // MARK: New texts

    /// With each occurrence of a text replaced, from left to right. An empty text occurs nowhere.
    public func replacing(_ text: String, with other: String) -> Expression { call("replace", lit(text), lit(other)) }
    /// With the first occurrence of a text replaced.
    public func replacingFirst(_ text: String, with other: String) -> Expression {
      call("replace_first", lit(text), lit(other))
    }
    /// With a character in front as often as makes it `length` long. A longer text stays as it is. Throws at run time
    /// beyond 2 GB.
    public func paddedStart(to length: Int, with character: Character = " ") -> Expression {
      call("pad_start", lit(length), lit(String(character)))
    }
    /// With a character behind as often as makes it `length` long. A longer text stays as it is. Throws at run time
    /// beyond 2 GB.
    public func paddedEnd(to length: Int, with character: Character = " ") -> Expression {
      call("pad_end", lit(length), lit(String(character)))
    }
    /// With a character on both sides as often as makes it `length` long; an odd one goes to the end. A longer text stays as
    /// it is. Throws at run time beyond 2 GB.
    public func centered(in length: Int, with character: Character = " ") -> Expression {
      call("pad_center", lit(length), lit(String(character)))
    }
    /// With zeros in front, behind a sign, that make it `length` long: `-12` to 5 is `-0012`.
    public func zeroFilled(to length: Int) -> Expression { call("zfill", lit(length)) }
    /// So many times in a row; empty for a number below 1. Throws at run time beyond 2 GB.
    public func repeated(_ count: Expression) -> Expression { call("repeat", count) }

    // MARK: Finding

    /// Whether a text occurs in it.
    public func contains(_ text: String) -> Expression { call("contains", lit(text)) }
    /// Whether it begins with a text.
    public func starts(with text: String) -> Expression { call("starts_with", lit(text)) }
    /// Whether it ends with a text.
    public func ends(with text: String) -> Expression { call("ends_with", lit(text)) }
    /// Whether it matches an SQL pattern: `%` is any text, `_` any code point.
    public func like(_ pattern: String) -> Expression { call(.like, lit(pattern)) }
    /// Where a text first occurs, counted from 1; 0 where it does not, as in SQL. An empty text occurs at 1.
    public func position(of text: String) -> Expression { call("strpos", lit(text)) }
    /// How often a text occurs, from left to right and without overlap. An empty text occurs nowhere.
    public func occurrences(of text: String) -> Expression { call("occurrences", lit(text)) }
  }
}

/// The values of each row as one text, with a separator between them: `concat(col("year"), col("month"), separator: "-")`.
///
/// - Parameters:
///   - first: the first value.
///   - others: the values behind it.
///   - separator: what stands between two values.
///   - skipsNulls: whether nulls are left out, with their separators, as by SQL's `concat_ws`; else a row with a null is null,
///     as with `||`.
public func concat(
  _ first: Expression, _ others: Expression..., separator: String = "", skipsNulls: Bool = true
) -> Expression {
  if skipsNulls { return Expression(.function("concat_ws", [lit(separator), first] + others)) }
  let start = others.isEmpty ? first.cast(to: .string) : first
  return others.reduce(start) { text, value in
    let head = separator.isEmpty ? text : Expression(.binary(.concatenate, text, lit(separator)))
    return Expression(.binary(.concatenate, head, value))
  }
}
