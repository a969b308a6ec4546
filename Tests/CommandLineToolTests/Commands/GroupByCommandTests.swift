import TestSupport
import Testing

@Suite("lazyframe groupby")
struct GroupByCommandTests {
  private let program = BuiltProgram(folder: TemporaryFolder())

  init() {
    program.folder.write(smallPrices, to: "prices.csv")
  }

  @Test("groups by keys and names what it computes")
  func groups() throws {
    let outcome = try program.run([
      "groupby", "prices.csv", "--by", "symbol, year(date) as year", "--agg", "mean(close, volume), count() as n",
    ])
    #expect(outcome.error == "")
    #expect(
      outcome.out == """
        symbol,year,mean_close,mean_volume,n
        AA,2020,10.5,100.0,1
        BB,2020,3.0,,1
        AA,2021,12.25,300.0,1

        """)
    #expect(outcome.status == 0)
  }

  @Test("gives each of a group's largest values a row")
  func topRows() throws {
    program.folder.write("id6,v3\n1,2.5\n2,9\n1,7.5\n3,\n1,5\n2,1\n1,\n", to: "small.csv")
    let options = ["--by", "id6", "--agg", "top(v3, 2) as largest2_v3", "--explode", "largest2_v3"]
    let outcome = try program.run(["groupby", "small.csv"] + options)
    #expect(
      outcome
        == BuiltProgram.Outcome(
          status: 0, out: "id6,largest2_v3\n1,7.5\n1,5.0\n2,9.0\n2,1.0\n3,\n", error: ""))
    let sorted = try program.run(["groupby", "small.csv"] + options + ["--sort", "largest2_v3", "--limit", "2"])
    #expect(sorted.out == "id6,largest2_v3\n2,1.0\n1,5.0\n")
  }

  @Test("chooses the first text column and the mean of the numbers, and says so as it could be typed")
  func choice() throws {
    program.folder.write("\"\",key,size,a b\n1,x,2,3\n2,x,4,5\n", to: "chosen.csv")
    let outcome = try program.run(["groupby", "chosen.csv"])
    #expect(outcome.error == "lazyframe: chose --by 'key' --agg 'mean(size, \"a b\")'\n")
    #expect(outcome.out == "key,mean_size,mean_a b\nx,3.0,4.0\n")
    let typed = try program.run(["groupby", "chosen.csv", "--by", "key", "--agg", "mean(size, \"a b\")"])
    #expect(typed.out == outcome.out)
    #expect(typed.error == "")
  }

  @Test("leaves a key out of the means that it chooses")
  func chosenAggregates() throws {
    let outcome = try program.run(["groupby", "prices.csv", "--by", "volume"])
    #expect(outcome.error == "lazyframe: chose --agg 'mean(close)'\n")
    #expect(outcome.out == "volume,mean_close\n100,10.5\n,3.0\n300,12.25\n")
  }

  @Test("counts when there is nothing to average")
  func nothingNumeric() throws {
    let outcome = try program.run(["groupby", "-"], input: "a,b\nx,y\nx,z\n")
    #expect(outcome.error == "lazyframe: chose --by 'a' --agg 'count()'\n")
    #expect(outcome.out == "a,count\nx,2\n")
  }

  @Test("filters and adds columns before it groups, sorts and limits after")
  func wholeQuery() throws {
    let outcome = try program.run([
      "groupby", "prices.csv", "--with", "doubled=close * 2", "--filter", "close > 1", "--filter", "close < 100",
      "--by", "symbol", "--agg", "sum(doubled) as total", "--sort", "total:desc", "-n1",
    ])
    #expect(outcome == BuiltProgram.Outcome(status: 0, out: "symbol,total\nAA,45.5\n", error: ""))
  }

  @Test(
    "writes every format",
    arguments: [
      ("csv", "symbol,n\nAA,2\nBB,1\n"),
      ("tsv", "symbol\tn\nAA\t2\nBB\t1\n"),
      ("json", "[\n{\"symbol\":\"AA\",\"n\":2},\n{\"symbol\":\"BB\",\"n\":1}\n]\n"),
      ("ndjson", "{\"symbol\":\"AA\",\"n\":2}\n{\"symbol\":\"BB\",\"n\":1}\n"),
      ("markdown", "| symbol | n |\n| --- | ---: |\n| AA | 2 |\n| BB | 1 |\n"),
      (
        "table",
        " symbol │     n\n string │ int64\n────────┼───────\n AA     │     2\n BB     │     1\n2 rows × 2 columns\n"
      ),
    ])
  func formats(name: String, expected: String) throws {
    let outcome = try program.run([
      "groupby", "prices.csv", "--by=symbol", "--agg=count() as n", "--format=\(name)",
    ])
    #expect(outcome == BuiltProgram.Outcome(status: 0, out: expected, error: ""))
  }

  @Test("gives the same bytes with one thread and two, for each partition size", arguments: ["4KiB", "100KB", "16MiB"])
  func sameBytes(partitionSize: String) throws {
    let data = try program.run(["datasets", "prices", "--rows", "5000", "--output", "walk.csv"])
    #expect(data.status == 0)
    func run(_ threads: String) throws -> BuiltProgram.Outcome {
      try program.run([
        "groupby", "walk.csv", "--by", "symbol, year(date) as year", "--agg", "mean(open, volume), sum(adjusted)",
        "--threads", threads, "--partition-size", partitionSize,
      ])
    }
    let one = try run("1")
    #expect(one.out.split(separator: "\n").count > 12)
    #expect(try run("2") == one)
  }

  @Test("prints the same whatever the memory limit is")
  func memoryLimit() throws {
    #expect(try program.run(["datasets", "prices", "--rows", "2000", "--output", "walk.csv"]).status == 0)
    let query = ["groupby", "walk.csv", "--by", "symbol, date", "--agg", "max(close)", "--partition-size", "4KB"]
    let free = try program.run(query)
    #expect(free.status == 0 && free.out.utf8.count > 10_000)
    #expect(try program.run(query + ["--memory-limit", "1B"]) == free)
    #expect(try program.run(query + ["--memory-limit", "64KiB", "--threads", "3"]) == free)
  }

  @Test("reads several files and patterns as one")
  func severalFiles() throws {
    program.folder.write("k,v\na,1\n", to: "part1.csv")
    program.folder.write("k,v\nb,2\na,3\n", to: "part2.csv")
    let expected = BuiltProgram.Outcome(status: 0, out: "k,s\na,4\nb,2\n", error: "")
    let options = ["--by", "k", "--agg", "sum(v) as s"]
    #expect(try program.run(["groupby", "part1.csv"] + options + ["part2.csv"]) == expected)
    #expect(try program.run(["groupby", "part*.csv"] + options) == expected)
  }
}
