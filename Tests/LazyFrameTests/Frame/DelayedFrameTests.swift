import LazyFrame
import Testing

@Suite("Frames and delayed functions") struct DelayedFrameTests {
  private let rows = delayed("rows") { (frame: DataFrame) in frame.rowCount }
  private let types = delayed("types") { (frame: DataFrame) in frame.schema.fields.map { "\($0.type)" } }

  /// A file in which one row breaks the pattern of the samples, which are 8 KB of every 19.
  private func file(with odd: String) -> String {
    "k,x\n" + (0..<300_000).map { $0 == 3_500 ? odd : "a,\($0 % 10)\n" }.joined()
  }

  private func options(_ partitionSize: Int) -> CSVOptions {
    var options = CSVOptions()
    options.partitionSize = partitionSize
    return options
  }

  private func computeOptions(_ threads: Int) -> ComputeOptions {
    var options = ComputeOptions(threads: threads)
    if threads == 0 { options.executor = SerialExecutor() }
    return options
  }

  @Test("a frame is an argument, as the data frame that it computes to")
  func argument() throws {
    try Fixtures.withFile("k,x\na,1\nb,2\na,3\n") { path in
      let frame = try LazyFrame.scanCSV(path)
      #expect(try rows(frame).compute() == 3)
      let sums = frame.groupBy(col("k")).aggregate(col("x").sum())
      let frames = delayed("frames") { (frames: [DataFrame], name: String) in
        try frames.map { try $0.values(name, as: String.self).count }
      }
      #expect(try frames([frame, sums], "k").compute() == [3, 2])
      #expect(try rows(try frame.compute()).compute() == 3)
      let (data, count) = try compute(sums, rows(frame.limit(2)))
      #expect(try data.values("sum_x", as: Int.self) == [4, 2])
      #expect(count == 2)
      let value = delayed("value") { (frame: DataFrame, row: Int) in frame[row, "k"] ?? .null }
      #expect(try value(frame, 1).compute() == .string("b"))
    }
  }

  @Test("a frame's columns are widened where a delayed function uses it", arguments: [0, 2])
  func widening(threads: Int) throws {
    try Fixtures.withFile(file(with: "b,2.5\n")) { path in
      let frame = try LazyFrame.scanCSV(path, options: options(100_000))
      #expect(try types(frame).compute(computeOptions(threads)) == ["string", "float64"])
      #expect(try frame.schema()["x"]?.type == .int64)
    }
  }

  @Test("only the frame in whose file an odd value was found is widened", arguments: [0, 2])
  func severalFiles(threads: Int) throws {
    try Fixtures.withFile(file(with: "b,2.5\n")) { odd in
      try Fixtures.withFile("x,k\n1,a\n") { plain in
        let narrow = try LazyFrame.scanCSV(plain)
        let wide = try LazyFrame.scanCSV(odd, options: options(100_000))
        let (narrowTypes, wideTypes, both) = try compute(
          types(narrow), types(wide),
          delayed("both") { (a: [String], b: [String]) in a + b }(types(narrow), types(wide)),
          options: computeOptions(threads))
        #expect(narrowTypes == ["int64", "string"])
        #expect(wideTypes == ["string", "float64"])
        #expect(both == narrowTypes + wideTypes)
      }
    }
  }

  @Test("partitions that began inside a quoted field are mended too", arguments: [0, 2])
  func boundaries(threads: Int) throws {
    let inner = (0..<300).map { "z,\($0)\n" }.joined()
    let text = "k,x\na,1\n\"\(inner)\",7\n" + (0..<50).map { "b,\($0)\n" }.joined()
    try Fixtures.withFile(text) { path in
      for partitionSize in [97, 500] {
        let frame = try LazyFrame.scanCSV(path, options: options(partitionSize))
        #expect(try rows(frame).compute(computeOptions(threads)) == 52)
      }
    }
  }

  @Test("a frame that several use is read once")
  func sharing() throws {
    try Fixtures.withFile("k,x\na,1\n") { path in
      let frame = try LazyFrame.scanCSV(path)
      let both = delayed("both") { (a: Int, b: Int) in a + b }
      let value = both(rows(frame), rows(frame))
      let scans = try value.taskGraph().layers.filter { $0.name == "scan-csv" }
      #expect(scans.count == 1)
      let (_, count) = try compute(frame, value)
      #expect(count == 2)
      let other = both(rows(frame), rows(try LazyFrame.scanCSV(path)))
      #expect(try other.taskGraph().layers.filter { $0.name == "scan-csv" }.count == 2)
    }
  }

  @Test("errors of a frame are the frame's own, and errors of a function name its task", arguments: [0, 1, 2])
  func errors(threads: Int) throws {
    try Fixtures.withFile("k,x\na,1\nb\n") { path in
      let frame = try LazyFrame.scanCSV(path)
      let error = #expect(throws: CSVError.self) { try rows(frame).compute(computeOptions(threads)) }
      #expect(error?.line == 3)
      #expect(throws: LazyFrameError.self) { try rows(frame.select(col("y"))).compute(computeOptions(threads)) }
    }
    try Fixtures.withFile("k,x\na,1\n") { path in
      let values = delayed("values") { (frame: DataFrame, name: String) in try frame.values(name, as: Int.self) }
      let error = #expect(throws: TaskError.self) {
        try values(LazyFrame.scanCSV(path), "y").compute(computeOptions(threads))
      }
      #expect((error?.cause as? LazyFrameError)?.code == .unknownColumn)
      #expect(error?.inputs == ["DataFrame", "\"y\""])
    }
  }

  @Test("passes of the optimiser are left out where a frame is an argument")
  func disabledPasses() throws {
    try Fixtures.withFile("k,x\na,1\n") { path in
      let value = rows(try LazyFrame.scanCSV(path).select(col("k")))
      var options = ComputeOptions()
      let graph = try value.taskGraph(options).description
      #expect(try value.taskGraph(options).description == graph)
      options.disabledPasses = ["projection-push-down"]
      #expect(try value.taskGraph(options).description != graph)
      #expect(try value.compute(options) == 1)
    }
  }
}
