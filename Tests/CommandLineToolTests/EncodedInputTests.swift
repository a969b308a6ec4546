import TestSupport
import Testing

@Suite("Compressed and encoded input")
struct EncodedInputTests {
  private let program = BuiltProgram(folder: TemporaryFolder())

  @Test("of a pattern is read as one table, beside plain files, with the same bytes from one thread and two")
  func pattern() throws {
    let rows = (0..<3000).map { "h\($0 % 7),\($0 % 600),\($0 * 37 % 1009)\n" }
    for (name, part) in [("a", rows[..<900]), ("b", rows[900..<2000]), ("c", rows[2000...])] {
      program.folder.write("host,status,ms\n" + part.joined(), to: "\(name).csv")
    }
    func report(_ threads: String) throws -> BuiltProgram.Outcome {
      try program.run([
        "groupby", "[abc].csv*", "--by", "host", "--agg", "count() as n, quantile(ms, 0.99) as p99", "--filter",
        "status >= 500", "--sort", "n:desc,host", "--partition-size", "4KB", "--threads", threads,
      ])
    }
    let plain = try report("1")
    #expect(plain.status == 0)
    #expect(plain.out.hasPrefix("host,n,p99\nh"))
    // One of them keeps its name.
    #expect(try program.shell("gzip a.csv && gzip -c c.csv > x && mv x c.csv").status == 0)
    #expect(try report("1") == plain)
    #expect(try report("2") == plain)
  }

  @Test("is known by its format's ending before .gz, and read from standard input")
  func endings() throws {
    program.folder.write("{\"a\":1}\n{\"a\":2}\n", to: "x.ndjson")
    program.folder.write("[{\"a\":1},{\"a\":2}]", to: "y.json")
    #expect(try program.shell("gzip x.ndjson y.json").status == 0)
    for name in ["x.ndjson.gz", "y.json.gz"] {
      #expect(try program.run(["head", name]) == BuiltProgram.Outcome(status: 0, out: "a\n1\n2\n", error: ""))
    }
    #expect(try program.shell("printf 'a\\n1\\n' | gzip | \"$0\" head -").out == "a\n1\n")
  }

  @Test("is told of by the schema")
  func schema() throws {
    program.folder.write(Gzip.wrapped("a,b\n1,x\n".utf8), to: "x.csv.gz")
    program.folder.write("a,b\n1,x\n", to: "y.csv")
    #expect(
      try program.run(["schema", "x.csv.gz"]).out.hasSuffix(
        """

        files       1: x.csv.gz
        bytes       31
        partitions  1 of a whole file
        compressed  1 by gzip, each of which is one partition
        dialect     delimiter ',', quote '"'

        """))
    let mixed = try program.run(["schema", "x.csv.gz", "y.csv", "--partition-size", "1MB"]).out
    #expect(mixed.contains("partitions  2 of up to 1 MB\ncompressed  1 by gzip"))
    let encoded = try program.run(["schema", "y.csv", "--encoding", "Latin1"]).out
    #expect(encoded.contains("partitions  1 of a whole file\nencoding    latin-1: each file is one partition\ndialect"))
  }

  @Test("is converted from the encoding that is named")
  func encodings() throws {
    program.folder.write([0x6E, 0x0A, 0x4A, 0x6F, 0x73, 0xE9, 0x0A], to: "latin.csv")
    #expect(try program.run(["head", "latin.csv", "--encoding=iso-8859-1"]).out == "n\nJosé\n")
    let plain = try program.run(["head", "latin.csv"])
    #expect(
      plain.error == """
        lazyframe: latin.csv, line 2, column n: the text is not valid UTF-8
        say which encoding the file has, as in: --encoding latin-1

        """)
    let wide = try program.run(["head", "latin.csv", "--encoding", "utf-16le"])
    #expect(
      wide.error.hasPrefix("lazyframe: latin.csv, line 1: the file ends in the middle of a character of utf-16le\n"))
    #expect(wide.status == 1)
  }

  @Test("of an encoding that is not known is refused, with the nearest that is")
  func unknownEncoding() throws {
    program.folder.write("a\n1\n", to: "a.csv")
    let near = try program.run(["head", "a.csv", "--encoding", "windos-1252"])
    #expect(
      near
        == BuiltProgram.Outcome(
          status: 2, out: "",
          error: "lazyframe: --encoding: unknown encoding 'windos-1252'\ndid you mean 'windows-1252'?\n"))
    let far = try program.run(["head", "a.csv", "--encoding", "klingon"])
    #expect(far.status == 2)
    #expect(far.error.hasSuffix("or what is listed by: iconv -l\n"))
  }

  @Test("that is damaged is never fewer rows")
  func damaged() throws {
    let whole = Gzip.wrapped("a,b\n1,x\n2,y\n".utf8)
    for (bytes, message) in [
      (Array(whole.dropLast(9)), "the compressed data end in the middle, after \(whole.count - 9) bytes"),
      (whole + [7], "behind the compressed data, at byte \(whole.count), the file goes on with other bytes"),
    ] {
      program.folder.write(bytes, to: "x.csv.gz")
      for command in [["head", "x.csv.gz"], ["convert", "x.csv.gz", "out.csv"]] {
        let outcome = try program.run(command)
        #expect(outcome.status == 1)
        #expect(outcome.out == "")
        #expect(outcome.error.hasPrefix("lazyframe: x.csv.gz: \(message)\n"))
      }
    }
    #expect(program.folder.names == ["x.csv.gz"])
  }
}
