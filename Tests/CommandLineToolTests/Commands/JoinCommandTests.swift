import TestSupport
import Testing

@Suite("lazyframe join")
struct JoinCommandTests {
  private let program = BuiltProgram(folder: TemporaryFolder())

  init() {
    program.folder.write("symbol,close\nAA,1\nBB,2\nAA,3\n,4\n", to: "left.csv")
    program.folder.write("symbol,name,close\nAA,first,9\nCC,third,8\n", to: "right.csv")
    program.folder.write("ticker,id\nAA,1\n", to: "ticker.csv")
  }

  private func join(_ options: [String], right: String = "right.csv") throws -> BuiltProgram.Outcome {
    try program.run(["join", "left.csv", right] + options)
  }

  @Test(
    "puts rows together by their keys",
    arguments: [
      (["--on", "symbol"], "symbol,close,name,close_right\nAA,1,first,9\nAA,3,first,9\n"),
      (
        ["--on", "symbol", "--how", "left", "--suffix", "_old"],
        "symbol,close,name,close_old\nAA,1,first,9\nBB,2,,\nAA,3,first,9\n,4,,\n"
      ),
      (["--on", "symbol", "--how", "semi"], "symbol,close\nAA,1\nAA,3\n"),
      (["--on", "symbol", "--how=anti"], "symbol,close\nBB,2\n,4\n"),
      (["--on", "symbol", "--validate", "many-to-one", "-n1"], "symbol,close,name,close_right\nAA,1,first,9\n"),
      (
        ["--on", "symbol", "--how", "full", "--with", "sum=close + close_right", "--filter", "sum is null"],
        "symbol,close,name,close_right,sum\nBB,2,,,\n,4,,,\nCC,,third,8,\n"
      ),
      (
        ["--how", "cross", "--sort", "close:desc", "-n1"], "symbol,close,symbol_right,name,close_right\n,4,AA,first,9\n"
      ),
    ])
  func kinds(options: [String], expected: String) throws {
    #expect(try join(options) == BuiltProgram.Outcome(status: 0, out: expected, error: ""))
  }

  @Test("takes keys that have other names on the other side")
  func twoNames() throws {
    let outcome = try join(["--left-on", "symbol", "--right-on", "ticker"], right: "ticker.csv")
    #expect(
      outcome == BuiltProgram.Outcome(status: 0, out: "symbol,close,ticker,id\nAA,1,AA,1\nAA,3,AA,1\n", error: ""))
  }

  @Test(
    "says what is wrong with the keys",
    arguments: [
      ([], "join needs to know what must be equal\nsay it with --on KEYS; both files have: symbol, close\n"),
      (
        ["--on", "symbl"],
        "--on: there is no column 'symbl' on the left side of the join\n  symbl\n  ^^^^^\ndid you mean 'symbol'?\n"
      ),
      (
        ["--on", "name"],
        "--on: there is no column 'name' on the left side of the join\n  name\n  ^^^^\nthe columns are: symbol, close\n"
      ),
      (
        ["--left-on", "symbol", "--right-on", "nam"],
        "--right-on: there is no column 'nam'\n  nam\n  ^^^\ndid you mean 'name'?\n"
      ),
      (
        ["--left-on", "close", "--right-on", "name"],
        "--right-on: a join cannot compare 'close', which is int64, with 'name', which is string\n"
          + "cast one of them to the other's type\n"
      ),
      (
        ["--left-on", "symbol, close", "--right-on", "symbol"],
        "--right-on: a join has 2 keys on the left and 1 on the right\neach key on one side needs one on the other\n"
      ),
      (["--left-on", "symbol"], "--left-on and --right-on go together\nor write --on KEYS for both files\n"),
      (
        ["--on", "symbol", "--right-on", "name"],
        "--on does not go with --left-on and --right-on\n--on is for both files\n"
      ),
      (
        ["--how", "cross", "--on", "symbol"],
        "--how cross joins every row with every row, and takes no keys\nleave the keys out\n"
      ),
      (
        ["--on", "symbol", "--how", "outer"],
        "--how: unknown value 'outer'\nwrite one of: inner, left, right, full, semi, anti, cross\n"
      ),
      (["--on", "symbol", "--how", "iner"], "--how: unknown value 'iner'\ndid you mean 'inner'?\n"),
      (
        ["--on", "symbol", "--validate", "one-to-on"],
        "--validate: unknown value 'one-to-on'\ndid you mean 'one-to-one'?\n"
      ),
      (
        ["--on", "symbol", "--suffix", ""],
        "--on: two columns of the join are called 'close'\ngive another suffix, or rename a column first\n"
      ),
    ])
  func mistakes(options: [String], message: String) throws {
    #expect(try join(options) == BuiltProgram.Outcome(status: 2, out: "", error: "lazyframe: \(message)"))
  }

  @Test("fails when a key has more rows than it may")
  func validation() throws {
    let outcome = try join(["--on", "symbol", "--validate", "one-to-one"])
    #expect(outcome.status == 1)
    #expect(outcome.error.hasPrefix("lazyframe: the key symbol = AA has several rows on the left side of the join\n"))
  }

  @Test("takes two files", arguments: [["left.csv"], ["left.csv", "right.csv", "left.csv"]])
  func operands(files: [String]) throws {
    let outcome = try program.run(["join", "--on", "symbol"] + files)
    #expect(outcome.status == 2)
    #expect(
      outcome.error == """
        lazyframe: join takes two files, the left and the right one, not \(files.count)
        for example: lazyframe join prices.csv companies.csv --on symbol

        """)
  }

  @Test("names a file that is not there, and shows its plan")
  func filesAndPlan() throws {
    let missing = try join(["--on", "symbol"], right: "rigth.csv")
    #expect(missing == BuiltProgram.Outcome(status: 1, out: "", error: "lazyframe: rigth.csv: no such file\n"))
    #expect(try join(["--on", "symbol", "--explain"]).out.contains("join"))
  }
}
