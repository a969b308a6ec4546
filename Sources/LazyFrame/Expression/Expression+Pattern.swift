import Columnar

// Regular expressions are in Perl's syntax, as the library PCRE2 reads it (`man pcre2syntax`): `(?i)` in front ignores case.
// `\w`, `\d`, `\b` and `[:alpha:]` go by Unicode. A pattern is a constant. It is compiled before any row is read, which
// throws `LazyFrameError.Code.pattern` where it is wrong, and `missingLibrary` where the library is not installed
// (Debian's package libpcre2-8-0). A match that needs over ten million steps throws at run time.

extension Expression.Text {
  /// Whether a regular expression matches anywhere in it; `^` and `$` tie it to the ends.
  public func matches(_ pattern: String) -> Expression { call("regexp_matches", lit(pattern)) }
  /// How often a regular expression matches, without overlap.
  public func countMatches(of pattern: String) -> Expression { call("regexp_count", lit(pattern)) }
  /// The first match of a regular expression, or one of its groups: `str.extract("(\\d+) kg", group: 1)`. Null where there
  /// is no match, or the group takes no part in it.
  public func extract(_ pattern: String, group: Int = 0) -> Expression {
    call("regexp_extract", lit(pattern), lit(group))
  }
  /// With every match of a regular expression replaced. In the replacement, `$1` or `${name}` is a group, `$0` the match
  /// and `$$` the sign itself.
  public func replacingMatches(of pattern: String, with replacement: String) -> Expression {
    call("regexp_replace", lit(pattern), lit(replacement))
  }
  /// With the first match of a regular expression replaced: see ``replacingMatches(of:with:)``.
  public func replacingFirstMatch(of pattern: String, with replacement: String) -> Expression {
    call("regexp_replace_first", lit(pattern), lit(replacement))
  }

  // MARK: Values

  /// The whole number that it says, as an `int64`; null where it says none. Codes such as `007` say none.
  public var toInteger: Expression { base.cast(to: .int64) }
  /// The number that it says, as a `float64`; null where it says none.
  public var toNumber: Expression { base.cast(to: .float64) }
  /// The truth value of `true`, `True`, `TRUE` and so on; null of everything else.
  public var toBool: Expression { base.cast(to: .bool) }
  /// The day that it says in a format such as `%d.%m.%Y`: see ``toDatetime(format:isStrict:)``.
  public func toDate(format: String, isStrict: Bool = false) -> Expression {
    toDatetime(format: format, isStrict: isStrict).cast(to: .date)
  }
  /// The moment that it says in a format such as `%Y-%m-%d %H:%M`, blanks around it left out.
  ///
  /// The codes are those of `strptime`: `%Y %y %m %d %e %j %H %k %I %l %M %S %f %3f %p %s %a %A %b %B %F %T %R %D %r %c`. Numbers
  /// may have fewer digits; English names may be in any case; two digits of a year are 1969 to 2068. What the format lacks
  /// is as in 1900-01-01 00:00:00.
  ///
  /// - Parameters:
  ///   - format: what the text looks like.
  ///   - isStrict: whether a text of another form throws at run time, rather than to be null.
  public func toDatetime(format: String, isStrict: Bool = false) -> Expression {
    call(isStrict ? "strptime" : "try_strptime", lit(format))
  }
}
