import Columnar
import Testing

@testable import LazyFrame

@Suite("Categories")
struct CategoricalTests {
  static let long = "a category of more than twelve bytes"
  static let texts: [String?] = [
    "b", nil, long, "a", "b", "", long, nil, "B", "a", "é", "e\u{301}", "b", "a", "a", "a",
  ]

  private func codes(_ column: Column) -> CategoricalValues? {
    if case .categorical(let categories) = column.values { categories } else { nil }
  }

  @Test("keep each text once, in the order in which they come")
  func dictionary() throws {
    let categories = try #require(codes(Column(categories: Self.texts)))
    let entries = categories.dictionary.strings
    // Canonically equivalent texts are different bytes, and so different categories.
    #expect(
      (0..<entries.count).map { Array(entries[$0].utf8) }
        == ["b", Self.long, "a", "", "B", "é", "e\u{301}"].map { Array($0.utf8) })
    #expect(Column(categories: []).count == 0)
    #expect(Column(categories: [nil, nil]).all == [.null, .null])
  }

  /// What is done to categories gives what is done to their texts.
  @Test(
    "mean their texts in every operation",
    arguments: [
      "c = 'b'", "c <> 'b'", "c < 'b'", "'b' >= c", "c = c", "c < d", "c = d", "c in ('a', '', null)", "c in (d, 'B')",
      "upper(c)", "length(c)", "c like '%twelve%'", "contains(c, 'e')", "starts_with(c, 'a')",
      "ends_with(lower(c), 'b')",
      "replace(c, 'b', c)", "c || '!' || d", "substr(c, 2)", "coalesce(c, 'none')", "coalesce(c, d)", "c is null",
      "c is not null and not c = 'a'", "nullif(c, 'b')", "nullif(c, d)", "case when c = 'b' then c else d end",
      "case when c = 'b' then c else 'other' end", "case c when 'b' then 1 when 'a' then 2 end", "cast(c as string)",
      "cast(cast(c as string) as category)", "cast(length(c) as category)", "c between 'a' and 'c'", "c || null",
      "strict_cast(c as string)", "trim(c) = ''", "length(c) + n", "c", "cast(c as date)", "cast(c as bool)",
    ])
  func meaning(text: String) throws {
    let numbers = Column(Self.texts.indices.map { Int64($0) })
    let rotated = Array(Self.texts[5...] + Self.texts[..<5])
    func result(_ make: ([String?]) -> Column) throws -> Column {
      try computed(text, [("c", make(Self.texts)), ("d", make(rotated)), ("n", numbers)])
    }
    let (expected, found) = (try result { Column($0) }, try result { Column(categories: $0) })
    #expect(found.printed.map { Array($0.utf8) } == expected.printed.map { Array($0.utf8) }, "\(text)")
    #expect((0..<found.count).map(found.isNull) == (0..<found.count).map(expected.isNull))
    #expect(found.isWellFormed)
    #expect(found.type == expected.type || found.type == .categorical && expected.type == .string)
  }

  @Test("are computed once for each entry, but what can fail only for rows")
  func entries() throws {
    let column = Column(categories: Array(repeating: ["1", "x", nil], count: 40).flatMap { $0 })
    let kept = RowKernels.filter(column, Selection(try computed("c = '1'", [("c", column)])))
    #expect(codes(kept)?.dictionary === codes(column)?.dictionary)
    // No row has the entry 'x' any more.
    #expect(try computed("strict_cast(c as int64) + 1", [("c", kept)]).all == Array(repeating: .int(2), count: 40))
    #expect(failure("strict_cast(c as int64)", [("c", column)]) == "'x' is no int64")
  }

  @Test("joined under one dictionary, also of different ones")
  func joined() throws {
    let parts: [[String?]] = [["a", "b"], ["b", Self.long, nil], [], [nil], ["c", "a"]]
    let columns = parts.map { Column(categories: $0) }
    let joined = RowKernels.concatenate(columns)
    #expect(joined.all == columns.flatMap(\.all))
    #expect(codes(joined)?.dictionary.count == 5)  // with the placeholder of columns without text
    // Dictionaries of one size are no more alike than others.
    let pair = [Column(categories: ["a", "b"]), Column(categories: ["b", "c"])]
    #expect(RowKernels.concatenate(pair).all == pair.flatMap(\.all))
    let same = RowKernels.concatenate([columns[0], columns[0]])
    #expect(codes(same)?.dictionary === codes(columns[0])?.dictionary)
    let chosen = SelectionKernels.choose(
      [(Column([true, false, nil]), columns[1])], otherwise: Column(categories: ["x", "y", "b"]))
    #expect(chosen.all == ["b", "y", "b"].map { .string($0) })
  }

  /// Rows in small partitions, so that every block has a dictionary of its own.
  static let rows =
    "k,n\n"
    + (0..<3000).map { "\(["beta", "alpha", "", "gamma of more than twelve bytes"][$0 * 7 % 4]),\($0)\n" }.joined()

  private func frame(_ type: DType?, _ query: (LazyFrame) throws -> LazyFrame) throws -> DataFrame {
    var options = CSVOptions()
    options.partitionSize = 5000
    if let type { options.types = ["k": type] }
    return try Fixtures.withFile(Self.rows) { path in try query(LazyFrame.scanCSV(path, options: options)).compute() }
  }

  @Test(
    "of many files and partitions group, sort, filter and aggregate as text does",
    arguments: [
      "group", "two keys", "extremes", "sort", "filter", "distinct",
    ])
  func queries(name: String) throws {
    func run(_ type: DType) throws -> DataFrame {
      try frame(type) { rows in
        switch name {
        case "group": rows.groupBy(col("k")).aggregate(col("n").sum(), count().as("rows"))
        case "two keys": rows.groupBy(col("k"), (col("n") % 3).as("m")).aggregate(count().as("rows"))
        case "extremes":
          rows.groupBy([]).aggregate(col("k").min(), col("k").max(), col("k").first(), col("k").last())
        case "sort": rows.sort(by: [SortKey(col("k"), descending: true), SortKey(col("n"))]).limit(1000)
        case "filter": rows.filter(col("k").str.contains("a") && col("k") != "beta")
        default: rows.groupBy([]).aggregate(col("k").countDistinct(), col("k").count())
        }
      }
    }
    let (texts, categories) = (try run(.string), try run(.categorical))
    #expect(categories.rows.map { $0 } == texts.rows.map { $0 })
    #expect(texts.rowCount > 0)
    for (text, category) in zip(texts.schema.fields, categories.schema.fields) {
      #expect(category.type == (text.type == .string ? .categorical : text.type))
    }
  }

  @Test("are written as text")
  func written() {
    let batch = RecordBatch(
      schema: Schema([Field("c", .categorical)]), columns: [Column(categories: ["a, b", nil, Self.long])], rowCount: 3)
    #expect(text { CSVWriter().write(batch, to: $0) } == "c\n\"a, b\"\n\n\(Self.long)\n")
    #expect(
      text { JSONWriter(layout: .lines).write(batch, to: $0) }
        == "{\"c\":\"a, b\"}\n{\"c\":null}\n{\"c\":\"\(Self.long)\"}\n")
    #expect(DataFrame(batch).description.contains("categorical"))
  }

  private func text(_ write: ((UnsafeRawBufferPointer) -> Void) -> Void) -> String {
    var bytes: [UInt8] = []
    write { bytes += $0 }
    return String(decoding: bytes, as: UTF8.self)
  }
}
