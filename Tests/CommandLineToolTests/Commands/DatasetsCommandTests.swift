import TestSupport
import Testing

@Suite("lazyframe datasets")
struct DatasetsCommandTests {
  private let program = BuiltProgram(folder: TemporaryFolder())

  @Test("writes the same rows to a file and to standard output")
  func sameRows() throws {
    let file = try program.run(["datasets", "prices", "--rows", "50", "--symbols", "2", "--seed", "3", "-o", "p.csv"])
    #expect(file == BuiltProgram.Outcome(status: 0, out: "", error: ""))
    let rows = program.folder.contents("p.csv")
    #expect(rows.split(separator: "\n").count == 51)
    #expect(try program.run(["datasets", "prices", "--rows=50", "--symbols=2", "--seed=3"]).out == rows)
    #expect(try program.run(["datasets", "prices", "--rows=50", "--symbols=2", "--seed=4"]).out != rows)
  }

  @Test(
    "refuses what it cannot make",
    arguments: [
      ([], "lazyframe: datasets needs the name of a data set\nthe data sets are: prices\n"),
      (["price"], "lazyframe: unknown data set 'price'\ndid you mean 'prices'?\n"),
      (["prices", "x"], "lazyframe: datasets takes one name, and there is also 'x'\ncall it once for each\n"),
      (["prices", "--rows", "many"], "lazyframe: --rows: 'many' is no whole number of at least 0\n"),
      (["prices", "--seed", "-1"], "lazyframe: --seed: '-1' is no whole number from 0 to 18446744073709551615\n"),
      (
        ["prices", "--rows", "10", "--symbols", "11"],
        "lazyframe: 11 symbols cannot share 10 rows; it takes from 1 to 10\n"
      ),
    ])
  func refusals(arguments: [String], error: String) throws {
    let outcome = try program.run(["datasets"] + arguments)
    #expect(outcome == BuiltProgram.Outcome(status: 2, out: "", error: error))
  }
}
