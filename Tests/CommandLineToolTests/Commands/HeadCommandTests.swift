import TestSupport
import Testing

@Suite("lazyframe head")
struct HeadCommandTests {
  private let program = BuiltProgram(folder: TemporaryFolder())

  @Test("prints ten rows unless told otherwise")
  func rowCount() throws {
    program.folder.write("n\n" + (1...20).map { "\($0)\n" }.joined(), to: "numbers.csv")
    #expect(try program.run(["head", "numbers.csv"]).out == "n\n" + (1...10).map { "\($0)\n" }.joined())
    #expect(try program.run(["head", "-n", "2", "numbers.csv"]).out == "n\n1\n2\n")
    #expect(try program.run(["head", "--limit=0", "numbers.csv"]).out == "n\n")
    #expect(try program.run(["head", "numbers.csv", "-n1", "--sort", "n:desc"]).out == "n\n20\n")
  }

  @Test("reads JSON by the ending of the file's name")
  func json() throws {
    let rows = "k,x\nb,2\na,1\n"
    program.folder.write("{\"k\":\"b\",\"x\":2}\n{\"x\":1,\"k\":\"a\"}\n", to: "in.ndjson")
    #expect(try program.run(["head", "in.ndjson"]).out == rows)
    #expect(try program.run(["schema", "in.ndjson"]).out.contains("k       string  all 2 values seen\n"))
    program.folder.write("[{\"k\":\"b\",\"x\":2},\n{\"x\":1,\"k\":\"a\"}]", to: "in.json")
    #expect(try program.run(["head", "in.json"]).out == rows)
    #expect(try program.run(["groupby", "in.json", "--agg", "sum(x)"]).out == "k,sum_x\nb,2\na,1\n")
    program.folder.write("{\"k\":1}\n{\"k\":x}\n", to: "bad.jsonl")
    #expect(
      try program.run(["head", "bad.jsonl"])
        == BuiltProgram.Outcome(
          status: 1, out: "", error: "lazyframe: bad.jsonl, line 2, byte 6: 'x' stands where a value should stand\n"))
    #expect(try program.run(["head", "in.json", "in.ndjson"]).status == 2)
  }

  @Test("keeps values and types as they were")
  func sameValues() throws {
    program.folder.write(smallPrices, to: "prices.csv")
    let outcome = try program.run(["head", "prices.csv"])
    #expect(
      outcome.out == """
        symbol,date,close,volume
        AA,2020-01-31,10.5,100
        BB,2020-02-03,3.0,
        AA,2021-01-04,12.25,300

        """)
  }

  @Test("reads standard input, from a pipe and from a file")
  func standardInput() throws {
    program.folder.write("a\n1\n", to: "a.csv")
    let expected = BuiltProgram.Outcome(status: 0, out: "a\n1\n", error: "")
    #expect(try program.run(["head", "-"], input: "a\n1\n") == expected)
    #expect(try program.shell("\"$0\" head - < a.csv") == expected)
  }

  @Test("sees by the first byte of standard input that it is JSON")
  func standardInputOfJSON() throws {
    let expected = BuiltProgram.Outcome(status: 0, out: "a,b\n1,x\n", error: "")
    #expect(try program.run(["head", "-"], input: " {\"a\":1,\"b\":\"x\"}\n") == expected)
    #expect(try program.run(["head", "-"], input: "\n[{\"a\":1,\"b\":\"x\"}]") == expected)
    #expect(try program.run(["head", "-", "--input-format", "csv"], input: "{a}\n1\n").out == "{a}\n1\n")
  }

  @Test("calls standard input by its name in errors")
  func standardInputError() throws {
    let outcome = try program.run(["head", "-"], input: "a,b\n1\n")
    #expect(outcome.status == 1)
    #expect(outcome.error.hasPrefix("lazyframe: standard input, line 2: the row has 1 field, the header has 2\n"))
  }

  @Test(
    "takes the options of input",
    arguments: [
      (["--delimiter", ";"], "a;b\n1;2\n", "a,b\n1,2\n"),
      (["--delimiter", "tab"], "a\tb\n1\t2\n", "a,b\n1,2\n"),
      (["--quote", "'"], "a\n'x,y'\n", "a\n\"x,y\"\n"),
      (["--quote", "none", "--delimiter", ","], "a,b\n\"x,y\n", "a,b\n\"\"\"x\",y\n"),
      (["--escape", "\\"], "a\n\"x\\\"y\"\n", "a\n\"x\"\"y\"\n"),
      (["--comment", "#"], "a\n# no\n1\n", "a\n1\n"),
      (["--no-header"], "1,2\n", "column_1,column_2\n1,2\n"),
      (["--no-header", "--header"], "1,2\n", "1,2\n"),
      (["--skip-rows", "2"], "x\ny\na\n1\n", "a\n1\n"),
      (["--null", "-,none"], "a,b\n-,none\n1,x\n", "a,b\n,\n1,x\n"),
      (["--types", "a:string,b:float64"], "a,b\n007,1\n", "a,b\n007,1.0\n"),
      (["--input-format", "ndjson"], "{\"a\":1}\n{\"b\":2}\n", "a,b\n1,\n,2\n"),
      (["--input-format", "json"], "[{\"a\":1},\n{\"a\":2}]", "a\n1\n2\n"),
      (["--on-bad-row", "keep"], "a,b\n1\n1,2\n", "a,b\n1,\n1,2\n"),
      (["--on-bad-row", "skip"], "a,b\n1\n1,2\n", "a,b\n1,2\n"),
    ])
  func inputOptions(options: [String], input: String, expected: String) throws {
    let outcome = try program.run(["head", "-"] + options, input: input)
    #expect(outcome == BuiltProgram.Outcome(status: 0, out: expected, error: ""))
  }
}
