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

  @Test("writes the rows of a group-by table")
  func groupByRows() throws {
    let outcome = try program.run(["datasets", "h2o-groupby", "--rows", "5", "--groups", "2", "--seed", "9"])
    #expect(outcome.status == 0 && outcome.error == "")
    let lines = outcome.out.split(separator: "\n")
    #expect(lines.first == "id1,id2,id3,id4,id5,id6,v1,v2,v3")
    #expect(lines.count == 6)
    #expect(lines.dropFirst().allSatisfy { $0.hasPrefix("id001,") || $0.hasPrefix("id002,") })
  }

  @Test("writes the tables of a join into a folder, which may be there already")
  func joinTables() throws {
    for rows in [20, 30] {
      let outcome = try program.run(["datasets", "h2o-join", "--rows", "\(rows)", "-o", "tables"])
      #expect(outcome == BuiltProgram.Outcome(status: 0, out: "", error: ""))
      let lines = ["x", "small", "medium", "big"].map {
        program.folder.contents("tables/\($0).csv").split(separator: "\n").count
      }
      #expect(lines == [rows + 1, 11, 11, rows + 1])
    }
  }

  @Test("does not take a file for a folder")
  func fileInPlaceOfFolder() throws {
    program.folder.write("", to: "tables")
    let outcome = try program.run(["datasets", "h2o-join", "--rows", "20", "-o", "tables"])
    #expect(outcome.status == 1)
    #expect(outcome.error.hasPrefix("lazyframe: cannot write tables/x.csv: not a directory\n"))
  }

  @Test(
    "refuses what it cannot make",
    arguments: [
      ([], "lazyframe: datasets needs the name of a data set\nthe data sets are: prices, h2o-groupby, h2o-join\n"),
      (["price"], "lazyframe: unknown data set 'price'\ndid you mean 'prices'?\n"),
      (["prices", "x"], "lazyframe: datasets takes one name, and there is also 'x'\ncall it once for each\n"),
      (["prices", "--rows", "many"], "lazyframe: --rows: 'many' is no whole number of at least 0\n"),
      (["prices", "--seed", "-1"], "lazyframe: --seed: '-1' is no whole number from 0 to 18446744073709551615\n"),
      (
        ["prices", "--rows", "10", "--symbols", "11"],
        "lazyframe: 11 symbols cannot share 10 rows; it takes from 1 to 10\n"
      ),
      (["h2o-groupby", "--groups", "0"], "lazyframe: --groups: '0' is no whole number of at least 1\n"),
      (["h2o-join"], "lazyframe: h2o-join is several files\nsay in which folder: --output FOLDER\n"),
      (["h2o-join", "-o", "-"], "lazyframe: h2o-join is several files\nsay in which folder: --output FOLDER\n"),
      (
        ["h2o-join", "--rows", "9", "-o", "x"],
        "lazyframe: h2o-join cannot have 9 rows; it takes from 10 to 1000000000\n"
      ),
    ])
  func refusals(arguments: [String], error: String) throws {
    let outcome = try program.run(["datasets"] + arguments)
    #expect(outcome == BuiltProgram.Outcome(status: 2, out: "", error: error))
  }

  @Test(
    "refuses options of other data sets",
    arguments: [
      (["prices", "--groups=3"], "option '--groups' is for h2o-groupby, not for prices"),
      (["h2o-groupby", "--symbols=3"], "option '--symbols' is for prices, not for h2o-groupby"),
      (["h2o-join", "--symbols=3", "-o", "x"], "option '--symbols' is for prices, not for h2o-join"),
      (["h2o-join", "--groups=3", "-o", "x"], "option '--groups' is for h2o-groupby, not for h2o-join"),
    ])
  func foreignOptions(arguments: [String], error: String) throws {
    let outcome = try program.run(["datasets"] + arguments)
    let text = "lazyframe: \(error)\nsee: lazyframe datasets --help\n"
    #expect(outcome == BuiltProgram.Outcome(status: 2, out: "", error: text))
    #expect(program.folder.names.isEmpty)
  }
}
