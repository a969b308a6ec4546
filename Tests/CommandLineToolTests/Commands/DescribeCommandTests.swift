import TestSupport
import Testing

@Suite("lazyframe describe")
struct DescribeCommandTests {
  private let program = BuiltProgram(folder: TemporaryFolder())

  init() {
    program.folder.write(smallPrices, to: "prices.csv")
  }

  @Test("has a row for each column")
  func rows() throws {
    let outcome = try program.run(["describe", "prices.csv", "--format", "csv"])
    #expect(
      outcome
        == BuiltProgram.Outcome(
          status: 0,
          out: """
            column,type,count,nulls,mean,std,min,25%,50%,75%,max,distinct
            symbol,string,3,0,,,AA,,,,BB,2
            date,date,3,0,,,2020-01-31,,,,2021-01-04,3
            close,float64,3,0,8.583333333333334,4.913840995935189,3.0,6.75,10.5,11.375,12.25,3
            volume,int64,2,1,200.0,141.4213562373095,100,150.0,200.0,250.0,300,2

            """, error: ""))
  }

  @Test("is a table unless told otherwise")
  func table() throws {
    let outcome = try program.run(["describe", "prices.csv"])
    #expect(outcome.out.hasPrefix(" column │ type    │ count │ nulls │"))
    #expect(outcome.out.hasSuffix("4 rows × 12 columns\n"))
  }

  @Test("takes the common options, before and behind")
  func options() throws {
    let outcome = try program.run([
      "describe", "prices.csv", "--format", "csv", "--with", "half=close / 2", "--filter", "symbol = 'AA'", "--sort",
      "\"column\":desc", "-n1",
    ])
    #expect(
      outcome.out == """
        column,type,count,nulls,mean,std,min,25%,50%,75%,max,distinct
        volume,int64,2,0,200.0,141.4213562373095,100,150.0,200.0,250.0,300,2

        """)
    #expect(try program.run(["describe", "prices.csv", "--explain"]).out.contains("scan-csv prices.csv"))
  }

  @Test("has no rows for no columns' values, and describes what turns out to be text as text")
  func revision() throws {
    let rows = (0..<300_000).map { $0 == 203_000 ? "a,word\n" : "a,\($0 % 10)\n" }.joined()
    program.folder.write("k,x\n" + rows, to: "late.csv")
    #expect(try program.run(["schema", "late.csv", "--format", "csv"]).out.contains("\nx,int64,"))
    let outcome = try program.run(["describe", "late.csv", "--partition-size", "50KB", "--format", "csv"])
    #expect(
      outcome
        == BuiltProgram.Outcome(
          status: 0,
          out:
            "column,type,count,nulls,mean,std,min,25%,50%,75%,max,distinct\nk,string,300000,0,,,a,,,,a,1\nx,string,300000,0,,,0,,,,word,11\n",
          error: ""))
    program.folder.write("a\n", to: "none.csv")
    #expect(
      try program.run(["describe", "none.csv", "--format", "csv"]).out.hasPrefix("column,type,count,nulls,"))
  }
}
