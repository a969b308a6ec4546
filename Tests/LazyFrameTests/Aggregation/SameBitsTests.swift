import Columnar
import TestSupport
import Testing

@testable import LazyFrame

@Suite("Moments of floats have the same bits")
struct SameBitsTests {
  private static let rowCount = 3000

  private static func batch(_ seed: Int) -> RecordBatch {
    var random = SplitMix64(seed: UInt64(seed))
    func uniform() -> Double { Double(random.next() >> 11) * 0x1p-53 }
    // Far from zero, of very different sizes, or prices.
    func value(_ row: Int) -> Double {
      switch seed % 3 {
      case 0: 1e9 + uniform()
      case 1: (uniform() - 0.5) * [1e-8, 1, 1e8][row % 3]
      default: (uniform() * 10_000).rounded() / 100
      }
    }
    let keys = (0..<rowCount).map { _ in Int64(random.next() % 5) }
    let x = (0..<rowCount).map { random.next() % 20 == 0 ? nil : value($0) }
    return RecordBatch(
      schema: Schema([Field("k", .int64), Field("x", .float64), Field("y", .float64)]),
      columns: [Column(keys), Column(x), Column((0..<rowCount).map(value))], rowCount: rowCount)
  }

  private static func aggregates(_ frame: LazyFrame) -> LazyFrame {
    frame.groupBy(col("k")).aggregate([
      col("x").sum().as("sum"), col("x").mean().as("mean"), col("x").variance().as("var"),
      col("x").standardDeviation().as("std"), col("x").skewness().as("skew"), col("x").kurtosis().as("kurt"),
      col("x").covariance(with: col("y")).as("cov"), col("x").correlation(with: col("y")).as("corr"),
      (col("x").abs() / 10_000 + 0.9).product().as("product"), col("y").geometricMean().as("geometric"),
    ])
  }

  private func bits(_ frame: DataFrame) -> [String: [UInt64?]] {
    let columns = frame.columns.map { column in
      column.all.map { value in
        switch value {
        case .double(let value): value.isNaN ? 1 : value.bitPattern
        case .int(let value): UInt64(bitPattern: value)
        default: nil as UInt64?
        }
      }
    }
    return Dictionary(uniqueKeysWithValues: zip(frame.schema.names, columns))
  }

  @Test("however the rows are divided into partitions", arguments: 0..<9)
  func partitions(seed: Int) throws {
    let batch = DataFrame(SameBitsTests.batch(seed))
    let expected = bits(try SameBitsTests.aggregates(LazyFrame(batch, partitions: 1)).compute())
    for count in [2, 7, 50] {
      let found = bits(try SameBitsTests.aggregates(LazyFrame(batch, partitions: count)).compute())
      for (name, values) in expected { #expect(found[name] == values, "\(name)") }
    }
  }

  @Test("whether a filter on the groups is pushed below them or not", arguments: 0..<9)
  func pushedFilter(seed: Int) throws {
    let frame = SameBitsTests.aggregates(LazyFrame(DataFrame(SameBitsTests.batch(seed)), partitions: 3))
    let filtered = frame.filter(col("k") == 1)
    var plain = ComputeOptions()
    plain.disabledPasses = ["predicate-push-down"]
    #expect(bits(try filtered.compute()) == bits(try filtered.compute(plain)))
  }

  @Test("of values whose squares no float can hold: a variance is infinite in every partition")
  func overflow() throws {
    let batch = RecordBatch(
      schema: Schema([Field("x", .float64)]), columns: [Column([1e300, -1e300, 3, 1e200, 0])], rowCount: 5)
    for count in 1...5 {
      let table = try LazyFrame(DataFrame(batch), partitions: count).select(
        col("x").variance().over().as("var")
      ).compute()
      #expect(table.columns[0][0] == .double(.infinity))
      let grouped = LazyFrame(DataFrame(batch), partitions: count).groupBy([]).aggregate([col("x").variance()])
      #expect(try grouped.compute().columns[0][0] == .double(.infinity))
    }
  }

  @Test("of a product: rounded once, and nothing on the way is too large or too small")
  func products() throws {
    func product(_ values: [Double]) throws -> Value {
      let batch = RecordBatch(schema: Schema([Field("x", .float64)]), columns: [Column(values)], rowCount: values.count)
      return try LazyFrame(DataFrame(batch)).groupBy([]).aggregate([col("x").product()]).compute().columns[0][0]
    }
    #expect(try product([1e305, 1]) == .double(1e305))
    #expect(try product([1e200, 1e200]) == .double(.infinity))
    #expect(try product([1e200, 1e200, -1e-300]) == .double(-1e100))
    #expect(try product([-.leastNonzeroMagnitude, 1e300, 1e20]) == .double(-0.0004940656458412466))
    #expect(try product(Array(repeating: 0.5, count: 3000) + Array(repeating: 2, count: 3000)) == .double(1))
    #expect(try product([0.1, 0.1, 0.1]) == .double(0.0010000000000000002))
    #expect(try product([.infinity, 2]) == .double(.infinity))
    #expect(try product([1e-200, 1e-200]) == .double(0))
  }
}
