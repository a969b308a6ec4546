import Columnar
import Testing

@testable import LazyFrame

@Suite("Sorting") struct RowOrderTests {
  private func sorted(_ text: String, _ keys: String, limit: Int? = nil, partitionSize: Int = 16) throws -> [[String]] {
    try Fixtures.withFile(text) { path in
      var options = CSVOptions()
      options.partitionSize = partitionSize
      var frame = try LazyFrame.scanCSV(path, options: options)
        .sort(by: LazyFrame.Expression.parseSortKeys(keys))
      if let limit { frame = frame.limit(limit) }
      return try frame.compute().rows.map { $0.map(\.description) }
    }
  }

  @Test("nulls come last in both directions, NaN is larger than every number")
  func nulls() throws {
    let text = "x\n2.5\nNA\nnan\n-1\ninf\n-inf\n-0.0\n"
    #expect(try sorted(text, "x").flatMap { $0 } == ["-inf", "-1.0", "-0.0", "2.5", "inf", "nan", "null"])
    #expect(try sorted(text, "x:desc").flatMap { $0 } == ["nan", "inf", "2.5", "-0.0", "-1.0", "-inf", "null"])
  }

  @Test("text is sorted by its bytes, also when the first eight are equal")
  func text() throws {
    let rows = ["b", "aaaaaaaab", "aaaaaaaa", "aaaaaaaabbbbbbbbbbbbbbb", "aaaaaaaaa", "ä", "", "a"]
    let text = "x,y\n" + rows.map { "\"\($0)\",1\n" }.joined()
    let expected = rows.sorted { Array($0.utf8).lexicographicallyPrecedes(Array($1.utf8)) }
    #expect(try sorted(text, "x").map { $0[0] } == expected)
    #expect(try sorted(text, "x:desc").map { $0[0] } == expected.reversed())
  }

  @Test("every type has an order, that of its values", arguments: DType.all.filter { $0 != .null })
  func everyType(type: DType) {
    for (count, nulls) in [(0, .none), (1, .none), (300, .some), (65, .all)] as [(Int, KernelSamples.Nulls)] {
      let column = KernelSamples.column(type, count: count, nulls)
      let batch = RecordBatch(schema: Schema([Field("a", type)]), columns: [column], rowCount: count)
      for descending in [false, true] {
        let key = ResolvedSortKey(column: "a", descending: descending)
        let rows = RowOrder.sorted(batch, by: [key], limit: nil).map(Int.init)
        let known = (0..<count).filter { !column.isNull(at: $0) }
        let expected = known.sorted {
          let order = NaiveAggregates.order(column[$0], column[$1])
          return order == 0 ? $0 < $1 : descending ? order > 0 : order < 0
        }
        #expect(rows == expected + (0..<count).filter { column.isNull(at: $0) })
      }
    }
  }

  @Test("equal rows stay in their order, and later keys decide", arguments: [16, 64, 1 << 20])
  func stable(partitionSize: Int) throws {
    let rows = (0..<200).map { ($0 * 7 % 5, $0 * 11 % 3, $0) }
    let text = "a,b,n\n" + rows.map { "\($0),\($1),\($2)\n" }.joined()
    let expected = rows.sorted { ($0.0, -$0.1, $0.2) < ($1.0, -$1.1, $1.2) }.map { ["\($0)", "\($1)", "\($2)"] }
    #expect(try sorted(text, "a, b:desc", partitionSize: partitionSize) == expected)
    for limit in [0, 1, 50, 500] {
      #expect(
        try sorted(text, "a, b:desc", limit: limit, partitionSize: partitionSize) == Array(expected.prefix(limit)))
    }
  }
}
