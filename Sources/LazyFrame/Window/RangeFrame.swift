/// Which rows of a group an aggregate over a window is of, by how far their times lie from the row's: SQL's `range between …`.
/// Both ends belong to it.
package struct RangeFrame: Sendable, Hashable, Codable {
  /// Where a frame begins or ends.
  package enum Edge: Sendable, Hashable, Codable {
    /// At the end of the group.
    case unbounded
    /// At the row's own time.
    case current
    /// A length of time before or after it, as `date_trunc` writes it.
    case preceding(String)
    case following(String)
  }

  package let start: Edge
  package let end: Edge

  package init(start: Edge, end: Edge) {
    self.start = start
    self.end = end
  }

  /// The lengths of time that it is made of.
  var intervals: [String] {
    [start, end].compactMap { edge in
      switch edge {
      case .preceding(let text), .following(let text): text
      case .unbounded, .current: nil
      }
    }
  }

  /// The same rows where the group's are in the opposite order.
  var reversed: RangeFrame { RangeFrame(start: end.reversed, end: start.reversed) }

  /// As it is written: `range between interval '7d' preceding and current row`.
  var text: String {
    "range between \(start.text(unbounded: "preceding")) and \(end.text(unbounded: "following"))"
  }
}

extension RangeFrame.Edge {
  fileprivate var reversed: RangeFrame.Edge {
    switch self {
    case .unbounded, .current: self
    case .preceding(let text): .following(text)
    case .following(let text): .preceding(text)
    }
  }

  fileprivate func text(unbounded: String) -> String {
    switch self {
    case .unbounded: "unbounded \(unbounded)"
    case .current: "current row"
    case .preceding(let text): "interval \(Expression.literalText(.string(text))) preceding"
    case .following(let text): "interval \(Expression.literalText(.string(text))) following"
    }
  }
}
