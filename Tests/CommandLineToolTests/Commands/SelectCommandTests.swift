import TestSupport
import Testing

@Suite("lazyframe select")
struct SelectCommandTests {
  private let program = BuiltProgram(folder: TemporaryFolder())

  init() {
    program.folder.write(smallPrices, to: "prices.csv")
  }

  private func select(_ options: [String]) throws -> BuiltProgram.Outcome {
    try program.run(["select", "prices.csv"] + options)
  }

  @Test(
    "prints the columns that are asked for",
    arguments: [
      ([], "symbol,date,close,volume\nAA,2020-01-31,10.5,100\nBB,2020-02-03,3.0,\nAA,2021-01-04,12.25,300\n"),
      (["--columns", "symbol, close * 2 as twice"], "symbol,twice\nAA,21.0\nBB,6.0\nAA,24.5\n"),
      (["-c", "symbol", "--distinct"], "symbol\nAA\nBB\n"),
      (["-c", "symbol", "--distinct", "--sort", "symbol:desc", "-n1"], "symbol\nBB\n"),
      (["--with", "half=close / 2", "-c", "half", "--limit", "1"], "half\n5.25\n"),
      // A filter and a sort may use the file's columns and the new ones.
      (["-c", "close - 3 as gain", "--filter", "gain > 0"], "gain\n7.5\n9.25\n"),
      (["-c", "close - 3 as gain", "--filter", "gain > 0 and volume > 100"], "gain\n9.25\n"),
      (["-c", "close - 3 as gain", "--filter", "gain > 0", "--filter", "volume = 100"], "gain\n7.5\n"),
      (["-c", "symbol", "--filter", "close < 10"], "symbol\nBB\n"),
      (["-c", "close * 0 as close", "--filter", "close > 12", "--sort", "close"], "close\n0.0\n"),
      (["-c", "symbol", "--sort", "close:desc"], "symbol\nAA\nAA\nBB\n"),
      (["-c", "close", "--sort", "volume:desc nulls first"], "close\n3.0\n12.25\n10.5\n"),
      (["-c", "close", "--sort", "volume desc nulls last"], "close\n12.25\n10.5\n3.0\n"),
      // Lists become rows before they are sorted.
      (
        [
          "-c", "symbol, string_split(cast(date as string), '-') as part", "--explode", "part", "--sort", "part", "-n2",
        ],
        "symbol,part\nAA,01\nAA,01\n"
      ),
      (
        ["-c", "string_split(symbol || ',x', ',') as part", "--explode", "part", "--distinct"], "part\nAA\nx\nBB\n"
      ),
      (
        ["-c", "string_split(symbol || ',x', ',') as part", "--explode", "part", "--sort", "close"],
        "part\nBB\nx\nAA\nx\nAA\nx\n"
      ),
      (["-c", "close - 3 as gain", "--sort", "symbol, gain desc"], "gain\n9.25\n7.5\n0.0\n"),
    ])
  func columns(options: [String], expected: String) throws {
    #expect(try select(options) == BuiltProgram.Outcome(status: 0, out: expected, error: ""))
  }

  @Test(
    "shows the place of a mistake, and the nearest name",
    arguments: [
      (
        ["-c", "symbol, clse"],
        "--columns: there is no column 'clse'\n  symbol, clse\n          ^^^^\ndid you mean 'close'?\n"
      ),
      (
        ["-c", "close - 3 as gain", "--filter", "gian > 0"],
        "--filter: there is no column 'gian'\n  gian > 0\n  ^^^^\ndid you mean 'gain'?\n"
      ),
      (
        ["-c", "close - 3 as gain", "--sort", "volme"],
        "--sort: there is no column 'volme'\n  volme\n  ^^^^^\ndid you mean 'volume'?\n"
      ),
      (
        ["-c", "symbol", "--distinct", "--sort", "close"],
        "--sort: there is no column 'close'\n  close\n  ^^^^^\nthe columns are: symbol\n"
      ),
      (
        ["-c", "symbol, close", "--explode", "clos"],
        "--explode: there is no column 'clos'\n  clos\n  ^^^^\ndid you mean 'close'?\n"
      ),
      (
        ["-c", "symbol, close", "--explode", "close"],
        "--explode: only lists can be exploded, and 'close' is float64\n"
      ),
      (
        ["--sort", "close nulls lst"],
        "--sort: expected 'first' or 'last' after 'nulls', found 'lst'\n  close nulls lst\n              ^^^\n"
      ),
    ])
  func mistakes(options: [String], message: String) throws {
    #expect(try select(options) == BuiltProgram.Outcome(status: 2, out: "", error: "lazyframe: \(message)"))
  }

  @Test("gives the same bytes on one thread and on several, to a file and to a pipe")
  func sameBytes() throws {
    #expect(try program.run(["datasets", "prices", "--rows", "5000", "--output", "walk.csv"]).status == 0)
    let query = ["select", "walk.csv", "--filter", "close > 20", "--partition-size", "20KB", "--format", "ndjson"]
    let one = try program.run(query + ["--threads", "1"])
    #expect(one.status == 0 && one.out.utf8.count > 100_000)
    #expect(try program.run(query + ["--threads", "3"]) == one)
    #expect(try program.run(query + ["--threads", "2", "--memory-limit", "4KB"]) == one)
    #expect(try program.run(query + ["--output", "out"]).status == 0)
    #expect(program.folder.contents("out") == one.out)
  }

  @Test("ends quietly when nobody reads on")
  func closedPipe() throws {
    #expect(try program.run(["datasets", "prices", "--rows", "50000", "--output", "walk.csv"]).status == 0)
    let outcome = try program.shell("{ \"$0\" select walk.csv -c symbol; echo status $? >&2; } | head -n 1")
    #expect(outcome.out == "symbol\n")
    #expect(outcome.error == "status 0\n")
  }

  @Test("prints nothing of rows whose types turn out to be wrong")
  func revision() throws {
    // The odd row lies between two of the places that are looked at beforehand.
    let rows = (0..<300_000).map { $0 == 203_000 ? "a,2.5\n" : "a,\($0 % 10)\n" }.joined()
    program.folder.write("k,x\n" + rows, to: "late.csv")
    #expect(try program.run(["schema", "late.csv", "--format", "csv"]).out.contains("\nx,int64,"))
    let outcome = try program.run(["select", "late.csv", "--partition-size", "50KB"])
    #expect(outcome.status == 0)
    #expect(outcome.out.hasPrefix("k,x\na,0.0\na,1.0\n"))
    #expect(outcome.out.utf8.count == 4 + 6 * 300_000)
  }
}
