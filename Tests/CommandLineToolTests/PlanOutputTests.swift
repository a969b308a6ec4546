@preconcurrency import Glibc
import TestSupport
import Testing

@Suite("--explain and --dot")
struct PlanOutputTests {
  private let program = BuiltProgram(folder: TemporaryFolder())

  init() {
    program.folder.write(smallPrices, to: "prices.csv")
  }

  private func groupBy(_ options: [String]) throws -> BuiltProgram.Outcome {
    try program.run(["groupby", "prices.csv", "--by", "symbol", "--agg", "max(close)"] + options)
  }

  @Test("print the plan in place of the result", arguments: ["", "=logical", "=optimized", "=physical", "=graph"])
  func explain(level: String) throws {
    let outcome = try groupBy(["--explain\(level)", "--output", "result.csv"])
    #expect(outcome.status == 0)
    #expect(outcome.error == "")
    #expect(outcome.out.contains("prices.csv") || level == "=graph")
    #expect(outcome.out.hasSuffix("\n"))
    #expect(program.folder.names == ["prices.csv"])
  }

  @Test("run the plan and tell of it, but write no result, where the level is analyze")
  func analyze() throws {
    let outcome = try groupBy(["--explain=analyze", "--output", "result.csv"])
    #expect(outcome.status == 0)
    #expect(outcome.out.hasPrefix("stage 1: ") && outcome.out.contains("\nin all: "))
    #expect(program.folder.names == ["prices.csv"])
  }

  @Test("print the optimized plan when no level is named")
  func defaultLevel() throws {
    #expect(try groupBy(["--explain"]) == groupBy(["--explain=optimized"]))
  }

  @Test("write the graph as text")
  func text() throws {
    #expect(try groupBy(["--dot", "graph.dot"]) == BuiltProgram.Outcome(status: 0, out: "", error: ""))
    let text = program.folder.contents("graph.dot")
    #expect(text.hasPrefix("digraph tasks {\n"))
    #expect(text.contains("scan-csv"))
    #expect(try groupBy(["--dot", "-"]).out == text)
  }

  @Test("do both")
  func both() throws {
    let outcome = try groupBy(["--dot", "graph.dot", "--explain"])
    #expect(try outcome == groupBy(["--explain"]))
    #expect(program.folder.names == ["graph.dot", "prices.csv"])
  }

  @Test("draw the graph with Graphviz", .enabled(if: access("/usr/bin/dot", X_OK) == 0, "needs Graphviz"))
  func picture() throws {
    #expect(try groupBy(["--dot", "graph.svg"]).status == 0)
    #expect(program.folder.contents("graph.svg").contains("<svg"))
    #expect(program.folder.names == ["graph.svg", "prices.csv"])
  }

  @Test("say how to get Graphviz")
  func missingGraphviz() throws {
    let outcome = try program.shell(
      "PATH=/nonexistent; \"$0\" groupby prices.csv --by symbol --agg 'max(close)' --dot graph.png")
    #expect(
      outcome.error == """
        lazyframe: a picture is drawn by Graphviz' program 'dot', which is not installed
        install it with: apt-get install graphviz; or write the text with: --dot graph.dot

        """)
    #expect(outcome.status == 1)
    #expect(program.folder.names == ["prices.csv"])
  }

  @Test("say why the graph cannot be written")
  func unwritable() throws {
    let outcome = try groupBy(["--dot", "missing/graph.dot"])
    let error = "lazyframe: cannot write missing/graph.dot: no such file or directory\nmake the folder first\n"
    #expect(outcome == BuiltProgram.Outcome(status: 1, out: "", error: error))
    #expect(program.folder.names == ["prices.csv"])
  }

  @Test("refuse an ending that says nothing")
  func ending() throws {
    let outcome = try groupBy(["--dot", "graph"])
    #expect(outcome.status == 2)
    #expect(
      outcome.error == """
        lazyframe: --dot: 'graph' has no ending that says what to write
        end it in .dot for text, or in .svg, .png, .pdf for a picture

        """)
  }
}
