@preconcurrency import Glibc
import TestSupport
import Testing

private let badRowHint = "to leave such rows out: --on-bad-row skip; to fill them up: --on-bad-row keep"

@Suite("Bad input")
struct BadInputTests {
  private let program = BuiltProgram(folder: TemporaryFolder())

  @Test(
    "is named by file and line, with what to do about it",
    arguments: [
      (
        "a,b\n1,2\n3,4,5\n",
        "line 3: the row has 3 fields, the header has 2\n\(badRowHint)"
      ),
      (
        "a,b\n1,2\n3\n",
        "line 3: the row has 1 field, the header has 2\n\(badRowHint)"
      ),
      (
        "a,b\n1,2\n3,\"4\n5,6\n",
        "line 3: a quoted field opens here and is never closed\n"
          + "close the quote, or read the file without quoting (--quote none)"
      ),
      (
        "a,b\n1,2\n3,\u{0}\n",
        "line 3: a NUL byte (byte 10 of the file)\nthe file is not plain text; remove the byte with: tr -d '\\000'"
      ),
      (
        "a,b\n1,x\n3,\u{FFFF}\n",
        "line 3, column b: the text is not valid UTF-8\nsay which encoding the file has, as in: --encoding latin-1"
      ),
      ("", "the file is empty: it has no header and no rows"),
    ])
  func contents(text: String, message: String) throws {
    // No Swift text is invalid UTF-8, so a character that does not occur stands for a byte that must not.
    let bytes = Array(text.utf8).split(separator: Array("\u{FFFF}".utf8), omittingEmptySubsequences: false)
    program.folder.write(Array(bytes.joined(separator: [0xFF])), to: "bad.csv")
    for command in [["head"], ["groupby", "--by", "a", "--agg", "first(b)"]] {
      let outcome = try program.run(command + ["bad.csv"])
      let separator = message.hasPrefix("line") ? ", " : ": "
      #expect(outcome == BuiltProgram.Outcome(status: 1, out: "", error: "lazyframe: bad.csv\(separator)\(message)\n"))
    }
  }

  @Test("that is a header alone gives a header")
  func headerOnly() throws {
    program.folder.write("a,b\n", to: "header.csv")
    #expect(try program.run(["head", "header.csv"]).out == "a,b\n")
    let outcome = try program.run(["groupby", "header.csv", "--by", "a", "--agg", "mean(b), count() as n"])
    #expect(outcome == BuiltProgram.Outcome(status: 0, out: "a,mean_b,n\n", error: ""))
  }

  @Test("that is not there, or a folder, is named")
  func places() throws {
    mkdir(program.folder.path("data"), 0o755)
    #expect(try program.run(["groupby", "prices.csv"]).error == "lazyframe: prices.csv: no such file\n")
    #expect(try program.run(["groupby", "x*.csv"]).error == "lazyframe: x*.csv: no file matches this pattern\n")
    let folder = try program.run(["schema", "data"])
    #expect(
      folder.error == "lazyframe: data: is a folder, not a file\nname its files with a pattern: 'data/*.csv'\n")
    #expect(folder.status == 1)
  }

  @Test(
    "that may not be read is named",
    .enabled(if: Permissions.bind, "root may read everything, and setpriv is not installed"))
  func permissions() throws {
    program.folder.write("a\n1\n", to: "secret.csv")
    chmod(program.folder.path("secret.csv"), 0)
    let outcome = try program.shell("\(Permissions.prefix) \"$0\" head secret.csv")
    #expect(outcome.status == 1)
    #expect(outcome.error.hasPrefix("lazyframe: secret.csv: no permission to read it\n"))
  }

  @Test("that is one line of 100 MB is refused")
  func endlessLine() throws {
    program.folder.write("a,b\n1,2\n", to: "line.csv")
    let piece = [UInt8](repeating: UInt8(ascii: "x"), count: 1 << 20)
    let file = open(program.folder.path("line.csv"), O_WRONLY | O_APPEND)
    for _ in 0..<100 { _ = write(file, piece, piece.count) }
    close(file)
    let outcome = try program.run(["head", "line.csv"])
    #expect(
      outcome
        == BuiltProgram.Outcome(
          status: 1, out: "",
          error: "lazyframe: line.csv, line 3: a record is longer than 64 MB\n"
            + "the file may have no newlines, or not be CSV\n"))
  }

  @Test(
    "in an expression is shown at its place",
    arguments: [
      (["--by", "symbl"], "--by: there is no column 'symbl'\n  symbl\n  ^^^^^\ndid you mean 'symbol'?\n"),
      (
        ["--by", "symbol", "--agg", "mean(clse)"],
        "--agg: there is no column 'clse'\n  mean(clse)\n       ^^^^\ndid you mean 'close'?\n"
      ),
      (
        ["--by", "symbol", "--agg", "medain(close)"],
        "--agg: there is no function 'medain'\n  medain(close)\n  ^^^^^^\ndid you mean 'median'?\n"
      ),
      (
        ["--by", "symbol", "--agg", "mean(close"],
        "--agg: ')' is missing for the '(' at column 5\n  mean(close\n            ^\n"
      ),
      (
        ["--filter", "close >"],
        "--filter: expected an expression after '>', found the end\n  close >\n         ^\n"
      ),
      (
        ["--with", "x=clse + 1"], "--with: there is no column 'clse'\n  clse + 1\n  ^^^^\ndid you mean 'close'?\n"
      ),
      (
        ["--by", "symbol", "--agg", "mean(close)", "--sort", "mean_clse"],
        "--sort: there is no column 'mean_clse'\n  mean_clse\n  ^^^^^^^^^\ndid you mean 'mean_close'?\n"
      ),
    ])
  func expressions(options: [String], message: String) throws {
    program.folder.write(smallPrices, to: "prices.csv")
    let outcome = try program.run(["groupby", "prices.csv"] + options)
    #expect(outcome == BuiltProgram.Outcome(status: 2, out: "", error: "lazyframe: \(message)"))
  }

  @Test("of a type that does not fit is shown at its place")
  func types() throws {
    program.folder.write(smallPrices, to: "prices.csv")
    let outcome = try program.run(["groupby", "prices.csv", "--by", "date", "--agg", "mean(symbol)"])
    #expect(outcome.status == 2)
    #expect(outcome.error.hasPrefix("lazyframe: --agg: mean needs numbers"))
    #expect(outcome.error.contains("\n  mean(symbol)\n       ^^^^^^\n"))
  }

  @Test("that contradicts the options is named")
  func options() throws {
    program.folder.write(smallPrices, to: "prices.csv")
    let unknown = try program.run(["head", "prices.csv", "--types", "clse:string"])
    #expect(unknown.status == 2)
    #expect(unknown.error.hasPrefix("lazyframe: prices.csv: a type is given for column 'clse'"))
    let narrow = try program.run(["head", "prices.csv", "--types", "close:int64"])
    #expect(narrow.status == 1)
    #expect(
      narrow.error.hasPrefix("lazyframe: prices.csv, line 2, column close: '10.5' is not of the given type int64\n"))
  }

  @Test("that changes during the run is noticed", arguments: [true, false])
  func changes(shrinks: Bool) throws {
    // Opening a named pipe waits for a reader, after the file was looked at and before it is read: time to change it.
    program.folder.write(smallPrices, to: "prices.csv")
    mkfifo(program.folder.path("pipe"), 0o600)
    let process = try program.start(["groupby", "prices.csv", "--by", "symbol", "--output", "pipe"])
    process.write("")
    process.waitUntilBlocked()
    if shrinks {
      truncate(program.folder.path("prices.csv"), 30)
    } else {
      program.folder.write(smallPrices + "CC,2021-01-05,1,1\n", to: "prices.csv")
    }
    let reader = open(program.folder.path("pipe"), O_RDONLY | O_CLOEXEC)
    let outcome = try process.wait()
    close(reader)
    let sizes = shrinks ? "91 to 30" : "91 to 109"
    #expect(outcome.status == 1)
    #expect(
      outcome.error == """
        lazyframe: chose --agg 'mean(close, volume)'
        lazyframe: prices.csv: the file changed from \(sizes) bytes while it was read
        run again when nothing writes to the file

        """)
  }
}

/// How to run a program that may not read what its owner forbids.
private enum Permissions {
  private static let setpriv = "/usr/bin/setpriv"

  /// Root may read everything, unless it gives up the right to.
  static let prefix = geteuid() == 0 ? "\(setpriv) --bounding-set=-dac_override,-dac_read_search" : ""

  static let bind = geteuid() != 0 || access(setpriv, X_OK) == 0
}
