@preconcurrency import Glibc
import TestSupport
import Testing

@testable import LazyFrame

@Suite("Writing frames into files") struct FrameFilesTests {
  private let folder = TemporaryFolder()

  private func numbers(_ partitions: [Range<Int>]) throws -> LazyFrame {
    let schema = Schema([Field("i", .int64), Field("t", .string)])
    let batches = partitions.map { rows in
      RecordBatch(
        schema: schema,
        columns: [Column(rows.map { Optional(Int64($0)) }), Column(rows.map { $0 % 3 == 0 ? nil : "row \($0)" })],
        rowCount: rows.count)
    }
    return LazyFrame(partitions: batches, schema: schema)
  }

  private func lines(_ rows: Range<Int>) -> String {
    rows.map { "\($0),\($0 % 3 == 0 ? "" : "row \($0)")\n" }.joined()
  }

  @Test("one file has the rows of all partitions in their order", arguments: [1, 2, 5])
  func oneFile(threads: Int) throws {
    let frame = try numbers([0..<5000, 5000..<5000, 5000..<5001, 5001..<20_000])
    let written = try frame.writeCSV(to: folder.path("n.csv"), ComputeOptions(threads: threads))
    let text = "i,t\n" + lines(0..<20_000)
    #expect(folder.contents("n.csv") == text)
    #expect(written.paths == [folder.path("n.csv")])
    #expect(written.rowCount == 20_000)
    #expect(written.byteCount == text.utf8.count)
    #expect(folder.names == ["n.csv"])
  }

  @Test(
    "each format is the same whether the frame has one partition or many",
    arguments: [
      TextFormat.csv, .tsv, .json, .ndjson, .markdown,
    ])
  func formats(format: TextFormat) throws {
    let ranges = [[0..<100], [0..<0, 0..<1, 1..<1, 1..<40, 40..<100, 100..<100]]
    for steps in [{ $0 }, { $0.sort(by: col("i"), descending: true) }, { $0.groupBy(col("i")).aggregate(count()) }]
      as [(LazyFrame) -> LazyFrame]
    {
      let texts = try ranges.map { partitions in
        try steps(try numbers(partitions)).write(format, to: folder.path("n"))
        return folder.contents("n")
      }
      #expect(texts[0] == texts[1])
      // What the writers give for the whole table.
      var whole: [UInt8] = []
      let table = try steps(try numbers([0..<100])).compute().batch
      switch format {
      case .csv: CSVWriter().write(table) { whole += $0 }
      case .json: JSONWriter().write(table) { whole += $0 }
      case .ndjson: JSONWriter(layout: .lines).write(table) { whole += $0 }
      case .markdown: MarkdownWriter().write(table) { whole += $0 }
      default:
        var writer = CSVWriter()
        writer.delimiter = UInt8(ascii: "\t")
        writer.write(table) { whole += $0 }
      }
      #expect(texts[0] == String(decoding: whole, as: UTF8.self))
    }
  }

  @Test("a frame without rows, and one without partitions, has what stands around rows")
  func noRows() throws {
    for frame in [try numbers([]), try numbers([0..<0]), try numbers([0..<9]).filter(col("i") > 9)] {
      #expect(try frame.writeCSV(to: folder.path("n.csv")).rowCount == 0)
      #expect(folder.contents("n.csv") == "i,t\n")
      try frame.writeJSON(to: folder.path("n.json"))
      #expect(folder.contents("n.json") == "[]\n")
      #expect(try frame.writeNDJSON(to: folder.path("n.ndjson")).byteCount == 0)
      #expect(folder.contents("n.ndjson") == "")
    }
  }

  @Test("delimiter, header and the text for null are chosen")
  func options() throws {
    var writer = CSVWriter()
    writer.delimiter = UInt8(ascii: ";")
    writer.hasHeader = false
    writer.nullText = "NA"
    let frame = try LazyFrame(["a": [1, nil], "t": ["NA", nil]])
    try frame.writeCSV(to: folder.path("a.csv"), writer: writer)
    #expect(folder.contents("a.csv") == "1;\"NA\"\nNA;NA\n")
  }

  @Test("a folder has a file for each partition, and each can be read", arguments: [1, 3])
  func partitioned(threads: Int) throws {
    let frame = try numbers([0..<10, 10..<10, 10..<12])
    let written = try frame.writeCSV(to: folder.path("n/"), partitioned: true, ComputeOptions(threads: threads))
    #expect(TemporaryFolder.names(in: folder.path("n")) == ["part-00000.csv", "part-00001.csv", "part-00002.csv"])
    #expect(written.paths == (0..<3).map { folder.path("n/part-0000\($0).csv") })
    #expect(written.rowCount == 12)
    #expect(folder.contents("n/part-00001.csv") == "i,t\n")
    #expect(folder.contents("n/part-00002.csv") == "i,t\n" + lines(10..<12))
    #expect(try LazyFrame.scanCSV(folder.path("n/*.csv")).select(col("i")).compute().rowCount == 12)
    try frame.writeJSON(to: folder.path("j"), partitioned: true)
    #expect(folder.contents("j/part-00001.json") == "[]\n")
    #expect(folder.names == ["j", "n"])
  }

  @Test("a folder of parts is replaced as a whole, by way of a link too")
  func replacedFolder() throws {
    try numbers([0..<1, 1..<2, 2..<3]).writeCSV(to: folder.path("n"), partitioned: true)
    chmod(folder.path("n"), 0o750)
    symlink("n", folder.path("link"))
    try numbers([7..<8]).writeCSV(to: folder.path("link"), partitioned: true)
    #expect(TemporaryFolder.names(in: folder.path("n")) == ["part-00000.csv"])
    #expect(folder.contents("n/part-00000.csv") == "i,t\n7,row 7\n")
    #expect(folder.names == ["link", "n"])
    var status = stat()
    lstat(folder.path("link"), &status)
    #expect(status.st_mode & S_IFMT == S_IFLNK)
    stat(folder.path("n"), &status)
    #expect(status.st_mode & 0o777 == 0o750)
  }

  @Test("a folder that holds anything else is never replaced")
  func foreignFolder() throws {
    mkdir(folder.path("home"), 0o755)
    folder.write("precious", to: "home/letter.txt")
    // Names that only begin like those of parts.
    for name in ["part-time.pdf", "part-00000.pdf", "part-1.csv", "part-00000.csv/x"] {
      mkdir(folder.path("other"), 0o755)
      if name.hasSuffix("/x") { mkdir(folder.path("other/part-00000.csv"), 0o755) }
      folder.write("precious", to: "other/\(name)")
      #expect(throws: LazyFrameError.self) {
        try numbers([0..<1]).writeCSV(to: folder.path("other"), partitioned: true)
      }
      #expect(unlink(folder.path("other/\(name)")) == 0)
      rmdir(folder.path("other/part-00000.csv"))
    }
    rmdir(folder.path("other"))
    let error = #expect(throws: LazyFrameError.self) {
      try numbers([0..<1]).writeCSV(to: folder.path("home"), partitioned: true)
    }
    #expect(error?.code == .output)
    #expect(
      error?.message
        == "cannot write \(folder.path("home")): the folder holds other files, such as 'letter.txt'")
    #expect(folder.contents("home/letter.txt") == "precious")
    #expect(folder.names == ["home"])
  }

  @Test("a failure leaves what was there, and nothing else", arguments: [false, true])
  func failure(partitioned: Bool) throws {
    try numbers([3..<4]).writeCSV(to: folder.path("n"), partitioned: partitioned)
    let place = partitioned ? "n/part-00000.csv" : "n"
    // The third partition overflows, when the first two may be written already.
    let frame = try numbers([0..<9000, 9000..<9100, 9100..<9200]).select(col("i") * lit(Int.max / 9150))
    for threads in [1, 2] {
      let error = #expect(throws: LazyFrameError.self) {
        try frame.writeCSV(
          to: folder.path("n"), partitioned: partitioned, ComputeOptions(threads: threads))
      }
      #expect(error != nil)
      #expect(folder.contents(place) == "i,t\n3,\n")
      #expect(folder.names == ["n"])
    }
  }

  @Test(
    "what cannot be written is named with the reason",
    arguments: [
      ("missing/n.csv", false, "no such file or directory", "make the folder first"),
      ("folder", false, "is a directory", "name a file in it: "),
      ("file", true, "not a directory", ""),
      ("missing/n", true, "no such file or directory", "make the folder first"),
    ])
  func unwritable(name: String, partitioned: Bool, reason: String, hint: String) throws {
    mkdir(folder.path("folder"), 0o755)
    folder.write("x", to: "file")
    let path = folder.path(name)
    let error = #expect(throws: LazyFrameError.self) {
      try numbers([0..<1]).writeCSV(to: path, partitioned: partitioned)
    }
    #expect(error?.message == "cannot write \(path): \(reason)")
    #expect(error?.hint?.hasPrefix(hint) ?? hint.isEmpty)
    #expect(folder.names == ["file", "folder"])
  }

  @Test("a full device is named")
  func fullDevice() throws {
    let error = #expect(throws: LazyFrameError.self) { try numbers([0..<1]).writeCSV(to: "/dev/full") }
    #expect(error?.message == "cannot write /dev/full: no space left on device")
  }

  @Test("a value that does not fit a guessed type begins the files again", arguments: [1, 2], [false, true])
  func revision(threads: Int, partitioned: Bool) throws {
    // The odd row lies between two of the places that are looked at beforehand, behind partitions that are written.
    let rows = (0..<300_000).map { $0 == 203_000 ? "b,2.5\n" : "a,\($0 % 10)\n" }
    folder.write("k,x\n" + rows.joined(), to: "in.csv")
    var options = CSVOptions()
    options.partitionSize = 100_000
    let frame = try LazyFrame.scanCSV(folder.path("in.csv"), options: options)
    #expect(try frame.schema()["x"]?.type == .int64)
    let written = try frame.writeCSV(
      to: folder.path("out"), partitioned: partitioned, ComputeOptions(threads: threads))
    let text = written.paths.map { String(decoding: TemporaryFolder.bytes(ofFile: $0).dropFirst(4), as: UTF8.self) }
    let expected = (0..<300_000).map { $0 == 203_000 ? "b,2.5\n" : "a,\($0 % 10).0\n" }.joined()
    #expect(text.joined() == expected)
    #expect(written.rowCount == 300_000)
    var spooled: [UInt8] = []
    try frame.write(.csv, ComputeOptions(threads: threads)) { spooled += $0 }
    #expect(String(decoding: spooled, as: UTF8.self) == "k,x\n" + expected)
  }

  @Test("partitions that began inside a quoted field are written once they are right")
  func quotedRows() throws {
    let inner = (0..<300).map { "z,\($0)\n" }.joined()
    let text =
      "k,x\n" + (0..<50).map { "a,\($0)\n" }.joined() + "\"\(inner)\",7\n" + (0..<50).map { "b,\($0)\n" }.joined()
    folder.write(text, to: "in.csv")
    for partitionSize in [97, 500, 1000] {
      var options = CSVOptions()
      options.partitionSize = partitionSize
      try LazyFrame.scanCSV(folder.path("in.csv"), options: options)
        .writeCSV(to: folder.path("out.csv"), ComputeOptions(threads: 2))
      #expect(folder.contents("out.csv") == text, "partition size \(partitionSize)")
    }
  }

  @Test(
    "text for a function comes when the run is over, whether it waited in memory or on disk", arguments: [100, 400_000])
  func sink(rowCount: Int) throws {
    let frame = try numbers([0..<rowCount / 2, rowCount / 2..<rowCount])
    var text: [UInt8] = []
    var options = ComputeOptions(threads: 2)
    options.spillFolder = folder.path
    let written = try frame.write(.csv, options) { bytes in
      #expect(folder.names == [])
      text += bytes
    }
    #expect(String(decoding: text, as: UTF8.self) == "i,t\n" + lines(0..<rowCount))
    #expect(written.paths == [] && written.rowCount == rowCount && written.byteCount == text.count)
  }

  @Test("a function that throws ends it, and a folder that does not take the text is named")
  func sinkErrors() throws {
    struct Enough: Error {}
    #expect(throws: Enough.self) { try numbers([0..<1]).write(.csv) { _ in throw Enough() } }
    var options = ComputeOptions()
    options.spillFolder = folder.path("missing")
    let error = #expect(throws: LazyFrameError.self) { try numbers([0..<400_000]).write(.csv, options) { _ in } }
    #expect(
      error?.message == "cannot write the result, which waits in \(folder.path("missing")) until it is complete: "
        + "no such file or directory")
  }

  @Test("a computed table writes itself")
  func table() throws {
    let table = try numbers([0..<2]).compute()
    try table.writeCSV(to: folder.path("t.csv"))
    #expect(folder.contents("t.csv") == "i,t\n0,\n1,row 1\n")
    try table.writeNDJSON(to: folder.path("t.ndjson"))
    #expect(folder.contents("t.ndjson") == "{\"i\":0,\"t\":null}\n{\"i\":1,\"t\":\"row 1\"}\n")
    try table.writeJSON(to: folder.path("t.json"))
    #expect(folder.contents("t.json") == "[\n{\"i\":0,\"t\":null},\n{\"i\":1,\"t\":\"row 1\"}\n]\n")
  }
}
