import Columnar
import TestSupport
import Testing

@testable import LazyFrame

@Suite("Keys of a group-by whose values were guessed")
struct GroupKeyEncoderTests {
  private static let usual: [Column] = [
    Column((0..<200).map { "id\(100 + $0)" }), Column((0..<200).map { Int64($0 % 7) }),
    Column((0..<200).map { $0 % 3 == 0 ? nil : "a\($0 % 5)" }), Column((0..<200).map { Double($0 % 4) }),
  ]
  private static let unusual: [Column] = [
    Column(["id100", "x", nil, "a text too long for a view", "id100", "a text too long for a view", "id101"]),
    Column([Int64.min, 3, nil, .max, Int64.min, .max, 2]),
    Column(["a1", "a1", nil, "another text too long for a view", "a1", "another text too long for a view", nil]),
    Column([1, 7.5, nil, 2.5, 1, 2.5, 0]),
  ]

  private func encoder() -> GroupKeyEncoder {
    let whole = KeyEncoder(types: GroupKeyEncoderTests.usual.map(\.type))
    return GroupKeyEncoder(whole, samples: GroupKeyEncoderTests.usual.map { [$0] })
  }

  private func encode(_ columns: [Column], _ encoder: GroupKeyEncoder, _ interner: KeyInterner) -> KeyRows {
    let rows = KeyRows(wordCount: encoder.wordCount)
    encoder.encode(columns, rowCount: columns[0].count, into: rows, interner)
    return rows
  }

  @Test("take fewer words, and those that are otherwise are numbered and come back as they were")
  func roundTrip() {
    let encoder = encoder()
    #expect(encoder.wordCount == 2)
    #expect(encoder.whole.wordCount == 7)
    let interner = KeyInterner(encoder)
    for columns in [GroupKeyEncoderTests.usual, GroupKeyEncoderTests.unusual] {
      let (rows, count) = (encode(columns, encoder, interner), columns[0].count)
      let decoded = encoder.decode(rows.words, stride: encoder.wordCount, count: count, interner)
      #expect(decoded.map(\.all) == columns.map(\.all))
      for row in 0..<count {
        for other in 0..<count {
          let isEqual = columns.allSatisfy { $0[row] == $0[other] }
          let words = (0..<encoder.wordCount).map { rows.words[row * encoder.wordCount + $0] }
          #expect((words == (0..<encoder.wordCount).map { rows.words[other * encoder.wordCount + $0] }) == isEqual)
        }
      }
    }
    #expect(interner.unusualCount == 3)
  }

  @Test("have the same hash in every partition, and another table's numbers are translated")
  func translation() {
    let encoder = encoder()
    let (one, other) = (KeyInterner(encoder), KeyInterner(encoder))
    let schema = Schema((0..<4).map { Field("\($0)", GroupKeyEncoderTests.unusual[$0].type) })
    let batch = RecordBatch(schema: schema, columns: GroupKeyEncoderTests.unusual, rowCount: 7)
    let reversed = RecordBatch.concatenated([batch.slice(4..<7), batch.slice(0..<4)], schema: schema).columns
    let rows = encode(GroupKeyEncoderTests.unusual, encoder, one)
    let others = encode(reversed, encoder, other)
    #expect(encoder.needsTranslation(other))
    #expect(!encoder.needsTranslation(KeyInterner(encoder)))
    let width = encoder.wordCount
    for row in 0..<7 {
      let place = (row + 3) % 7
      #expect(rows.hashes[row] == others.hashes[place])
      encoder.translate(others.words + place * width, hash: others.hashes[place], from: other, to: one)
      #expect((0..<width).allSatisfy { rows.words[row * width + $0] == others.words[place * width + $0] })
    }
    #expect(one.unusualCount == 3)
  }

  @Test("are whole where a guess would save nothing")
  func nothingToGuess() {
    for samples: [[Column]] in [[[Column([1.5, 2])]], [[Column([Int64.min, .max])]], [[]]] {
      let type = samples[0].first?.type ?? .string
      let encoder = GroupKeyEncoder(KeyEncoder(types: [type]), samples: samples)
      #expect(encoder.wordCount == encoder.whole.wordCount)
      #expect(!encoder.needsTranslation(KeyInterner(encoder)))
    }
  }

  /// Twelve partitions, of which four are looked at; the others hold what these do not.
  @Test("make the same groups in the same order, however wrong the guess is", arguments: 0..<6)
  func wrongGuesses(seed: Int) throws {
    var random = SplitMix64(seed: UInt64(seed))
    let strange: [String?] = [nil, "", "x", "id9999", "a text too long for a view", "id1", "id01"]
    let numbers: [Int64?] = [nil, .min, .max, -1, 1 << 33]
    var (texts, values, numbersOf): ([String?], [Int64], [Int64?]) = ([], [], [])
    for partition in 0..<12 {
      let isSampled = [0, 3, 7, 11].contains(partition)
      for row in 0..<300 {
        let isStrange = !isSampled && random.next() % (seed % 2 == 0 ? 2 : 40) == 0
        texts.append(isStrange ? strange[Int(random.next() % 7)] : "id\(100 + random.next() % 50)")
        numbersOf.append(isStrange ? numbers[Int(random.next() % 5)] : Int64(random.next() % 20))
        values.append(Int64(row))
      }
    }
    let batch = RecordBatch(
      schema: Schema([Field("t", .string), Field("n", .int64), Field("v", .int64)]),
      columns: [Column(texts), Column(numbersOf), Column(values)], rowCount: texts.count)
    let guessed = LazyFrame(DataFrame(batch), partitions: 12)
    let whole = guessed.mapPartitions(schema: batch.schema) { $0 }
    func groups(_ frame: LazyFrame, _ threads: Int) throws -> DataFrame {
      try frame.groupBy(col("t"), col("n")).aggregate([
        col("v").sum().as("sum"), col("v").median().as("median"), col("v").first().as("first"), count().as("n rows"),
      ]).compute(ComputeOptions(threads: threads))
    }
    let expected = try groups(whole, 1)
    for threads in [1, 3] {
      let found = try groups(guessed, threads)
      #expect(found.columns.map(\.all) == expected.columns.map(\.all))
    }
  }

  @Test("make the same groups where the rows that were looked at are all different and the others are not")
  func wrongEstimate() throws {
    let sampled: Set = [0, 3, 7, 11]
    let keys = (0..<18_000).map { row in sampled.contains(row / 1500) ? Int64(row) : Int64(row % 3) }
    let batch = RecordBatch(schema: Schema([Field("k", .int64)]), columns: [Column(keys)], rowCount: keys.count)
    let pieces = stride(from: 0, to: keys.count, by: 1500).map { batch.slice($0..<$0 + 1500) }
    let frame = LazyFrame(partitions: pieces, schema: batch.schema)
    let texts = frame.select(col("k").cast(to: .string).as("k"))
    let guessed = try texts.groupBy(col("k")).aggregate([count().as("n")]).compute()
    let whole = texts.mapPartitions(schema: Schema([Field("k", .string)])) { $0 }
    let expected = try whole.groupBy(col("k")).aggregate([count().as("n")]).compute()
    #expect(guessed.rowCount == 6000)
    #expect(guessed.columns.map(\.all) == expected.columns.map(\.all))
  }

  @Test("are taken for groups without looking where nearly all are different, and only there")
  func estimates() throws {
    func partition(_ keys: [Int64], sampled: Bool) throws -> GroupedPartition {
      let column = Column(keys)
      let whole = KeyEncoder(types: [.int64])
      let specification = GroupSpecification(
        keys: [NamedExpression(name: "k", expression: .column("k", .int64))], aggregates: [])
      let groups = GroupedPartition(
        specification, sampled ? GroupKeyEncoder(whole, samples: [[column]]) : GroupKeyEncoder(whole),
        expectedRows: keys.count)
      let batch = RecordBatch(schema: Schema([Field("k", .int64)]), columns: [column], rowCount: keys.count)
      for piece in batch.pieces { try groups.add(piece) }
      return groups
    }
    let different = (0..<50_000).map { Int64($0) }
    for sampled in [true, false] {
      #expect(try partition(different, sampled: sampled).mayRepeatKeys)
      let groups = try partition(different.map { $0 % 40_000 / 10 }, sampled: sampled)
      #expect(!groups.mayRepeatKeys)
      #expect(groups.groupCount == 4000)
    }
  }

  @Test("are looked at in a task of its own, where something can be guessed and there are several partitions")
  func sampling() throws {
    func samples(_ frame: LazyFrame, _ keys: String...) throws -> Bool {
      try frame.groupBy(keys.map { col($0) }).aggregate([count()]).explain(.graph).contains("sample-keys")
    }
    let frame = try LazyFrame(["t": ["a", "b", "a"], "x": ["1", "2", "3"]]).withColumns(col("x").cast(to: .float64))
    let table = LazyFrame(try frame.compute(), partitions: 3)
    #expect(try samples(table, "t", "x"))
    #expect(try !samples(table, "x"))
    #expect(try !samples(LazyFrame(try frame.compute()), "t"))
    #expect(try !samples(table.sort(by: col("t")), "t"))
  }
}
