import Foundation

@testable import LazyFrame

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
        by: try LazyFrame.Expression.parseSortKeys(text))
    case "limit": frame = frame.limit(try number(text))
    case "join": frame = try joined(Options(text))
    case "asof": frame = try nearest(Options(text))
    case "cross": frame = frame.crossJoin(try table(text))
    case "drop": frame = frame.drop(names(text))
    case "rename":
      let pairs = names(text).map { $0.components(separatedBy: " as ") }
      frame = frame.rename(Dictionary(uniqueKeysWithValues: pairs.map { ($0[0], $0[1]) }))
    case "drop nulls": frame = LazyFrame(.verb(DropNullsVerb(names: text.isEmpty ? nil : names(text)), frame.plan))
    case "distinct":
      let options = Options(text)
      let keep = DistinctKeep(name: options["keep"] ?? "first") ?? .first
      let on = names(options.first)
      frame = LazyFrame(.verb(DistinctVerb(names: on.isEmpty ? nil : on, keep: keep), frame.plan))
    case "tail": frame = frame.tail(try number(text))
    case "slice":
      let numbers = try names(text).map(number)
      frame = frame.slice(numbers[0], numbers.count > 1 ? numbers[1] : nil)
    case "sample": frame = frame.sample(n: try number(text), seed: 7)
    case "sample fraction": frame = frame.sample(fraction: Double(text) ?? 0, seed: 7)
    case "concat":
      let options = Options(text)
      guard let kind = ConcatKind(name: options["how"] ?? "vertical") else {
        throw Mistake(description: "there is no such kind of concat")
      }
      frame = LazyFrame.concat([frame] + (try names(options.first).map(table)), how: kind)
    case "unpivot":
      let options = Options(text)
      let on = names(options.first)
      frame = frame.unpivot(on: on.isEmpty ? nil : on, index: names(options["index"] ?? ""))
    case "pivot":
      let options = Options(text)
      let index = try LazyFrame.Expression.parseList(options["index"] ?? "")
      let values = try LazyFrame.Expression.parse(options["values"] ?? "")
      let verb = PivotVerb(
        on: options.first, columns: names(options["columns"] ?? "").map { $0 == "null" ? .null : .string($0) },
        index: index, values: values, aggregate: { [sum = options["sum"] != nil] in sum ? $0.sum() : $0.first() })
      frame = LazyFrame(.verb(verb, frame.plan))
    case "explode": frame = LazyFrame(.verb(ExplodeVerb(names: names(text)), frame.plan))
    case "value counts":
      let options = Options(text)
      frame = frame.valueCounts(try .parse(options.first), name: options["name"] ?? "count")
    case "number": frame = frame.withRowNumber(text)
    case "top":
      let options = Options(text)
      frame = frame.topK(try number(options.first), by: try .parse(options["by"] ?? ""))
    case "null count": frame = frame.nullCount()
    case "n unique": frame = frame.nUnique()
    case "sum": frame = frame.sum()
    case "mean": frame = frame.mean()
    case "min": frame = frame.min()
    case "max": frame = frame.max()
    case "median": frame = frame.median()
    case "std": frame = frame.standardDeviation()
    case "var": frame = frame.variance()
    case "quantile": frame = frame.quantile(Double(text) ?? 0)
    case "repartition": frame = frame.repartition(count: try number(text))
    case "map":
      // A partition that is mapped to itself.
      frame = frame.mapPartitions(schema: try frame.schema()) { $0 }
    default: throw Mistake(description: "there is no verb '\(parts[0])'")
    }
  }

  private func table(_ name: String) throws -> LazyFrame {
    guard let table = tables[name] else { throw Mistake(description: "there is no table '\(name)'") }
    return table
  }

  private func names(_ text: String) -> [String] {
    text.isEmpty ? [] : text.components(separatedBy: ",").map { $0.trimmingCharacters(in: .whitespaces) }
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
    let validations: [String: JoinValidation] = ["1:1": .oneToOne, "1:n": .oneToMany, "n:1": .manyToOne]
    let validation = options["validate"].flatMap { validations[$0] }
    if let keys = options["on"] {
      return frame.join(
        other, on: try LazyFrame.Expression.parseList(keys), how: kind, suffix: suffix, nullsAreEqual: nullsAreEqual,
        validate: validation)
    }
    return frame.join(
      other, leftOn: try LazyFrame.Expression.parseList(options["left"] ?? ""),
      rightOn: try LazyFrame.Expression.parseList(options["right"] ?? ""), how: kind, suffix: suffix,
      nullsAreEqual: nullsAreEqual, validate: validation)
  }

  private func nearest(_ options: Options) throws -> LazyFrame {
    let time = try LazyFrame.Expression.parse(options["on"] ?? options["left"] ?? "")
    let within = try options["within"].map { text -> Value in
      if let number = Double(text) { return .double(number) }
      guard let duration = Duration(parsing: text) else { throw Mistake(description: "'\(text)' is no tolerance") }
      return .duration(duration)
    }
    return frame.joinAsof(
      try table(options.first), leftOn: time, rightOn: try options["right"].map { try .parse($0) } ?? time,
      by: try options["by"].map { try LazyFrame.Expression.parseList($0) } ?? [],
      strategy: AsofStrategy(name: options["how"] ?? "backward") ?? .backward, tolerance: within)
  }
}
