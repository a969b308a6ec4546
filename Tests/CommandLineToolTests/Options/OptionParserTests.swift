import Testing

@testable import CommandLineTool

@Suite("Options on the command line")
struct OptionParserTests {
  private struct Values: Equatable {
    var log: [String] = []
  }

  private static var options: [CommandOption<Values>] {
    [
      CommandOption("output", short: "o", .required("FILE"), "") { $0.log.append("output=\($1)") },
      CommandOption("limit", short: "n", .required("N"), "") { $0.log.append("limit=\($1)") },
      CommandOption("explain", .optional("LEVEL"), "") { $0.log.append("explain=\($1)") },
      CommandOption("quiet", short: "q", .none, "") { values, _ in values.log.append("quiet") },
      CommandOption("quick", .none, "") { values, _ in values.log.append("quick") },
    ]
  }

  private func parse(_ arguments: [String]) throws -> (log: [String], outcome: OptionParser<Values>.Outcome) {
    var values = Values()
    let outcome = try OptionParser(Self.options, command: "test").parse(arguments, into: &values)
    return (values.log, outcome)
  }

  @Test(
    "are read in every form that GNU has",
    arguments: [
      (["--output", "x"], ["output=x"], []),
      (["--output=x"], ["output=x"], []),
      (["--output="], ["output="], []),
      (["--out", "x"], ["output=x"], []),
      (["-o", "x"], ["output=x"], []),
      (["-ox"], ["output=x"], []),
      (["-qn5"], ["quiet", "limit=5"], []),
      (["-qqox"], ["quiet", "quiet", "output=x"], []),
      (["--explain", "a"], ["explain="], ["a"]),
      (["--explain=all", "a"], ["explain=all"], ["a"]),
      (["a", "-q", "b", "--limit", "-1", "c"], ["quiet", "limit=-1"], ["a", "b", "c"]),
      (["a", "--", "-q", "--", "b"], [], ["a", "-q", "--", "b"]),
      (["-", "-q"], ["quiet"], ["-"]),
      ([], [], []),
      (["--output", "ünï"], ["output=ünï"], []),
    ] as [([String], [String], [String])])
  func forms(arguments: [String], log: [String], operands: [String]) throws {
    let result = try parse(arguments)
    #expect(result.log == log)
    #expect(result.outcome == .operands(operands))
  }

  @Test("stop at a request for help", arguments: ["-h", "--help", "-qh", "--he"])
  func help(option: String) throws {
    #expect(try parse(["a", option, "b"]).outcome == .help)
  }

  @Test(
    "that are wrong are named",
    arguments: [
      (["--outptu", "x"], "unknown option '--outptu'", "did you mean '--output'?"),
      (["--zzzzzzz=x"], "unknown option '--zzzzzzz'", "see: lazyframe test --help"),
      (["-z"], "unknown option '-z'", "see: lazyframe test --help"),
      (["-qz"], "unknown option '-z'", "see: lazyframe test --help"),
      (["a", "--output"], "option '--output' needs an argument: --output FILE", "see: lazyframe test --help"),
      (["-qn"], "option '--limit' needs an argument: --limit N", "see: lazyframe test --help"),
      (["--quiet=yes"], "option '--quiet' takes no argument", "see: lazyframe test --help"),
      (["--qui"], "option '--qui' can mean several", "write one of: --quiet, --quick"),
    ])
  func mistakes(arguments: [String], message: String, hint: String) {
    let error = #expect(throws: UsageError.self) { try parse(arguments) }
    #expect(error == UsageError(message, hint: hint))
  }
}
