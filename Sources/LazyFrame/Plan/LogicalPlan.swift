import CSV
import Columnar

/// What the user wrote: relational operations over unresolved expressions.
indirect enum LogicalPlan: Sendable {
  case scan(FileScan)
  case memory(MemoryTable)
  case filter(Expression, LogicalPlan)
  case select([Expression], LogicalPlan)
  case withColumns([Expression], LogicalPlan)
  case aggregate(keys: [Expression], aggregates: [Expression], LogicalPlan)
  case sort([SortKey], LogicalPlan)
  case limit(Int, LogicalPlan)
  case join(Join, LogicalPlan, LogicalPlan)
  case asofJoin(AsofJoin, LogicalPlan, LogicalPlan)
  /// Below each other, or side by side.
  case concat(ConcatKind, [LogicalPlan])
  /// What is written as other operations once the columns of the input are known.
  case verb(any FrameVerb, LogicalPlan)
}

extension LogicalPlan {
  /// The plans right below.
  var inputs: [LogicalPlan] {
    switch self {
    case .scan, .memory: []
    case .filter(_, let input), .select(_, let input), .withColumns(_, let input), .aggregate(_, _, let input),
      .sort(_, let input), .limit(_, let input), .verb(_, let input):
      [input]
    case .join(_, let left, let right), .asofJoin(_, let left, let right): [left, right]
    case .concat(_, let inputs): inputs
    }
  }

  /// The same plan over other inputs.
  func mappingInputs(_ transform: (LogicalPlan) throws -> LogicalPlan) rethrows -> LogicalPlan {
    switch self {
    case .scan, .memory: self
    case .filter(let predicate, let input): .filter(predicate, try transform(input))
    case .select(let expressions, let input): .select(expressions, try transform(input))
    case .withColumns(let expressions, let input): .withColumns(expressions, try transform(input))
    case .aggregate(let keys, let aggregates, let input):
      .aggregate(keys: keys, aggregates: aggregates, try transform(input))
    case .sort(let keys, let input): .sort(keys, try transform(input))
    case .limit(let count, let input): .limit(count, try transform(input))
    case .join(let join, let left, let right): .join(join, try transform(left), try transform(right))
    case .asofJoin(let join, let left, let right): .asofJoin(join, try transform(left), try transform(right))
    case .concat(let kind, let inputs): .concat(kind, try inputs.map(transform))
    case .verb(let verb, let input): .verb(verb, try transform(input))
    }
  }

  /// The scans, from left to right.
  var scans: [FileScan] {
    if case .scan(let scan) = self { return [scan] }
    return inputs.flatMap(\.scans)
  }

  /// The same plan with each use of a scan replaced by another one.
  func replacing(_ scan: FileScan, with other: FileScan) -> LogicalPlan {
    if case .scan(let own) = self { return own == scan ? .scan(other) : self }
    return mappingInputs { $0.replacing(scan, with: other) }
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
    case .memory(let table): return [margin + "frame of \(table.rowCount) rows"]
    case .filter(let predicate, let input): return above("filter \(predicate)", input)
    case .select(let expressions, let input): return above("select \(list(expressions))", input)
    case .withColumns(let expressions, let input): return above("with columns \(list(expressions))", input)
    case .aggregate(let keys, let aggregates, let input):
      return above("group by \(list(keys)) aggregate \(list(aggregates))", input)
    case .sort(let keys, let input):
      return above("sort by " + keys.map(\.description).joined(separator: ", "), input)
    case .limit(let count, let input): return above("limit \(count)", input)
    case .join(let join, _, _):
      return [margin + join.description] + inputs.flatMap { $0.lines(indentation: indentation + 1) }
    case .verb(let verb, let input): return above(verb.description, input)
    case .asofJoin(let join, _, _):
      return [margin + "asof join on \(join.time)"] + inputs.flatMap { $0.lines(indentation: indentation + 1) }
    case .concat(let kind, _):
      return [margin + "\(kind) concat"] + inputs.flatMap { $0.lines(indentation: indentation + 1) }
    }
  }
}
