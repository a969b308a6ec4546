@preconcurrency import Glibc
import TestSupport
import Testing

@Suite("--output")
struct OutputFileTests {
  private let program = BuiltProgram(folder: TemporaryFolder())

  init() {
    program.folder.write(smallPrices, to: "prices.csv")
  }

  private func groupBy(_ options: [String]) throws -> BuiltProgram.Outcome {
    try program.run(["groupby", "prices.csv", "--by", "symbol", "--agg", "count() as n"] + options)
  }

  @Test("writes a file in the format of its ending, and nothing else")
  func ending() throws {
    #expect(try groupBy(["--output", "n.json"]) == BuiltProgram.Outcome(status: 0, out: "", error: ""))
    #expect(program.folder.contents("n.json") == "[\n{\"symbol\":\"AA\",\"n\":2},\n{\"symbol\":\"BB\",\"n\":1}\n]\n")
    #expect(try groupBy(["--output", "n.json", "--format", "csv"]).status == 0)
    #expect(program.folder.contents("n.json") == "symbol,n\nAA,2\nBB,1\n")
    #expect(program.folder.names == ["n.json", "prices.csv"])
  }

  @Test("writes to standard output for a minus")
  func minus() throws {
    #expect(try groupBy(["-o", "-"]).out == "symbol,n\nAA,2\nBB,1\n")
  }

  @Test("replaces a file and keeps its permissions, and a link stays a link")
  func replacing() throws {
    program.folder.write("old", to: "old.csv")
    chmod(program.folder.path("old.csv"), 0o640)
    symlink("old.csv", program.folder.path("link.csv"))
    #expect(try groupBy(["-o", "link.csv"]).status == 0)
    var status = stat()
    lstat(program.folder.path("link.csv"), &status)
    #expect(status.st_mode & S_IFMT == S_IFLNK)
    stat(program.folder.path("old.csv"), &status)
    #expect(status.st_mode & 0o7777 == 0o640)
    #expect(program.folder.contents("old.csv") == "symbol,n\nAA,2\nBB,1\n")
  }

  @Test(
    "is refused before anything is computed",
    arguments: [
      ("folder", "cannot write folder: is a directory\nname a file in it: folder/result.csv\n"),
      ("new/", "cannot write new/: is a directory\nname a file in it: new/result.csv\n"),
      ("missing/x.csv", "cannot write missing/x.csv: no such file or directory\nmake the folder first\n"),
      ("prices.csv/x", "cannot write prices.csv/x: not a directory\n"),
    ])
  func refusals(path: String, message: String) throws {
    mkdir(program.folder.path("folder"), 0o755)
    #expect(try groupBy(["-o", path]) == BuiltProgram.Outcome(status: 1, out: "", error: "lazyframe: \(message)"))
    #expect(program.folder.names == ["folder", "prices.csv"])
  }

  @Test("leaves an earlier file as it was when the run fails")
  func failedRun() throws {
    program.folder.write("earlier", to: "result.csv")
    program.folder.write("a,b\n1,2\n3\n", to: "bad.csv")
    #expect(try program.run(["groupby", "bad.csv", "--by", "a", "--agg", "sum(b)", "-o", "result.csv"]).status == 1)
    #expect(program.folder.contents("result.csv") == "earlier")
    #expect(program.folder.names == ["bad.csv", "prices.csv", "result.csv"])
  }

  @Test("says when the disk is full")
  func fullDevice() throws {
    let message = "no space left on device\nmake room on the disk, or write elsewhere\n"
    let device = try groupBy(["--output", "/dev/full"])
    #expect(device == BuiltProgram.Outcome(status: 1, out: "", error: "lazyframe: cannot write /dev/full: \(message)"))
    let standardOutput = try program.shell("\"$0\" head prices.csv > /dev/full")
    #expect(standardOutput.error == "lazyframe: cannot write to standard output: \(message)")
    #expect(standardOutput.status == 1)
  }

  @Test("leaves no half of a file when there is no more room")
  func noRoom() throws {
    program.folder.write("earlier", to: "p.csv")
    // The shell counts in blocks of 512 bytes.
    let outcome = try program.shell("ulimit -f 64; exec \"$0\" datasets prices --rows 20000 --output p.csv")
    #expect(
      outcome == BuiltProgram.Outcome(status: 1, out: "", error: "lazyframe: cannot write p.csv: file too large\n"))
    #expect(program.folder.names == ["p.csv", "prices.csv"])
    #expect(program.folder.contents("p.csv") == "earlier")
  }

  @Test(
    "leaves no half of a file on a disk that is full",
    .enabled(if: SmallDisk.works, "only root can mount a small disk"))
  func fullDisk() throws {
    let disk = try #require(SmallDisk())
    let outcome = try program.run(["datasets", "prices", "--rows", "20000", "--output", "\(disk.folder.path)/p.csv"])
    #expect(outcome.status == 1)
    #expect(outcome.error.hasPrefix("lazyframe: cannot write \(disk.folder.path)/p.csv: no space left on device\n"))
    #expect(disk.folder.names == [])
  }

  @Test(
    "leaves nothing when a signal ends the program", arguments: [SIGINT, SIGTERM, SIGHUP])
  func signals(number: Int32) throws {
    let process = try program.start(["datasets", "prices", "--rows", "20000000", "--output", "p.csv"])
    process.write("")
    process.waitFor(2, filesIn: program.folder)
    kill(process.identifier, number)
    #expect(process.ends(within: 1))
    #expect(try process.wait() == BuiltProgram.Outcome(status: 128 + number, out: "", error: ""))
    #expect(program.folder.names == ["prices.csv"])
  }

  @Test("leaves nothing when a query is interrupted")
  func interruptedQuery() throws {
    let rows = (0..<20_000).map { "key\($0),\($0).5\n" }.joined()
    program.folder.write(Array(rows.utf8), to: "large.csv", repeated: 500)
    let process = try program.start(["groupby", "large.csv", "--no-header", "--output", "p.csv"])
    process.write("")
    process.waitFor(3, filesIn: program.folder)
    kill(process.identifier, SIGINT)
    #expect(process.ends(within: 1))
    #expect(try process.wait().status == 128 + SIGINT)
    #expect(program.folder.names == ["large.csv", "prices.csv"])
  }

  @Test("lets signals be that were switched off for the program")
  func ignoredSignals() throws {
    let outcome = try program.shell(
      "trap '' HUP; \"$0\" datasets prices --rows 300000 -o p.csv & sleep 0.1; kill -HUP $!; wait $!")
    #expect(outcome.status == 0)
    #expect(program.folder.names == ["p.csv", "prices.csv"])
  }

  @Test("keeps its file apart from streams that are closed")
  func closedStreams() throws {
    let quiet = try program.shell("\"$0\" groupby prices.csv --output n.csv 2>&- <&-")
    #expect(quiet == BuiltProgram.Outcome(status: 0, out: "", error: ""))
    #expect(program.folder.contents("n.csv").hasPrefix("symbol,mean_close,mean_volume\nAA,"))
    let mute = try program.shell("\"$0\" head prices.csv >&-")
    #expect(mute.error == "lazyframe: cannot write to standard output: bad file descriptor\n")
    #expect(mute.status == 1)
  }

  @Test("a reader that goes away ends the program quietly")
  func closedPipe() throws {
    let outcome = try program.shell("{ \"$0\" datasets prices --rows 100000; echo status $? >&2; } | head -n 1")
    #expect(outcome.out == "\"\",symbol,date,open,high,low,close,volume,adjusted\n")
    #expect(outcome.error == "status 0\n")
  }
}

/// A file system of 64 KB in memory.
private final class SmallDisk {
  static let works = geteuid() == 0 && SmallDisk() != nil

  let folder = TemporaryFolder()

  init?() {
    guard mount("tmpfs", folder.path, "tmpfs", 0, "size=64k") == 0 else { return nil }
  }

  deinit {
    umount2(folder.path, Int32(MNT_DETACH))
  }
}
