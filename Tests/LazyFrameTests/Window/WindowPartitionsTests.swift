import Columnar
import Scheduler
import TestSupport
import Testing

@testable import LazyFrame

@Suite("Windows over partitions") struct WindowPartitionsTests {
  private func query(_ batch: RecordBatch, partitions: Int) throws -> LazyFrame {
    let windows = try WindowSamples.windows.enumerated().map { try Expression.parse($1).as("w\($0)") }
    return WindowSamples.frame(batch, partitions: partitions).withColumns(windows)
  }

  @Test("one partition, seven and many give the same bits, and so do the serial executor, one thread and four")
  func sameBits() throws {
    for seed in 1...4 as ClosedRange<UInt64> {
      let batch = WindowSamples.batch(rows: [0, 1, 90, 300][Int(seed) - 1], seed: seed)
      let expected = bits(try query(batch, partitions: 1).compute(ComputeOptions(threads: 1)))
      for partitions in [1, 7, 41] {
        let frame = try query(batch, partitions: partitions)
        var options = ComputeOptions(threads: 4)
        #expect(bits(try frame.compute(options)) == expected, "seed \(seed), \(partitions) partitions, 4 threads")
        options.executor = SerialExecutor()
        #expect(bits(try frame.compute(options)) == expected, "seed \(seed), \(partitions) partitions, serial")
      }
    }
  }

  @Test("rows stay where they are, as several partitions")
  func order() throws {
    let batch = WindowSamples.batch(rows: 500, seed: 9)
    let result = try query(batch, partitions: 5).compute()
    #expect(result.batches.count == 5)
    #expect(try result.values("row", as: Int.self) == Array(0..<500))
  }

  @Test("windows give the same however optimised, below and above filters, limits and sorts")
  func optimised() throws {
    let batch = WindowSamples.batch(rows: 200, seed: 5)
    let frames = [
      try query(batch, partitions: 3).filter(col("j") == 1),
      try query(batch, partitions: 3).filter(col("k") > "a long name of the key 3"),
      try query(batch, partitions: 3).limit(20), try query(batch, partitions: 3).select(col("w0"), col("w20")),
      WindowSamples.frame(batch, partitions: 3).filter(col("x") > col("x").median().over(col("k"))),
      WindowSamples.frame(batch, partitions: 3).sort(by: col("i").sum().over(col("k")), col("x")),
      WindowSamples.frame(batch, partitions: 3).withColumns(col("x").mean().over(col("k"), col("j")).as("m"))
        .filter(col("k") > "a long name of the key 3" && col("j") == 1 && col("m").isNotNull()),
    ]
    let passes = Optimizer.Pass.allCases.map(\.rawValue)
    for (index, frame) in frames.enumerated() {
      var options = ComputeOptions(threads: 1)
      options.disabledPasses = Set(passes)
      let expected = bits(try frame.compute(options))
      #expect(!expected.isEmpty, "frame \(index)")
      #expect(bits(try frame.compute()) == expected, "frame \(index)")
    }
  }

  @Test("a window works on files of several partitions")
  func files() throws {
    var options = CSVOptions()
    options.partitionSize = 30_000
    let frame = try LazyFrame.scanCSV(Fixtures.prices, options: options)
    let query = frame.withColumns(col("close").mean().over(col("symbol")).as("m")).select(col("symbol"), col("m"))
    let means = try frame.groupBy(col("symbol")).aggregate(col("close").mean()).compute()
    var expected: [Value: Double] = [:]
    for row in means.rows {
      if case .double(let mean) = row[1] { expected[row[0]] = mean }
    }
    for row in try query.compute().rows {
      guard case .double(let mean) = row[1], let wanted = expected[row[0]] else {
        Issue.record("a row without a mean")
        return
      }
      #expect(abs(mean - wanted) <= 1e-14 * abs(wanted))
    }
  }
}
