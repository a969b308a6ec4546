import Foundation
import TestSupport
import Testing

@Suite("--profile and --progress")
struct DiagnosticsTests {
  private let program = BuiltProgram(folder: TemporaryFolder())

  init() {
    program.folder.write(smallPrices, to: "prices.csv")
  }

  private func groupBy(_ options: [String]) throws -> BuiltProgram.Outcome {
    try program.run(["groupby", "prices.csv", "--by", "symbol", "--agg", "max(close)"] + options)
  }

  @Test("write a report beside the result")
  func report() throws {
    let outcome = try groupBy(["--profile", "run.html"])
    #expect(try outcome == groupBy([]))
    #expect(outcome.error == "")
    let page = program.folder.contents("run.html")
    #expect(page.hasPrefix("<!DOCTYPE html>"))
    #expect(page.contains("scan-csv"))
    #expect(program.folder.names == ["prices.csv", "run.html"])
  }

  @Test("write a trace that programs can read, and the result to a file in the same folder")
  func trace() throws {
    #expect(
      try groupBy(["--profile", "run.json", "--output", "result.csv"])
        == BuiltProgram.Outcome(status: 0, out: "", error: ""))
    #expect(try program.folder.contents("result.csv") == groupBy([]).out)
    let trace = try JSONSerialization.jsonObject(with: Data(program.folder.contents("run.json").utf8))
    let events = try #require((trace as? [String: Any])?["traceEvents"] as? [[String: Any]])
    #expect(events.contains { $0["name"] as? String == "scan-csv" && $0["ph"] as? String == "X" })
    #expect(program.folder.names == ["prices.csv", "result.csv", "run.json"])
  }

  @Test("show both runs of a query whose types were guessed wrong")
  func twoRuns() throws {
    // The word lies between two of the places that are looked at beforehand.
    let rows = { String(repeating: "a,1\n", count: $0) }
    program.folder.write("k,n\n" + rows(3000) + "a,word\n" + rows(250_000), to: "late.csv")
    let outcome = try program.run(
      ["groupby", "late.csv", "--by", "k", "--agg", "count_distinct(n) as n", "--profile", "run.html"])
    #expect(outcome == BuiltProgram.Outcome(status: 0, out: "k,n\na,2\n", error: ""))
    #expect(program.folder.contents("run.html").contains("in 2 runs on"))
  }

  @Test("write the profile though nobody reads the result to its end")
  func closedPipe() throws {
    let rows = (0..<100_000).map { "\($0)\n" }.joined()
    program.folder.write("n\n" + rows, to: "n.csv")
    let outcome = try program.shell("\"$0\" groupby n.csv --by n --agg 'count()' --profile run.json | head -n 1")
    #expect(outcome.out == "n,count\n")
    #expect(program.folder.contents("run.json").hasSuffix("]}\n"))
  }

  @Test("refuse an ending that says nothing, and list those that do")
  func ending() throws {
    #expect(
      try groupBy(["--profile", "run.txt"])
        == BuiltProgram.Outcome(
          status: 2, out: "",
          error: """
            lazyframe: --profile: 'run.txt' has no ending that says what to write
            end it in .json for a trace that Chrome and Perfetto open, or in .html for a report

            """))
  }

  @Test("say before the work that the profile cannot be written")
  func unwritable() throws {
    #expect(
      try groupBy(["--profile", "missing/run.html"])
        == BuiltProgram.Outcome(
          status: 1, out: "",
          error: "lazyframe: cannot write missing/run.html: no such file or directory\nmake the folder first\n"))
  }

  @Test("do not go with options that run nothing", arguments: ["--explain", "--dot=-"])
  func nothingRun(option: String) throws {
    let outcome = try groupBy([option, "--profile", "run.html"])
    #expect(outcome.status == 2)
    #expect(outcome.error == "lazyframe: --profile: with --explain and --dot, nothing is run that it could show\n")
    #expect(program.folder.names == ["prices.csv"])
  }

  @Test("show nothing of a short run", arguments: ["--progress", "--no-progress"])
  func shortRun(option: String) throws {
    #expect(try groupBy([option]) == groupBy([]))
  }

  @Test("leave an error as it is")
  func failure() throws {
    program.folder.write("a,b\n1,2\n1\n", to: "bad.csv")
    let words = ["groupby", "bad.csv", "--by", "a", "--agg", "sum(b)"]
    let plain = try program.run(words)
    #expect(plain.status == 1)
    #expect(try program.run(words + ["--progress", "--profile", "run.html"]) == plain)
    #expect(program.folder.names == ["bad.csv", "prices.csv"])
  }
}
