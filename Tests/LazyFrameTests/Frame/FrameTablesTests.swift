import LazyFrame
import Testing

@Suite("Tables about frames, and partitions") struct FrameTablesTests {
  private func frame() throws -> LazyFrame {
    try LazyFrame([
      "k": ["b", "a", nil, "b"], "v": [1, 2, nil, 4], "x": [0.5, 1.5, 2.5, .nan], "d": [true, nil, nil, false],
    ])
  }

  private func message(_ body: () throws -> Void) -> String? {
    do {
      try body()
      return nil
    } catch {
      return ((error as? TaskError)?.cause as? LazyFrameError ?? error as? LazyFrameError)?.message ?? "\(error)"
    }
  }

  @Test("describe has a row for each figure")
  func describe() throws {
    let table = try frame().select(col("k"), col("v")).describe()
    #expect(table.schema.description == "statistic: string, k: string, v: float64")
    #expect(
      try table.values("statistic", as: String.self) == [
        "count", "nulls", "mean", "std", "min", "25%", "50%", "75%", "max", "distinct",
      ])
    #expect(
      try table.values("k", as: String.self) == ["3", "1", nil, nil, "a", nil, nil, nil, "b", "2"])
    // The quantiles of 1, 2, 4 and their deviation, as pandas gives them.
    let numbers = try table.values("v", as: Double.self)
    #expect(numbers[0...2] == [3, 1, 7.0 / 3])
    #expect(abs((numbers[3] ?? 0) - 1.5275252316519468) < 1e-15)
    #expect(numbers[4...] == [1, 1.5, 2, 3, 4, 3])
  }

  @Test("matrices of correlations and covariances")
  func matrices() throws {
    let numbers = try LazyFrame(["a": [1, 2, 3, 4], "t": ["x", "y", "z", "w"], "b": [2, 4, 5, 9]])
    let correlation = try numbers.correlation()
    #expect(correlation.schema.names == ["column", "a", "b"])
    #expect(try correlation.values("column", as: String.self) == ["a", "b"])
    // NumPy's corrcoef and cov.
    #expect(abs((try correlation.values("b", as: Double.self)[0] ?? 0) - 0.9647638212377322) < 1e-12)
    #expect(try correlation.values("a", as: Double.self)[0] == 1)
    #expect(abs((try numbers.covariance().values("a", as: Double.self)[1] ?? 0) - 11.0 / 3) < 1e-12)
  }

  @Test("pivot finds its columns, sorted, nulls last")
  func pivot() throws {
    let wide = try frame().pivot(on: "k", index: col("d"), values: col("v")) { $0.sum() }
    #expect(try wide.schema().names == ["d", "a", "b", "null"])
    #expect(try wide.compute().row(0).map(\.description) == ["true", "null", "1", "null"])
  }

  @Test("partitions are mapped one by one, and their columns checked")
  func mapPartitions() throws {
    let numbers = try LazyFrame(["i": .column(Column((0..<300).map { Int64($0) }))], partitions: 4)
    let sizes = Schema([Field("rows", .int64)])
    let mapped = numbers.mapPartitions(schema: sizes) { frame in
      try DataFrame(["rows": ColumnValues([.int(Int64(frame.rowCount))])])
    }
    #expect(try numbers.partitionCount() == 4)
    let counts = try mapped.compute().values("rows", as: Int.self).compactMap { $0 }
    #expect(counts.count == 4)
    #expect(counts.reduce(0, +) == 300)
    let wrong = numbers.mapPartitions(schema: Schema([Field("size", .int64)])) { $0 }
    #expect(
      message { _ = try wrong.compute() }
        == "a partition was mapped to a table with the columns i: int64, and declared were size: int64")
  }

  @Test("frames are cut anew, kept, and asked whether they are empty")
  func partitions() throws {
    let numbers = try LazyFrame(["i": .column(Column((0..<1000).map { Int64($0) }))], partitions: 3)
    let cut = numbers.repartition(count: 7)
    #expect(try cut.partitionCount() == 7)
    #expect(try bits(cut.compute()) == bits(numbers.compute()))
    let kept = try cut.filter(col("i") > 990).persist()
    #expect(try kept.compute().rowCount == 9)
    #expect(try kept.isEmpty() == false)
    #expect(try kept.filter(col("i") < 0).isEmpty())
  }

  @Test("a plan names an index where there is one")
  func index() throws {
    let sums = try frame().pivot(on: "k", columns: [.string("b")], values: col("v")) { $0.sum() }
    #expect(try sums.explain(.logical) == "pivot v on k\n  frame of 4 rows")
    #expect(try frame().unpivot(on: ["v"]).explain(.logical) == "unpivot v\n  frame of 4 rows")
    #expect(try frame().unpivot(index: ["k"]).explain(.logical) == "unpivot by k\n  frame of 4 rows")
  }

  @Test("a partition is a frame, and one that there is not is an error")
  func onePartition() throws {
    let numbers = try LazyFrame(["i": .column(Column((0..<300).map { Int64($0) }))], partitions: 4)
    let even = numbers.filter(col("i") % 2 == 0)
    let parts = try (0..<4).map { try even.partitions[$0].compute().values("i", as: Int.self).compactMap { $0 } }
    #expect(parts.flatMap { $0 } == (0..<150).map { 2 * $0 })
    #expect(parts.allSatisfy { !$0.isEmpty })
    #expect(try even.partitions[1].partitionCount() == 1)
    // Of what is no source, and with a join in between.
    let cut = numbers.sort(by: col("i"), descending: true).repartition(count: 3)
    #expect(try cut.partitions[2].compute().values("i", as: Int.self) == (0..<100).reversed())
    let joined = numbers.join(numbers, on: [col("i")])
    let seen = try joined.partitions[1].filter(col("i") > 0).compute().values("i", as: Int.self)
    #expect(try seen == numbers.partitions[1].compute().values("i", as: Int.self))
    #expect(
      message { _ = try even.partitions[4].compute() }
        == "there is no partition 4: the frame has 4 partitions")
    #expect(message { _ = try even.partitions[-1].compute() }?.hasPrefix("there is no partition -1") == true)
    #expect(
      message { _ = try numbers.limit(3).partitions[1].compute() }
        == "there is no partition 1: the frame has 1 partition")
  }

  @Test("frames are cut by rows")
  func partitionsByRows() throws {
    let numbers = try LazyFrame(["i": .column(Column((0..<1000).map { Int64($0) }))], partitions: 3)
    let cut = try numbers.filter(col("i") >= 10).repartition(rows: 300)
    #expect(try cut.partitionCount() == 4)
    #expect(try cut.partitions[3].compute().values("i", as: Int.self).count == 248)
    #expect(try numbers.limit(0).repartition(rows: 5).partitionCount() == 1)
  }

  @Test("a sample is the same whatever the partitions are")
  func sample() throws {
    let column = Column((0..<5000).map { Int64($0) })
    let samples = try [1, 7, 60].map { count in
      bits(try LazyFrame(["i": .column(column)], partitions: count).sample(fraction: 0.1, seed: 3).compute())
    }
    #expect(samples[0] == samples[1] && samples[1] == samples[2])
    #expect((400...600).contains(samples[0].count))
    let other = try LazyFrame(["i": .column(column)]).sample(fraction: 0.1, seed: 4).compute()
    #expect(bits(other) != samples[0])
  }
}
