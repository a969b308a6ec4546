@preconcurrency import Glibc
import TestSupport
import Testing

@testable import CommandLineTool

@Suite("The program")
struct ProgramTests {
  private let program = BuiltProgram(folder: TemporaryFolder())

  @Test("prints help on itself and on each command", arguments: [[]] + Program.commands.map { [$0.name] })
  func help(command: [String]) throws {
    for option in ["-h", "--help"] {
      let outcome = try program.run(command + [option])
      #expect(outcome.status == 0)
      #expect(outcome.error == "")
      #expect(outcome.out.hasPrefix("Usage: lazyframe \((command + ["COMMAND", ""])[0])"))
      for part in ["--help", "Examples:\n  lazyframe ", "Exit status:\n  0  done\n"] {
        #expect(outcome.out.contains(part), "\(part)")
      }
      #expect(outcome.out.split(separator: "\n").allSatisfy { $0.count <= 120 })
    }
  }

  @Test(
    "gives examples that work", arguments: Program.commands.filter { $0.name != "datasets" }.flatMap { $0.examples })
  func examples(example: String) throws {
    #expect(try program.run(["datasets", "prices", "--rows", "200", "--output", "prices.csv"]).status == 0)
    program.folder.write("symbol,ticker,name\nAA,AA,x\nBB,BB,y\n", to: "companies.csv")
    program.folder.write("symbol,date\nAA,2020-01-31\n", to: "sold.csv")
    program.folder.write("id,tags\n1,\"a,b\"\n", to: "posts.csv")
    mkdir(program.folder.path("logs"), 0o755)
    program.folder.write("host,status\na,200\nb,503\n", to: "logs/a.csv")
    let outcome = try program.shell("\"$0\" \(example)")
    #expect(outcome.status == 0)
    #expect(outcome.error == "" || outcome.error.hasPrefix("lazyframe: chose "))
  }

  @Test("prints its version")
  func version() throws {
    #expect(try program.run(["--version"]).out == "lazyframe \(Program.version)\n")
  }

  @Test(
    "says which words it does not know, and the nearest that it does",
    arguments: [
      ([], "no command given\nsee: lazyframe --help\n"),
      (["grupby"], "unknown command 'grupby'\ndid you mean 'groupby'?\n"),
      (["-x"], "unknown option '-x' before the command\nsee: lazyframe --help\n"),
      (["head"], "head needs a file\nfor example: lazyframe head prices.csv\n"),
      (["head", "a.csv", "--filtre", "x"], "unknown option '--filtre'\ndid you mean '--filter'?\n"),
      (["head", "a.csv", "--format", "jsn"], "--format: unknown value 'jsn'\ndid you mean 'json'?\n"),
      (["head", "a.csv", "--explain=phisical"], "--explain: unknown value 'phisical'\ndid you mean 'physical'?\n"),
      (["head", "a.csv", "--types", "a:itn64"], "--types: unknown type 'itn64'\ndid you mean 'int64'?\n"),
      (["head", "-", "-"], "standard input can be read only once\nwrite '-' once\n"),
      (
        ["head", "a.csv", "--memory-limit", "much"],
        "--memory-limit: 'much' is no size\nwrite it like this: 64KB, 16MiB, 1G\n"
      ),
      (["head", "a.csv", "--threads", "0"], "--threads: '0' is no whole number of at least 1\n"),
      (
        ["head", "a.csv", "--partition-size", "big"],
        "--partition-size: 'big' is no size\nwrite it like this: 64KB, 16MiB, 1G\n"
      ),
    ])
  func wrongWords(arguments: [String], message: String) throws {
    #expect(
      try program.run(arguments) == BuiltProgram.Outcome(status: 2, out: "", error: "lazyframe: \(message)"))
  }
}
