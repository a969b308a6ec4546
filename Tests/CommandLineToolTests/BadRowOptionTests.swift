import TestSupport
import Testing

@Suite("--on-bad-row")
struct BadRowOptionTests {
  private let program = BuiltProgram(folder: TemporaryFolder())

  init() {
    program.folder.write(
      "k,n\n" + (0..<500).map { $0 % 100 == 7 ? "a,1,x,y\n" : $0 % 100 == 8 ? "b\n" : "a,\($0)\n" }.joined(),
      to: "in.csv")
  }

  @Test("keep fills rows up, cuts them, and says how many fields it dropped, in every way to write")
  func keep() throws {
    let note = "lazyframe: dropped 10 fields of rows with more fields than the header\n"
    for threads in ["1", "2"] {
      for (command, out) in [
        (["groupby", "--by", "k", "--agg", "count() as n, count(n) as v"], "k,n,v\na,495,495\nb,5,0\n"),
        (["select", "--columns", "k", "--filter", "n is null", "--limit", "9"], "k\nb\nb\nb\nb\nb\n"),
        (["groupby", "--by", "k", "--agg", "count()", "--output", "out.csv"], ""),
        (["tail", "-n", "1"], "k,n\na,499\n"), (["select", "--sort", "n", "-n1"], "k,n\na,0\n"),
      ] {
        let outcome = try program.run(
          command + ["in.csv", "--on-bad-row", "keep", "--threads", threads, "--partition-size", "300"])
        #expect(outcome == BuiltProgram.Outcome(status: 0, out: out, error: note))
      }
    }
    let table = try program.run([
      "groupby", "in.csv", "--by", "k", "--agg", "count()", "--on-bad-row=keep", "--format=table",
    ])
    #expect(table.error == note)
    let first = try program.run(["head", "in.csv", "-n", "1", "--on-bad-row", "keep", "--partition-size", "16"])
    #expect(first == BuiltProgram.Outcome(status: 0, out: "k,n\na,0\n", error: ""))
  }

  @Test("skip leaves rows out, and --rejects writes them, in the same way from one thread and two")
  func rejects() throws {
    let expected =
      ["file,line,reason,text\n"]
      + (0..<5).flatMap { index in
        [
          "in.csv,\(index * 100 + 9),\"the row has 4 fields, the header has 2\",\"a,1,x,y\"\n",
          "in.csv,\(index * 100 + 10),\"the row has 1 field, the header has 2\",b\n",
        ]
      }
    for threads in ["1", "2"] {
      let outcome = try program.run([
        "groupby", "in.csv", "--by", "k", "--agg", "count()", "--on-bad-row", "skip", "--rejects", "\(threads).csv",
        "--threads", threads, "--partition-size", "300",
      ])
      #expect(outcome == BuiltProgram.Outcome(status: 0, out: "k,count\na,490\n", error: ""))
      #expect(program.folder.contents("\(threads).csv") == expected.joined())
    }
    // What a limit passes over is left out of the result, but not of the file.
    let head = ["head", "in.csv", "-n1", "--on-bad-row=skip", "--rejects", "3.csv"]
    #expect(try program.run(head).out == "k,n\na,0\n")
    #expect(program.folder.contents("3.csv") == expected.joined())
  }

  @Test("--rejects is there only after a run that succeeded")
  func failures() throws {
    program.folder.write("what was there", to: "rejects.csv")
    let words = ["select", "in.csv", "--rejects", "rejects.csv"]
    let without = try program.run(words)
    #expect(without.status == 2)
    #expect(
      without.error
        == "lazyframe: --rejects: no row is left out\nleave rows out that do not fit: --on-bad-row skip\n")
    let failed = try program.run(words + ["--on-bad-row", "skip", "--types", "n:date"])
    #expect(failed.status == 1)
    #expect(program.folder.contents("rejects.csv") == "what was there")
    let nowhere = try program.run(["head", "in.csv", "--on-bad-row", "skip", "--rejects", "no/rejects.csv"])
    #expect(nowhere.status == 1)
    #expect(nowhere.out == "")
    #expect(nowhere.error.hasPrefix("lazyframe: cannot write no/rejects.csv: "))
  }
}
