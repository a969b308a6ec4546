import Columnar
import TestSupport
import Testing

@testable import LazyFrame

@Suite("The range of a key")
struct KeyRangeTests {
  @Test("is known of whole numbers, truth values and categories, and of nothing else", arguments: DType.all)
  func types(type: DType) {
    let column = KernelSamples.column(type, count: 300, .some)
    let hasRange = ![.null, .float32, .float64, .string].contains(type)
    #expect((KeyRange([column]) != nil) == hasRange)
  }

  @Test("has the lowest value and the difference to the highest, over all pieces and without what stands in nulls")
  func extremes() throws {
    let range = try #require(KeyRange([Column([Int32(5), -3]), Column([Int32?]([nil])), Column([Int32(9)])]))
    #expect(Int64(bitPattern: range.lowest) == -3)
    #expect(range.span == 12)
    #expect(range.hasNulls)
    #expect(range.bits == 4)
    let unsigned = try #require(KeyRange([Column([UInt64.max, UInt64.max - 2])]))
    #expect((unsigned.lowest, unsigned.span, unsigned.bits) == (UInt64.max - 2, 2, 2))
    let all = try #require(KeyRange([Column([Int64.min, Int64.max])]))
    #expect((all.span, all.bits) == (.max, 64))
    // There is no number left for null.
    #expect(KeyRange([Column([Int64.min, Int64.max, nil])]) == nil)
    let none = try #require(KeyRange([Column([Int64?]([nil, nil]))]))
    #expect((none.lowest, none.span, none.bits) == (0, 0, 1))
    #expect(KeyRange([]) == nil)
  }

  @Test("is known of categories only where they share a dictionary")
  func dictionaries() throws {
    let column = Column(categories: ["b", nil, "a", "b"])
    let other = Column(categories: ["b", nil, "a", "b"])
    let range = try #require(KeyRange([column, column]))
    #expect((range.span, range.bits) == (1, 2))
    #expect(KeyRange([column, other]) == nil)
  }

  @Test("makes keys share words, that are equal where the values are and give them back", arguments: DType.all)
  func roundTrip(type: DType) {
    let columns = [
      KernelSamples.column(type, count: 300, .some), KernelSamples.column(.int16, count: 300, seed: 3),
      KernelSamples.column(.float64, count: 300, .some, seed: 5), Column([Int64](repeating: 7, count: 300)),
      KernelSamples.column(.bool, count: 300, .some, seed: 1), Column([Int64.min, .max] + (0..<298).map { $0 }),
      Column([Int64?](repeating: nil, count: 300)), KernelSamples.column(.uint8, count: 300, seed: 9),
    ]
    let types = columns.map(\.type)
    let encoder = KeyEncoder(types: types, forms: columns.map { KeyRange([$0]).map(KeyForm.range) }, rowCount: 300)
    #expect(encoder.wordCount < KeyEncoder(types: types).wordCount)
    #expect(encoder.directBits == nil)
    expectRoundTrip(columns, encoder)
    let few = [columns[4], columns[7], columns[3]]
    let direct = KeyEncoder(types: few.map(\.type), forms: few.map { KeyRange([$0]).map(KeyForm.range) }, rowCount: 300)
    #expect((direct.wordCount, direct.directBits) == (1, 10))
    expectRoundTrip(few, direct)
    let constant = KeyEncoder(types: [.int64], forms: [KeyRange([columns[3]]).map(KeyForm.range)], rowCount: 300)
    #expect((constant.wordCount, constant.directBits) == (1, 0))
    expectRoundTrip([columns[3]], constant)
  }

  private func expectRoundTrip(_ columns: [Column], _ encoder: KeyEncoder) {
    let strings = StringInterner()
    let rows = KeyRows(wordCount: encoder.wordCount)
    encoder.encode(columns, rowCount: 300, into: rows, strings)
    let words = (0..<300).map { row in (0..<encoder.wordCount).map { rows.words[row * encoder.wordCount + $0] } }
    for row in stride(from: 0, to: 300, by: 7) {
      for second in stride(from: 0, to: 300, by: 5) {
        #expect((words[row] == words[second]) == columns.allSatisfy { $0[row] == $0[second] })
        #expect(rows.hashes[row] != rows.hashes[second] || words[row] == words[second])
        let hasNull = columns.contains { $0.isNull(at: row) }
        #expect(encoder.hasNull(rows.words + row * encoder.wordCount) == hasNull)
      }
    }
    let decoded = encoder.decode(rows.words, stride: encoder.wordCount, count: 300, strings)
    #expect(decoded.map(\.type) == columns.map(\.type))
    #expect(decoded.map(\.all) == columns.map(\.all))
  }

  @Test("is that of a column in memory, also behind filters, projections and joins, but not of what is computed")
  func origins() throws {
    let frame = try LazyFrame(["a": [1, 5, 3], "b": ["x", "y", "x"]]).withColumns(col("a").cast(to: .int16).as("c"))
    let table = LazyFrame(try frame.compute())
    func bits(_ frame: LazyFrame, _ key: String) throws -> Int? {
      let plan = try frame.groupBy(col(key)).aggregate([count()]).physicalPlan(disabledPasses: [])
      let stage = try #require(plan.stages.last)
      guard case .groups(let specification) = stage.sink, case .memory(let node) = stage.source else { return -1 }
      let rows = PartitionRows(source: .memory(node), steps: stage.steps, schema: stage.rowSchema)
      return rows.encoder(of: specification.keys).directBits
    }
    #expect(try bits(table, "a") == 3)
    #expect(try bits(table, "b") == nil)
    #expect(try bits(table.filter(col("b") == "x").select(col("a").as("n"), col("c")), "n") == 3)
    #expect(try bits(table.withColumns((col("a") + 1).as("n")), "n") == nil)
    #expect(try bits(table.join(table.select(col("a"), col("c").as("d")), on: col("a"), how: .left), "c") == 3)
    #expect(try bits(table.join(table.select(col("a"), col("c").as("d")), on: col("a"), how: .left), "d") == nil)
  }

  @Test("is known of categories that were computed in several partitions")
  func computedCategories() throws {
    let texts = DataFrame(
      RecordBatch(schema: Schema([Field("t", .string)]), columns: [Column(["b", "a", "b", "c", "a"])], rowCount: 5))
    let table = try LazyFrame(texts, partitions: 3).select(col("t").cast(to: .categorical)).compute()
    #expect(table.batches.count > 1)
    let range = try #require(MemoryTable(table).range(of: 0))
    #expect((range.span, range.hasNulls) == (2, false))
  }

  /// Many shapes of keys over the same rows, grouped by their ranges and without.
  @Test("changes no group and no order of groups", arguments: [1, 100, 70_000])
  func sameGroups(rowCount: Int) throws {
    var random = SplitMix64(seed: 7)
    func column(_ values: Int64, nulls: Bool) -> [Int64?] {
      (0..<rowCount).map { _ in
        nulls && random.next() % 10 == 0 ? nil : Int64(random.next() % UInt64(values)) - values / 2
      }
    }
    let names = column(50, nulls: true).map { $0.map { "name \($0)" } }
    let batch = RecordBatch(
      schema: Schema([
        Field("few", .int64), Field("many", .int64), Field("name", .categorical), Field("day", .date),
        Field("text", .string), Field("value", .int64),
      ]),
      columns: [
        Column(column(20, nulls: false)), Column(column(1 << 40, nulls: true)), Column(categories: names),
        CastKernels.cast(Column(column(400, nulls: true).map { $0.map { Int32($0) } }), to: .date), Column(names),
        Column(column(1000, nulls: true)),
      ], rowCount: rowCount)
    let packed = LazyFrame(DataFrame(batch), partitions: 5)
    let hashed = packed.mapPartitions(schema: batch.schema) { $0 }
    for keys in [["few"], ["name", "few"], ["day", "name"], ["many"], ["many", "few", "day"], ["few", "text"]] {
      func groups(_ frame: LazyFrame) throws -> DataFrame {
        try frame.groupBy(keys.map { col($0) }).aggregate([
          col("value").sum().as("sum"), col("value").median().as("median"), count().as("n"),
        ]).compute()
      }
      let (left, right) = (try groups(packed), try groups(hashed))
      #expect(left.schema == right.schema)
      #expect(left.columns.map(\.all) == right.columns.map(\.all), "by \(keys)")
    }
  }
}

extension KeyRange {
  fileprivate init?(_ pieces: [Column]) { self.init(pieces, ColumnStatistics(pieces)) }
}
