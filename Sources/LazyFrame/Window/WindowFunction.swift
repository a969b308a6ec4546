/// A function whose value in a row follows from that row and others around it, in the order of the rows.
package enum WindowFunction: Sendable, Hashable, Codable {
  /// The value so many rows above; below, where the number is negative. A second argument stands where there is no such row.
  case shift(Int)
  /// The value less the one so many rows above.
  case difference(Int)
  /// The change since so many rows above, as a part of what was there.
  case percentChange(Int)
  /// An aggregate of the rows up to this one.
  case cumulative(CumulativeFunction)
  /// The place among the values.
  case rank(RankMethod, descending: Bool)
  /// The place in the window's order, of which rows with equal keys share one: SQL's `rank()` and `dense_rank()`.
  case rankInOrder(RankMethod)
  case rowNumber
  /// The last value that is not null, over at most so many nulls.
  case forwardFill(limit: Int?)
  /// The next value that is not null.
  case backwardFill(limit: Int?)
  /// An aggregate of all values where there is none.
  case fill(AggregateFunction)
  /// An aggregate of the rows that end with this one; of rows near in time, the time is the second argument.
  case rolling(AggregateFunction, RollingExtent, minimum: Int?)
}

/// What is computed of all rows up to one.
package enum CumulativeFunction: String, CaseIterable, Sendable, Hashable, Codable {
  case sum = "cum_sum"
  case max = "cum_max"
  case min = "cum_min"
  case product = "cum_prod"
  case count = "cum_count"
}

/// Which place equal values get.
public enum RankMethod: String, CaseIterable, Sendable, Hashable, Codable {
  /// The mean of the places that they take up together.
  case average
  /// The first of them: 1, 2, 2, 4.
  case min
  /// The last of them: 1, 3, 3, 4.
  case max
  /// The first of them, where the next value has the next place: 1, 2, 2, 3.
  case dense
  /// Each its own, in the order of the rows.
  case ordinal
}

/// Which rows a rolling window has.
package enum RollingExtent: Sendable, Hashable, Codable {
  case rows(Int)
  /// A length of time, as `date_trunc` writes it, and which of the window's ends belong to it.
  case interval(String, closed: ClosedEnds)
  /// SQL's frame, in which rows without a time belong together.
  case range(RangeFrame)
}

extension WindowFunction {
  /// The name in expressions and in the names of results.
  package var name: String {
    switch self {
    case .shift: "shift"
    case .difference: "diff"
    case .percentChange: "pct_change"
    case .cumulative(let function): function.rawValue
    case .rank, .rankInOrder(.min): "rank"
    case .rankInOrder(let method): "\(method.rawValue)_rank"
    case .rowNumber: "row_number"
    case .forwardFill: "forward_fill"
    case .backwardFill: "backward_fill"
    case .fill(let function): "fill_\(function.name)"
    case .rolling(let function, _, _): "rolling_\(function.name)"
    }
  }

  /// The call with these arguments as it is written.
  func text(_ arguments: [String]) -> String {
    var parts = arguments
    // The value that is shifted in comes behind the number of rows.
    parts.insert(contentsOf: parameters, at: isShift ? min(1, parts.count) : parts.count)
    return "\(name)(\(parts.joined(separator: ", ")))"
  }

  private var isShift: Bool {
    if case .shift = self { return true }
    return false
  }

  private var parameters: [String] {
    switch self {
    case .shift(let count), .difference(let count), .percentChange(let count): ["\(count)"]
    case .rank(let method, let descending): ["'\(method.rawValue)'"] + (descending ? ["'desc'"] : [])
    case .forwardFill(let limit), .backwardFill(let limit): limit.map { ["\($0)"] } ?? []
    case .rolling(let function, let extent, let minimum):
      function.parameters + [extent.text] + (minimum.map { ["\($0)"] } ?? []) + extent.closedText
    case .cumulative, .rankInOrder, .rowNumber, .fill: []
    }
  }
}

extension RollingExtent {
  fileprivate var text: String {
    switch self {
    case .rows(let count): "\(count)"
    case .interval(let text, _): Expression.literalText(.string(text))
    case .range(let frame): frame.text
    }
  }

  /// Which ends belong to the window, where it is not as usual.
  fileprivate var closedText: [String] {
    if case .interval(_, let closed) = self, closed != .upper { return ["'\(closed.name)'"] }
    return []
  }
}

extension ClosedEnds {
  private static let names: [(name: String, ends: ClosedEnds)] = [
    ("both", .both), ("lower", .lower), ("upper", .upper), ("none", .none),
  ]

  /// The ends of this name in expressions.
  init?(name: String) {
    guard let found = ClosedEnds.names.first(where: { $0.name == name }) else { return nil }
    self = found.ends
  }

  var name: String { ClosedEnds.names.first { $0.ends == self }?.name ?? "" }
}
