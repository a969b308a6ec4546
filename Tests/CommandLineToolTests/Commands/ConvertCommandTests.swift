@preconcurrency import Glibc
import TestSupport
import Testing

@Suite("lazyframe convert")
struct ConvertCommandTests {
  private let program = BuiltProgram(folder: TemporaryFolder())

  init() {
    program.folder.write("k,n\na,1\nb,\n", to: "in.csv")
  }

  private func convert(_ words: [String]) throws -> BuiltProgram.Outcome {
    try program.run(["convert"] + words)
  }

  @Test(
    "writes the format that the ending stands for",
    arguments: [
      ("out.csv", "k,n\na,1\nb,\n"), ("out.tsv", "k\tn\na\t1\nb\t\n"),
      ("out.json", "[\n{\"k\":\"a\",\"n\":1},\n{\"k\":\"b\",\"n\":null}\n]\n"),
      ("out.ndjson", "{\"k\":\"a\",\"n\":1}\n{\"k\":\"b\",\"n\":null}\n"),
      ("OUT.JSONL", "{\"k\":\"a\",\"n\":1}\n{\"k\":\"b\",\"n\":null}\n"),
      ("out.md", "| k | n |\n| --- | ---: |\n| a | 1 |\n| b |  |\n"),
    ])
  func endings(name: String, expected: String) throws {
    #expect(try convert(["in.csv", name]) == BuiltProgram.Outcome(status: 0, out: "", error: ""))
    #expect(program.folder.contents(name) == expected)
    #expect(program.folder.names == [name, "in.csv"].sorted())
  }

  @Test("compresses what ends in .gz, with the same bytes from one thread and two, and reads it back")
  func compressed() throws {
    #expect(try program.run(["datasets", "prices", "--rows", "9000", "--output", "walk.csv"]).status == 0)
    let words = ["convert", "walk.csv", "walk.ndjson.gz", "--partition-size", "60KB", "--threads"]
    #expect(try program.run(words + ["1"]).status == 0)
    let bytes = program.folder.bytes("walk.ndjson.gz")
    #expect(try program.run(words + ["2"]).status == 0)
    #expect(program.folder.bytes("walk.ndjson.gz") == bytes)
    #expect(bytes.count * 2 < program.folder.bytes("walk.csv").count)
    #expect(try convert(["walk.csv", "walk.ndjson"]).status == 0)
    #expect(try program.shell("gzip -dc walk.ndjson.gz | cmp - walk.ndjson").status == 0)
    #expect(try convert(["walk.ndjson.gz", "again.csv"]).status == 0)
    #expect(try convert(["walk.csv", "plain.csv"]).status == 0)
    #expect(program.folder.bytes("again.csv") == program.folder.bytes("plain.csv"))
  }

  @Test("begins a compressed file again when a type turns out to be another")
  func compressedRevision() throws {
    program.folder.write("a\n" + String(repeating: "1\n", count: 400_000) + "x\n", to: "late.csv")
    #expect(try convert(["late.csv", "late.csv.gz", "--partition-size", "100KB"]).status == 0)
    #expect(try program.shell("gzip -dc late.csv.gz | cmp - late.csv").status == 0)
    #expect(try convert(["late.csv", "none.csv.gz", "--filter", "a = 'no'"]).status == 0)
    #expect(try program.shell("gzip -dc none.csv.gz").out == "a\n")
  }

  @Test("reads standard input and writes standard output")
  func streams() throws {
    let outcome = try program.run(["convert", "-", "-", "--format", "ndjson"], input: "a\n1\n")
    #expect(outcome == BuiltProgram.Outcome(status: 0, out: "{\"a\":1}\n", error: ""))
    #expect(try convert(["in.csv", "-"]).out == "k,n\na,1\nb,\n")
  }

  @Test("filters, computes, sorts and limits on the way, and can replace its own input")
  func options() throws {
    #expect(try convert(["in.csv", "in.csv", "--with", "m=n + 1", "--sort", "k:desc", "-n1"]).status == 0)
    #expect(program.folder.contents("in.csv") == "k,n,m\nb,,\n")
  }

  @Test("gives the same bytes on one thread and on several, and back again")
  func sameBytes() throws {
    #expect(try program.run(["datasets", "prices", "--rows", "5000", "--output", "walk.csv"]).status == 0)
    for threads in ["1", "4"] {
      #expect(
        try convert(["walk.csv", "\(threads).json", "--threads", threads, "--partition-size", "9KB"]).status == 0)
      #expect(try convert(["walk.csv", "\(threads).csv", "--threads", threads, "--partition-size", "9KB"]).status == 0)
    }
    #expect(program.folder.bytes("1.json") == program.folder.bytes("4.json"))
    #expect(program.folder.bytes("1.csv") == program.folder.bytes("4.csv"))
    #expect(try convert(["1.csv", "again.csv"]).status == 0)
    #expect(program.folder.bytes("again.csv") == program.folder.bytes("1.csv"))
  }

  @Test(
    "says which words are wrong",
    arguments: [
      (
        ["in.csv"],
        "convert takes two files, the one to read and the one to write, not 1\nfor example: lazyframe convert prices.csv prices.ndjson\n"
      ),
      (
        ["in.csv", "b.csv", "c.csv"],
        "convert takes two files, the one to read and the one to write, not 3\nfor example: lazyframe convert prices.csv prices.ndjson\n"
      ),
      (
        ["in.csv", "out.xls"],
        "'out.xls' has no ending that says what to write\nend it in .csv, .tsv, .json, .ndjson, .jsonl, .md, or say it with --format\n"
      ),
      (["in.csv", "out.csv", "--output", "x"], "unknown option '--output'\nsee: lazyframe convert --help\n"),
    ])
  func wrongWords(words: [String], message: String) throws {
    #expect(try convert(words) == BuiltProgram.Outcome(status: 2, out: "", error: "lazyframe: \(message)"))
    #expect(program.folder.names == ["in.csv"])
  }

  @Test(
    "says why it cannot read or write",
    arguments: [
      ("no.csv", "out.csv", "no.csv: no such file\n"),
      ("in.csv", "missing/out.csv", "cannot write missing/out.csv: no such file or directory\nmake the folder first\n"),
    ])
  func unwritable(input: String, output: String, message: String) throws {
    #expect(try convert([input, output]) == BuiltProgram.Outcome(status: 1, out: "", error: "lazyframe: \(message)"))
  }

  @Test("says when the disk is full, and leaves what was there")
  func fullDisk() throws {
    let message = "no space left on device\nmake room on the disk, or write elsewhere\n"
    #expect(
      try convert(["in.csv", "/dev/full", "--format", "csv"]).error == "lazyframe: cannot write /dev/full: \(message)")
    #expect(try program.run(["datasets", "prices", "--rows", "5000", "--output", "walk.csv"]).status == 0)
    program.folder.write("earlier", to: "out.ndjson")
    // The shell counts in blocks of 512 bytes.
    let outcome = try program.shell("ulimit -f 64; exec \"$0\" convert walk.csv out.ndjson --partition-size 9KB")
    #expect(
      outcome == BuiltProgram.Outcome(status: 1, out: "", error: "lazyframe: cannot write out.ndjson: file too large\n")
    )
    #expect(program.folder.contents("out.ndjson") == "earlier")
    #expect(program.folder.names == ["in.csv", "out.ndjson", "walk.csv"])
  }

  @Test("leaves what was there when the data are bad, or a signal ends it", arguments: [nil, SIGINT, SIGTERM])
  func leavesOldFile(signal: Int32?) throws {
    program.folder.write("earlier", to: "out.csv")
    let rows = (0..<20_000).map { "key\($0),\($0).5\n" }.joined()
    program.folder.write(Array(rows.utf8), to: "large.csv", repeated: 100)
    if let signal {
      let process = try program.start(["convert", "large.csv", "out.csv", "--no-header"])
      process.write("")
      process.waitFor(4, filesIn: program.folder)
      kill(process.identifier, signal)
      #expect(process.ends(within: 1))
      #expect(try process.wait().status == 128 + signal)
    } else {
      let file = open(program.folder.path("large.csv"), O_WRONLY | O_APPEND)
      _ = write(file, "one,two,three\n", 14)
      close(file)
      #expect(try convert(["large.csv", "out.csv", "--no-header"]).status == 1)
    }
    #expect(program.folder.contents("out.csv") == "earlier")
    #expect(program.folder.names == ["in.csv", "large.csv", "out.csv"])
  }

  @Test("writes a profile of what wrote the file")
  func profile() throws {
    #expect(try convert(["in.csv", "out.csv", "--profile", "run.json"]).status == 0)
    #expect(program.folder.contents("run.json").contains("write-text"))
  }
}
