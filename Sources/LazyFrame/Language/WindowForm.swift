/// How a window function is written in a text.
struct WindowForm: Sendable {
  /// What stands behind the first argument, and what the call means.
  enum Kind: Sendable {
    /// `shift(x, n, fill)`; the sign says which way a positive number leads.
    case shift(sign: Int)
    /// `f(x)`, or without an argument `f()`.
    case plain(WindowFunction)
    /// `f(x, n)`, where n is 1 when it is left out.
    case steps(@Sendable (Int) -> WindowFunction)
    /// `f(x, n)`, where n may be left out.
    case limit(@Sendable (Int?) -> WindowFunction)
    /// `rank(x, 'method', 'desc')`.
    case rank
    /// `rolling_mean(x, n, minimum)` or `rolling_mean(x, t, '7d', minimum, 'both')`; a quantile's fraction stands before n or
    /// '7d'.
    case rolling(AggregateFunction)
  }

  let name: String
  let form: String
  let counts: ClosedRange<Int>
  let kind: Kind

  private init(_ name: String, _ form: String, _ counts: ClosedRange<Int>, _ kind: Kind) {
    (self.name, self.form, self.counts, self.kind) = (name, form, counts, kind)
  }

  /// The function of this name, if it is one of windows.
  init?(name: String) {
    guard let form = WindowForm.all.first(where: { $0.name == name }) else { return nil }
    self = form
  }

  static let all: [WindowForm] =
    [
      WindowForm("shift", "shift(x, n) or shift(x, n, fill)", 1...3, .shift(sign: 1)),
      WindowForm("lag", "lag(x, n) or lag(x, n, fill)", 1...3, .shift(sign: 1)),
      WindowForm("lead", "lead(x, n) or lead(x, n, fill)", 1...3, .shift(sign: -1)),
      WindowForm("diff", "diff(x) or diff(x, n)", 1...2, .steps { .difference($0) }),
      WindowForm("pct_change", "pct_change(x) or pct_change(x, n)", 1...2, .steps { .percentChange($0) }),
      WindowForm("rank", "rank() over (order by x), or rank(x, 'average', 'desc')", 0...3, .rank),
      WindowForm("dense_rank", "dense_rank() over (order by x)", 0...0, .plain(.rankInOrder(.dense))),
      WindowForm("row_number", "row_number() over (order by x)", 0...0, .plain(.rowNumber)),
      WindowForm("forward_fill", "forward_fill(x) or forward_fill(x, n)", 1...2, .limit { .forwardFill(limit: $0) }),
      WindowForm(
        "backward_fill", "backward_fill(x) or backward_fill(x, n)", 1...2, .limit { .backwardFill(limit: $0) }),
    ]
    + CumulativeFunction.allCases.map {
      WindowForm($0.rawValue, "\($0.rawValue)(x)", 1...1, .plain(.cumulative($0)))
    }
    + ([.mean, .min, .max] as [AggregateFunction]).map {
      WindowForm("fill_\($0.name)", "fill_\($0.name)(x)", 1...1, .plain(.fill($0)))
    }
    + ([.sum, .mean, .min, .max, .standardDeviation, .variance, .count, .quantile(0.5)] as [AggregateFunction]).map {
      let name = "rolling_\($0.name)"
      return WindowForm(name, "\(name)(x, n) or \(name)(x, time, '7d')", 2...5, .rolling($0))
    } + [
      WindowForm(
        "rolling_quantile", "rolling_quantile(x, 0.9, n) or rolling_quantile(x, time, 0.9, '7d')", 3...6,
        .rolling(.quantile(0.9)))
    ]
}
