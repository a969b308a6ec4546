import LazyFrame
import Testing

/// What happens when a file is not what its samples and guesses said.
@Suite("Revisions") struct RevisionTests {
  /// A file of 1.2 MB in which one row breaks the pattern. Samples of 8 KB are taken 19 KB apart; the row lies between
  /// two of them.
  private func file(with odd: String) -> String {
    "k,x\n" + (0..<300_000).map { $0 == 3_500 ? odd : "a,\($0 % 10)\n" }.joined()
  }

  private func options(_ partitionSize: Int) -> CSVOptions {
    var options = CSVOptions()
    options.partitionSize = partitionSize
    return options
  }

  @Test("a float between the samples of an integer column widens it", arguments: [1, 2])
  func widensToFloat(threads: Int) throws {
    let text = file(with: "b,2.5\n")
    try Fixtures.withFile(text) { path in
      let frame = try LazyFrame.scanCSV(path, options: options(100_000))
      #expect(try frame.schema()["x"]?.type == .int64)
      let sums = try frame.groupBy(col("k")).aggregate(col("x").sum()).compute(ComputeOptions(threads: threads))
      #expect(try sums.values("sum_x", as: Double.self) == [1_350_000, 2.5])
    }
  }

  @Test("a text between the samples makes the column text, and a mean of it says so before it is computed")
  func widensToText() throws {
    let text = file(with: "b,n.v.\n")
    try Fixtures.withFile(text) { path in
      let frame = try LazyFrame.scanCSV(path, options: options(100_000))
      let counts = try frame.groupBy(col("x")).aggregate(count()).sort(by: col("x")).compute()
      #expect(try frame.schema()["x"]?.type == .int64)
      #expect(try counts.values("x", as: String.self) == (0..<10).map(String.init) + ["n.v."])
      let error = #expect(throws: LazyFrameError.self) {
        try frame.groupBy(col("k")).aggregate(col("x").mean()).compute()
      }
      #expect(error?.hint?.contains("column 'x' is string because of 'n.v.' in line 3502") == true)
      #expect(error?.message.contains("mean needs numbers, and the column is string") == true)
    }
  }

  @Test("a column that is not used is never looked at")
  func unusedColumn() throws {
    let text = file(with: "b,n.v.\n")
    try Fixtures.withFile(text) { path in
      let frame = try LazyFrame.scanCSV(path).groupBy(col("k")).aggregate(count())
      #expect(try frame.compute().rowCount == 2)
    }
  }

  @Test("one partition of a file begins where its first record does, whatever its bytes look like")
  func onePartition() throws {
    let inner = (0..<30).map { "z,\($0)\n" }.joined()
    let text = "k,x\n" + (0..<5).map { "a,\($0)\n" }.joined() + "\"\(inner)\",7\n" + "b,1\nb,2\n"
    try Fixtures.withFile(text) { path in
      for size in stride(from: 7, to: text.utf8.count, by: 13) {
        let frame = try LazyFrame.scanCSV(path, options: options(size)).select(col("x"))
        var values: [Int?] = []
        for index in 0..<(try frame.partitionCount()) {
          values += try frame.partitions[index].compute().values("x", as: Int.self)
        }
        #expect(values == [0, 1, 2, 3, 4, 7, 1, 2], "partitions of \(size) bytes")
      }
    }
  }

  @Test("records that look like rows inside a quoted field are not rows, wherever partitions begin")
  func quotedRows() throws {
    let inner = (0..<300).map { "z,\($0)\n" }.joined()
    let text =
      "k,x\n" + (0..<50).map { "a,\($0)\n" }.joined() + "\"\(inner)\",7\n"
      + (0..<50).map { "b,\($0)\n" }.joined()
    try Fixtures.withFile(text) { path in
      for partitionSize in [97, 500, 1000, 1 << 20] {
        let frame = try LazyFrame.scanCSV(path, options: options(partitionSize))
          .groupBy(col("k")).aggregate(count(), col("x").sum()).compute(ComputeOptions(threads: 2))
        #expect(try frame.values("k", as: String.self) == ["a", inner, "b"], "partition size \(partitionSize)")
        #expect(try frame.values("count", as: Int.self) == [50, 1, 50])
        #expect(try frame.values("sum_x", as: Int.self) == [1225, 7, 1225])
      }
    }
  }

  @Test("an error inside what is only taken for rows is not reported")
  func quotedNonsense() throws {
    let inner = (0..<300).map { "z,\($0),one too many\n" }.joined()
    let text = "k,x\na,1\n\"\(inner)\",2\n" + (0..<50).map { "b,\($0)\n" }.joined()
    try Fixtures.withFile(text) { path in
      let frame = try LazyFrame.scanCSV(path, options: options(200)).select(col("x"))
      #expect(try frame.compute().rowCount == 52)
    }
  }

  @Test("the error of the first bad row is thrown, on one thread and on many", arguments: [1, 2, 4])
  func firstError(threads: Int) throws {
    let text = "k,x\n" + (0..<5000).map { $0 % 700 == 650 ? "a\n" : "a,\($0)\n" }.joined()
    try Fixtures.withFile(text) { path in
      let frame = try LazyFrame.scanCSV(path, options: options(1000)).groupBy(col("k")).aggregate(count())
      let error = #expect(throws: CSVError.self) { try frame.compute(ComputeOptions(threads: threads)) }
      #expect(error?.line == 652)
      #expect(error?.message == "the row has 1 field, the header has 2")
    }
  }

  @Test("a value that does not fit a given type is an error that names line and column")
  func givenType() throws {
    try Fixtures.withFile("k,x\na,1\nb,two\n") { path in
      var options = CSVOptions()
      options.types = ["x": .int64]
      let error = #expect(throws: CSVError.self) { try LazyFrame.scanCSV(path, options: options).compute() }
      #expect(error?.line == 3)
      #expect(error?.column == "x")
    }
  }
}
