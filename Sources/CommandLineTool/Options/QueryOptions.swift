import LazyFrame
import Scheduler

/// What is done with rows before and after a command's own work, and how it is run.
struct QueryOptions {
  var filters: [String] = []
  /// Names and expressions.
  var columns: [(name: String, expression: String)] = []
  var sortKeys: String?
  var limit: Int?
  var compute = ComputeOptions()
  var explain: PlanLevel?
  var dot: String?
  var profile: ProfileOption?
  /// Nil: when standard error is a terminal.
  var showsProgress: Bool?

  init(limit: Int? = nil) {
    self.limit = limit
  }

  /// - Parameter limit: what the help says about the number of rows.
  static func rows(limit: String = "the first rows only") -> [CommandOption<Self>] {
    [
      CommandOption("filter", .required("EXPR"), "keep the rows for which it is true; several: for which all are") {
        $0.filters.append($1)
      },
      CommandOption("with", .required("NAME=EXPR"), "add a column, or replace it; can be repeated") {
        $0.columns.append(try namedExpression($1))
      },
      CommandOption(
        "sort", .required("KEY[:desc],…"), "sort the result; nulls come last unless told: 'KEY:desc nulls first'"
      ) { $0.sortKeys = $1 },
      CommandOption("limit", short: "n", .required("N"), limit) { $0.limit = try OptionValue.count($1, "--limit") },
    ]
  }

  static var running: [CommandOption<Self>] {
    [
      CommandOption(
        "explain", .optional("LEVEL"),
        "print the plan instead: logical, optimized (default), physical, graph, analyze (runs it)"
      ) {
        $0.explain =
          $1.isEmpty ? .optimized : try OptionValue.word($1, "--explain", PlanLevel.names, PlanLevel.init(name:))
      },
      CommandOption("dot", .required("FILE"), "draw the task graph and do not run it: .dot, .svg, .png or .pdf") {
        $0.dot = $1
      },
      CommandOption("threads", .required("N"), "how many tasks run at once; default: one for each processor") {
        $0.compute.threads = try OptionValue.count($1, "--threads", least: 1)
      },
      CommandOption(
        "memory-limit", .required("SIZE"), "how much of the tasks' results may be in memory; default: 60% of it"
      ) {
        $0.compute.memoryLimit = try OptionValue.size($1, "--memory-limit")
      },
      CommandOption(
        "profile", .required("FILE"),
        "write what every task did: .html for a page, .json for Chrome and Perfetto"
      ) {
        $0.profile = try ProfileOption($1)
      },
      CommandOption("progress", .none, "show how far a long run is; default: if standard error is a terminal") {
        options, _ in options.showsProgress = true
      },
      CommandOption("no-progress", .none, "do not show it") { options, _ in options.showsProgress = false },
    ]
  }

  private static func namedExpression(_ text: String) throws -> (name: String, expression: String) {
    guard let sign = text.firstIndex(of: "="), sign > text.startIndex else {
      throw UsageError("--with: '\(text)' is no NAME=EXPR", hint: "write it like this: --with 'gain=close - open'")
    }
    let name = text[..<sign].trimmingPrefix { $0 == " " }.reversed().drop { $0 == " " }.reversed()
    return (String(name), String(text[text.index(after: sign)...]))
  }
}

/// Where a profile of the run goes, and in which format.
struct ProfileOption {
  let path: String
  let format: ProfileFormat

  /// - Throws: `UsageError` for an ending that stands for no format.
  init(_ path: String) throws {
    self.path = path
    do throws(ProfileError) {
      format = try ProfileFormat(path: path)
    } catch {
      throw UsageError("--profile: \(error.message)", hint: error.hint)
    }
  }
}
