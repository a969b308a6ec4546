import CSV
import Columnar

/// What the user wrote: relational operations over unresolved expressions.
indirect enum LogicalPlan: Sendable {
  case scan(CSVScan)
  case filter(Expression, LogicalPlan)
  case select([Expression], LogicalPlan)
  case withColumns([Expression], LogicalPlan)
  case aggregate(keys: [Expression], aggregates: [Expression], LogicalPlan)
  case sort([SortKey], LogicalPlan)
  case limit(Int, LogicalPlan)
}

extension LogicalPlan {
  /// The scan at the bottom.
  var scan: CSVScan {
    switch self {
    case .scan(let scan): scan
    case .filter(_, let input), .select(_, let input), .withColumns(_, let input), .aggregate(_, _, let input),
      .sort(_, let input), .limit(_, let input):
      input.scan
    }
  }

  /// The same plan over another scan.
  func replacingScan(_ scan: CSVScan) -> LogicalPlan {
    switch self {
    case .scan: .scan(scan)
    case .filter(let predicate, let input): .filter(predicate, input.replacingScan(scan))
    case .select(let expressions, let input): .select(expressions, input.replacingScan(scan))
    case .withColumns(let expressions, let input): .withColumns(expressions, input.replacingScan(scan))
    case .aggregate(let keys, let aggregates, let input):
      .aggregate(keys: keys, aggregates: aggregates, input.replacingScan(scan))
    case .sort(let keys, let input): .sort(keys, input.replacingScan(scan))
    case .limit(let count, let input): .limit(count, input.replacingScan(scan))
    }
  }
}

extension LogicalPlan: CustomStringConvertible {
  var description: String { lines(indentation: 0).joined(separator: "\n") }

  private func lines(indentation: Int) -> [String] {
    let margin = String(repeating: "  ", count: indentation)
    func list(_ expressions: [Expression]) -> String { expressions.map(\.description).joined(separator: ", ") }
    func above(_ text: String, _ input: LogicalPlan) -> [String] {
      [margin + text] + input.lines(indentation: indentation + 1)
    }
    switch self {
    case .scan(let scan): return [margin + "scan \(scan.paths.joined(separator: ", "))"]
    case .filter(let predicate, let input): return above("filter \(predicate)", input)
    case .select(let expressions, let input): return above("select \(list(expressions))", input)
    case .withColumns(let expressions, let input): return above("with columns \(list(expressions))", input)
    case .aggregate(let keys, let aggregates, let input):
      return above("group by \(list(keys)) aggregate \(list(aggregates))", input)
    case .sort(let keys, let input):
      return above("sort by " + keys.map(\.description).joined(separator: ", "), input)
    case .limit(let count, let input): return above("limit \(count)", input)
    }
  }
}
