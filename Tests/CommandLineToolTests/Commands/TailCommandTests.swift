import TestSupport
import Testing

@Suite("lazyframe tail")
struct TailCommandTests {
  private let program = BuiltProgram(folder: TemporaryFolder())

  init() {
    program.folder.write("n\n" + (1...20).map { "\($0)\n" }.joined(), to: "numbers.csv")
  }

  @Test("prints the last ten rows unless told otherwise")
  func rowCount() throws {
    #expect(try program.run(["tail", "numbers.csv"]).out == "n\n" + (11...20).map { "\($0)\n" }.joined())
    #expect(try program.run(["tail", "-n", "2", "numbers.csv"]).out == "n\n19\n20\n")
    #expect(try program.run(["tail", "numbers.csv", "-n0"]).out == "n\n")
    #expect(try program.run(["tail", "numbers.csv", "-n100"]).out == program.folder.contents("numbers.csv"))
    #expect(try program.run(["tail", "-n3", "numbers.csv", "--partition-size", "7B"]).out == "n\n18\n19\n20\n")
  }

  @Test("takes them behind the filters and the order")
  func options() throws {
    let outcome = try program.run([
      "tail", "numbers.csv", "--filter", "n < 10", "--with", "m=n * 2", "--sort", "n:desc", "-n2",
    ])
    #expect(outcome == BuiltProgram.Outcome(status: 0, out: "n,m\n2,4\n1,2\n", error: ""))
  }
}
