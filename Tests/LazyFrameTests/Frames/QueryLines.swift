import Foundation
import LazyFrame

/// A frame built line by line: `filter: close > 10`. What golden plans and test files share.
struct QueryLines {
  var frame: LazyFrame
  /// The frames that joins and concats can name.
  let tables: [String: LazyFrame]
  private var keys: [LazyFrame.Expression] = []

  init(_ frame: LazyFrame, tables: [String: LazyFrame]) {
    (self.frame, self.tables) = (frame, tables)
  }

  struct Mistake: Error, CustomStringConvertible {
    let description: String
  }

  mutating func apply(_ line: String) throws {
    let parts = line.split(separator: ":", maxSplits: 1).map { $0.trimmingCharacters(in: .whitespaces) }
    let text = parts.count > 1 ? parts[1] : ""
    switch parts[0] {
    case "filter": frame = frame.filter(try .parse(text))
    case "select": frame = frame.select(try LazyFrame.Expression.parseList(text))
    case "with": frame = frame.withColumns(try LazyFrame.Expression.parseList(text))
    case "by": keys = try LazyFrame.Expression.parseList(text)
    case "aggregate":
      frame = frame.groupBy(keys).aggregate(try LazyFrame.Expression.parseList(text))
      keys = []
    case "sort":
      frame = frame.sort(
        by: try LazyFrame.Expression.parseSortKeys(text).map { SortKey($0.0, descending: $0.descending) })
    case "limit": frame = frame.limit(try number(text))
    case "join": frame = try joined(Options(text))
    case "cross": frame = frame.crossJoin(try table(text))
    default: throw Mistake(description: "there is no verb '\(parts[0])'")
    }
  }

  private func table(_ name: String) throws -> LazyFrame {
    guard let table = tables[name] else { throw Mistake(description: "there is no table '\(name)'") }
    return table
  }

  private func number(_ text: String) throws -> Int {
    guard let number = Int(text) else { throw Mistake(description: "'\(text)' is no whole number") }
    return number
  }

  /// `pets; on id; how left; suffix _pet; nulls equal`.
  private struct Options {
    let first: String
    private let others: [(name: String, text: String)]

    init(_ text: String) {
      let parts = text.components(separatedBy: ";").map { $0.trimmingCharacters(in: .whitespaces) }
      first = parts[0]
      others = parts.dropFirst().map { part in
        let words = part.split(separator: " ", maxSplits: 1)
        return (String(words[0]), words.count > 1 ? String(words[1]) : "")
      }
    }

    subscript(name: String) -> String? { others.first { $0.name == name }?.text }
  }

  private func joined(_ options: Options) throws -> LazyFrame {
    let other = try table(options.first)
    guard let kind = JoinKind(name: options["how"] ?? "inner") else {
      throw Mistake(description: "there is no such kind of join")
    }
    let suffix = options["suffix"] ?? "_right"
    let nullsAreEqual = options["nulls"] == "equal"
    if let keys = options["on"] {
      return frame.join(
        other, on: try LazyFrame.Expression.parseList(keys), how: kind, suffix: suffix, nullsAreEqual: nullsAreEqual)
    }
    return frame.join(
      other, leftOn: try LazyFrame.Expression.parseList(options["left"] ?? ""),
      rightOn: try LazyFrame.Expression.parseList(options["right"] ?? ""), how: kind, suffix: suffix,
      nullsAreEqual: nullsAreEqual)
  }
}
