import Columnar
import TestSupport
import Testing

@testable import LazyFrame

@Suite("Rolling windows") struct RollingTests {
  private func compute(_ values: [Double?], _ expression: Expression) throws -> [Double?] {
    let column = Column(values)
    let batch = RecordBatch(schema: Schema([Field("x", .float64)]), columns: [column], rowCount: values.count)
    return try LazyFrame(DataFrame(batch)).select(expression.as("y")).compute().values("y", as: Double.self)
  }

  @Test("a large value, an infinity or NaN leaves nothing behind when it leaves the window")
  func leaving() throws {
    for large in [1e300, .infinity, .nan] {
      let sums = try compute([large, 0.1, 0.2, 0.3, 0.4], col("x").rolling(rows: 2).sum())
      #expect(Array(sums[2...]) == [0.1 + 0.2, 0.5, 0.7])
      let deviations = try compute([large, 5, 5, 5], col("x").rolling(rows: 2).standardDeviation())
      #expect(Array(deviations[2...]) == [0, 0])
    }
  }

  @Test(
    "sums are those of the window alone, rounded once, however long the column is", arguments: [1, 2, 3] as [UInt64])
  func exact(seed: UInt64) throws {
    var generator = SplitMix64(seed: seed)
    // Sums of such numbers are exact in 80 bits, so that the rounded one is known.
    let values = (0..<2000).map { _ in Double(Int64.random(in: -(1 << 52)...(1 << 52), using: &generator)) }
    for rows in [1, 2, 7, 100, 3000] {
      let sums = try compute(values, col("x").rolling(rows: rows, minimum: 1).sum())
      for row in stride(from: 0, to: 2000, by: 37) {
        let window = values[max(0, row - rows + 1)...row]
        let exact = window.reduce(Int128(0)) { $0 + Int128($1) }
        #expect(sums[row] == Double(exact), "seed \(seed), \(rows) rows, row \(row)")
      }
    }
  }

  @Test("every window is the aggregate of its rows", arguments: [4, 5, 6] as [UInt64])
  func naive(seed: UInt64) throws {
    let batch = WindowSamples.batch(rows: 150, seed: seed)
    let frame = LazyFrame(DataFrame(batch))
    let forms: [(RollingExpression) -> Expression] = [
      { $0.sum() }, { $0.mean() }, { $0.min() }, { $0.max() }, { $0.variance() }, { $0.standardDeviation() },
      { $0.count() }, { $0.median() }, { $0.quantile(0.9) },
    ]
    let aggregates: [(Expression) -> Expression] = [
      { $0.sum() }, { $0.mean() }, { $0.min() }, { $0.max() }, { $0.variance() }, { $0.standardDeviation() },
      { $0.count() }, { $0.median() }, { $0.quantile(0.9) },
    ]
    for name in ["x", "i"] {
      for rows in [1, 2, 5, 40] {
        let rolled = try frame.select(
          forms.enumerated().map { $1(col(name).rolling(rows: rows, minimum: 1)).as("\($0)") }
        ).compute()
        for row in stride(from: 0, to: 150, by: 11) {
          let inside = frame.filter(col("row") <= lit(row) && col("row") > lit(row - rows))
          let expected = try inside.groupBy().aggregate(aggregates.enumerated().map { $1(col(name)).as("\($0)") })
            .compute()
          for (index, column) in rolled.columns.enumerated() {
            var wanted = expected.columns[index][0]
            // A window without values has no count.
            if wanted == .int(0), index == 6 { wanted = .null }
            #expect(isNear(column[row], wanted), "seed \(seed), \(name), \(rows) rows, row \(row), form \(index)")
          }
        }
      }
    }
  }

  private func isNear(_ value: Value, _ expected: Value) -> Bool {
    if case .double(let value) = value, case .double(let expected) = expected {
      return value.isNaN && expected.isNaN || value == expected || abs(value - expected) <= 1e-13 * abs(expected)
    }
    return value == expected
  }

  @Test("windows of months have the length that the months have")
  func months() throws {
    let days = ["2024-01-31", "2024-02-01", "2024-02-29", "2024-03-01", "2024-03-31"]
    let dates = Column(days.map { CivilDate(parsing: $0) })
    let batch = RecordBatch(
      schema: Schema([Field("d", .date), Field("x", .int64)]),
      columns: [dates, Column([1, 2, 4, 8, 16] as [Int64?])], rowCount: 5)
    let result = try LazyFrame(DataFrame(batch)).select(
      col("x").rolling(by: col("d"), window: "1mo").sum().as("month"),
      col("x").rolling(by: col("d"), window: "week").sum().as("week"),
      col("x").rolling(by: col("d"), window: "25h", minimum: 2).sum().as("hours")
    ).compute()
    #expect(try result.values("month", as: Int.self) == [1, 3, 7, 12, 24])
    #expect(try result.values("week", as: Int.self) == [1, 3, 4, 12, 16])
    #expect(try result.values("hours", as: Int.self) == [nil, 3, nil, 12, nil])
  }
}
