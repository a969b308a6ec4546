import LazyFrame
import TestSupport
import Testing

@Suite("JSON in partitions")
struct JSONScanTests {
  /// 1.2 MB, in which no sample of 8 KB shows the one odd line.
  private func file(with odd: String) -> String {
    (0..<60_000).map { $0 == 3_500 ? odd + "\n" : "{\"k\":\"a\",\"x\":\($0 % 10)}\n" }.joined()
  }

  private func frame(_ text: String, partitionSize: Int = 100_000, _ folder: TemporaryFolder) throws -> LazyFrame {
    folder.write(text, to: "in.ndjson")
    return try LazyFrame.scanNDJSON(
      folder.path("in.ndjson"), options: JSONReading.options(partitionSize: partitionSize))
  }

  @Test("partitions of any size give the same rows, with any line ends")
  func partitions() throws {
    let lines = [
      #"{"a":1,"s":"x"}"#, "", #"{"s":"long text that is no short one","a":2}"#, #"{"b":[1,2],"a":null}"#, "  ",
      #"{"n":{"x":1.5},"s":"\u00e4"}"#, #"{"a":7}"#,
    ]
    for end in ["\n", "\r\n"] {
      for text in [
        lines.joined(separator: end), lines.joined(separator: end) + end, end + lines.joined(separator: end),
      ] {
        let whole = try JSONReading.lines(text)
        #expect(
          JSONReading.text(whole)
            == "a int64, s string, b list(int64), n.x float64 | 1, x, null, null | 2, long text that is no short one, null, null"
            + " | null, null, [1, 2], null | null, ä, null, 1.5 | 7, null, null, null")
        for size in 1...text.utf8.count + 1 {
          #expect(try bits(JSONReading.lines(text, partitionSize: size)) == bits(whole), "partitions of \(size) bytes")
        }
      }
    }
  }

  @Test("the last value of the last partition can widen a column", arguments: [1, 2])
  func widensLast(threads: Int) throws {
    let folder = TemporaryFolder()
    for (odd, type) in [("2.5", "float64"), ("\"x\"", "string"), ("[1]", "string")] as [(String, String)] {
      let lines = file(with: "{\"k\":\"a\",\"x\":1}")
      // Samples are taken of the last bytes, so what is odd stands a little before them.
      let text = lines + "{\"k\":\"b\",\"x\":\(odd)}\n" + String(repeating: "{\"k\":\"c\",\"x\":1}\n", count: 700)
      let read = try frame(text, folder)
      #expect(try read.schema()["x"]?.type == .int64)
      let computed = try read.filter(col("k") == "b").compute(ComputeOptions(threads: threads))
      #expect(computed.schema["x"]?.type.description == type)
      #expect(computed.rows.first?.last?.description == odd.filter { $0 != "\"" })
    }
  }

  @Test("a value that needs a wider type widens its column, and the plan says what did that")
  func widens() throws {
    let folder = TemporaryFolder()
    let read = try frame(file(with: "{\"k\":\"b\",\"x\":\"n.v.\"}"), folder)
    #expect(try read.groupBy(col("x")).aggregate(count()).compute().rowCount == 11)
    let error = #expect(throws: LazyFrameError.self) {
      try read.groupBy(col("k")).aggregate(col("x").mean()).compute()
    }
    #expect(error?.hint?.contains("column 'x' is string because of '\"n.v.\"' in line 3501") == true)
  }

  @Test("keys that no sample showed become columns behind the others, in the order of the file", arguments: [1, 2])
  func newKeys(threads: Int) throws {
    let folder = TemporaryFolder()
    let odd = "{\"k\":\"b\",\"z\":{\"u\":1},\"y\":[2]}"
    let text = file(with: odd) + file(with: "{\"w\":1.5,\"y\":[3]}")
    let read = try frame(text, folder)
    #expect(try read.schema().names == ["k", "x"])
    let all = try read.filter(col("x").isNull()).compute(ComputeOptions(threads: threads))
    #expect(
      JSONReading.text(all)
        == "k string, x int64, z.u int64, y list(int64), w float64 | b, null, 1, [2], null | null, null, null, [3], 1.5"
    )
    #expect(try read.groupBy([]).aggregate(col("x").sum()).compute().rows.first?.first == .int(2 * 270_000))
  }

  @Test("only columns that are used are converted, and filters are applied before the others are")
  func pushDown() throws {
    let folder = TemporaryFolder()
    let text = "{\"a\":1,\"b\":\"x\",\"c\":2}\n{\"a\":5,\"b\":\"\\ud800\",\"c\":3}\n{\"a\":2,\"b\":\"y\",\"c\":4}\n"
    let read = try frame(text, folder)
    // The second b stands for no text.
    #expect(try read.select(col("c")).compute().values("c", as: Int.self) == [2, 3, 4])
    let plan = try read.filter(col("a") > 1).select(col("c")).explain()
    #expect(plan.hasPrefix("scan-json "))
    #expect(plan.contains("columns a, c (2 of 3)") || plan.contains("columns c (1 of 3)"))
    #expect(plan.contains("filter a > 1"))
    #expect(try read.filter(col("a") > 1).select(col("c")).compute().values("c", as: Int.self) == [3, 4])
    #expect(try read.partitionCount() == 1)
  }

  @Test("a key of objects that are always empty is a column of nulls")
  func emptyObjects() throws {
    let folder = TemporaryFolder()
    let read = try frame(file(with: "{\"k\":\"b\",\"e\":{}}"), folder)
    #expect(try read.compute().schema.names == ["k", "x", "e"])
    let later = try frame(file(with: "{\"k\":{\"v\":1},\"x\":{}}"), folder)
    #expect(try later.filter(col("k").isNull()).compute().rows.count == 1)
  }

  @Test("several files are read as one, with different keys")
  func files() throws {
    let folder = TemporaryFolder()
    folder.write("{\"a\":1}\n", to: "1.ndjson")
    folder.write("", to: "2.ndjson")
    folder.write("\u{FEFF}{\"b\":2,\"a\":3.5}", to: "3.ndjson")
    #expect(
      JSONReading.text(try LazyFrame.scanNDJSON(folder.path("*.ndjson")).compute())
        == "a float64, b int64 | 1.0, null | 3.5, 2")
  }

  @Test("a file that changed since it was looked at is an error")
  func changed() throws {
    let folder = TemporaryFolder()
    let read = try frame("{\"a\":1}\n", folder)
    folder.write("{\"a\":1}\n{\"a\":2}\n", to: "in.ndjson")
    #expect(
      JSONReading.message { try read.compute() }
        == "in.ndjson: the file changed from 8 to 16 bytes while it was read\nrun again when nothing writes to the file"
    )
  }

  @Test("what is written is read back, in partitions of any size", arguments: 0..<12)
  func roundTrip(seed: Int) throws {
    var numbers = SplitMix64(seed: UInt64(seed))
    let count = 1 + numbers.next(below: 60)
    func some<Element>(_ make: (inout SplitMix64) -> Element) -> [Element?] {
      (0..<count).map { _ in numbers.next(below: 5) == 0 ? nil : make(&numbers) }
    }
    func text(_ numbers: inout SplitMix64) -> String {
      let parts = ["a", "\"", "\\", "\n", "ü", "😀", "{", "]", ",", "\u{1}", "/", "word "]
      return "x" + (0..<numbers.next(below: 12)).map { _ in parts[numbers.next(below: parts.count)] }.joined()
    }
    let columns: [(String, Column)] = [
      ("int", Column(some { Int64(bitPattern: $0.next()) })),
      ("float", Column(some { Double($0.next(below: 1 << 40)) / 1024 + 0.1 })),
      ("bool", Column(some { $0.next(below: 2) == 0 })), ("te\"xt", Column(some { text(&$0) })),
      ("date", Column(some { CivilDate(days: Int32($0.next(below: 40_000))) })),
      ("moment", Column(some { CivilDatetime(microseconds: Int64($0.next(below: 1 << 50))) })),
      ("ints", Column(some { numbers in (0..<numbers.next(below: 4)).map { Optional(Int64($0)) } })),
      ("texts", Column(some { numbers in (0..<2).map { _ in Optional(text(&numbers)) } })),
    ]
    let batch = RecordBatch(
      schema: Schema(columns.map { Field($0.0, $0.1.type) }), columns: columns.map(\.1), rowCount: count)
    let written = DataFrame(batch)
    for layout in [JSONWriter.Layout.lines, .array] {
      var bytes: [UInt8] = []
      JSONWriter(layout: layout).write(batch) { bytes += $0 }
      let text = String(decoding: bytes, as: UTF8.self)
      let read =
        try layout == .lines
        ? JSONReading.lines(text, partitionSize: 1 + numbers.next(below: 500)) : JSONReading.document(text)
      #expect(bits(read) == bits(written), "seed \(seed)")
      for (field, own) in zip(read.schema.fields, written.schema.fields) where field.type != own.type {
        // Of nulls only, or of empty lists, nothing more is known.
        #expect(field.type == .null || field.type == .list(.null), "seed \(seed): \(field)")
      }
    }
  }
}
