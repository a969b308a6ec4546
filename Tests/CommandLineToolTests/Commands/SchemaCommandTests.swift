import TestSupport
import Testing

@Suite("lazyframe schema")
struct SchemaCommandTests {
  private let program = BuiltProgram(folder: TemporaryFolder())

  @Test("prints each column's type and where it comes from, and what the files are like")
  func list() throws {
    program.folder.write(smallPrices, to: "prices.csv")
    let outcome = try program.run(["schema", "prices.csv", "--types", "close:string"])
    #expect(
      outcome.out == """
        column  type    inferred from
        symbol  string  all 3 values seen
        date    date    all 3 values seen
        close   string  given
        volume  int64   all 2 values seen, 1 null

        files       1: prices.csv
        bytes       91
        partitions  1 of up to 16 MiB
        dialect     delimiter ',', quote '"'

        """)
    #expect(outcome.status == 0)
    #expect(outcome.error == "")
  }

  @Test("writes the columns alone for programs")
  func rows() throws {
    let outcome = try program.run(["schema", "-", "--format", "csv"], input: "a;b\n1;x\n")
    #expect(outcome.out == "column,type,inferred from\na,int64,all 1 value seen\nb,string,all 1 value seen\n")
  }

  @Test("goes by the ending of the file that it writes")
  func ending() throws {
    let outcome = try program.run(["schema", "-", "--output", "columns.json"], input: "a\n1\n")
    #expect(outcome == BuiltProgram.Outcome(status: 0, out: "", error: ""))
    #expect(program.folder.contents("columns.json").hasPrefix("[\n{\"column\":\"a\",\"type\":\"int64\","))
  }
}
