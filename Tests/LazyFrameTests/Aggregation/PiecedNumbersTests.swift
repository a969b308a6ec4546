import Columnar
import TestSupport
import Testing

@testable import LazyFrame

@Suite("Quantiles of many numbers where they lie")
struct PiecedNumbersTests {
  private static let shapes: [(name: String, value: @Sendable (Int, inout SplitMix64) -> Double)] = [
    ("random", { _, numbers in Double(numbers.next() >> 11) * 0x1p-53 }),
    (
      "random signs and sizes",
      { _, numbers in
        Double(
          sign: numbers.next() & 1 == 0 ? .plus : .minus, exponent: Int(numbers.next() % 600) - 300, significand: 1.5)
      }
    ),
    ("ascending", { index, _ in Double(index) }),
    ("descending", { index, _ in Double(-index) }),
    ("equal", { _, _ in 7 }),
    ("zeros of both signs", { _, numbers in numbers.next() & 1 == 0 ? 0.0 : -0.0 }),
    ("five values", { _, numbers in Double(numbers.next() % 5) }),
    ("two values, half each", { index, _ in Double(index & 1) }),
    ("sawtooth", { index, _ in Double(index % 8) }),
    ("infinities", { _, numbers in [-.infinity, 1, 2, .infinity][Int(numbers.next() % 4)] }),
    ("a third NaN", { _, numbers in numbers.next() % 3 == 0 ? .nan : Double(numbers.next() % 1000) }),
    ("nearly all NaN", { index, _ in index % 1000 == 0 ? Double(index) : .nan }),
    ("one far away", { index, _ in index == 77 ? 1e300 : Double(index % 3) * 1e-9 }),
  ]

  private static let fractions = [0, 1e-7, 1.0 / 3, 0.5, 0.9, 0.99999, 1]

  /// Pieces of odd lengths, and in some of them nulls, whose slots hold something.
  private func pieces(_ values: [Double], nulls: Bool) -> [Column] {
    var columns: [Column] = []
    var start = 0
    for length in [1, 4096, 63, 20_000, 0, 2048] + Array(repeating: 15_001, count: values.count / 15_001 + 1) {
      let end = min(start + length, values.count)
      let piece = values[start..<end].map { $0 as Double? }
      let isSparse = nulls && columns.count % 2 == 1
      columns.append(
        isSparse
          ? Column(piece.flatMap { [$0, nil] } + [nil])
          : Column(type: .float64, values: .float64(Buffer(values[start..<end]))))
      start = end
    }
    return columns
  }

  @Test("are those of the numbers in order", arguments: 0..<13, [false, true])
  func equal(shape: Int, nulls: Bool) throws {
    var numbers = SplitMix64(seed: shape)
    let shape = PiecedNumbersTests.shapes[shape]
    let values = (0..<70_000).map { shape.value($0, &numbers) }
    let sorted = values.sorted { $0 < $1 || !$0.isNaN && $1.isNaN }
    let columns = pieces(values, nulls: nulls)
    let found = PiecedNumbers(
      columns.map { PiecedNumbers.Piece(values: $0.float64s.pointer, count: $0.count, validity: $0.validity) })
    for fraction in PiecedNumbersTests.fractions {
      let rank = QuantileRank(fraction, count: sorted.count)
      let isNaN = sorted[rank.upper].isNaN
      let expected = isNaN ? .nan : rank.interpolate(sorted[rank.lower], sorted[rank.upper])
      let quantile = try #require(withExtendedLifetime(columns) { found.quantile(fraction) })
      #expect(
        quantile.bitPattern == expected.bitPattern || quantile.isNaN && expected.isNaN,
        "\(shape.name), \(fraction): \(quantile), not \(expected)")
    }
  }

  @Test("are nothing where there are none, and the number where there is one")
  func few() {
    let columns = [Column([nil, 4.5, nil] as [Double?])]
    func quantile(_ columns: [Column]) -> Double? {
      PiecedNumbers(
        columns.map { PiecedNumbers.Piece(values: $0.float64s.pointer, count: $0.count, validity: $0.validity) }
      ).quantile(0.3)
    }
    #expect(withExtendedLifetime(columns) { quantile(columns) } == 4.5)
    #expect(quantile([]) == nil)
  }

  @Test("are found in the same way for a large group among small ones")
  func groups() throws {
    var numbers = SplitMix64(seed: 4)
    let keys = (0..<90_000).map { Int64($0 % 50 == 0 ? $0 % 7 : 10) }
    let values = keys.map { _ in Double(numbers.next() % 10_000) / 8 }
    let frame = try LazyFrame(["k": .column(Column(keys)), "x": .column(Column(values))], partitions: 3)
    let result = try frame.groupBy(col("k")).aggregate(col("x").quantile(0.3).as("q"), col("x").median().as("m"))
      .compute()
    for row in result.rows {
      let group = zip(keys, values).filter { Double($0.0) == row[0].number }.map(\.1).sorted()
      for (fraction, found) in [(0.3, row[1]), (0.5, row[2])] {
        let rank = QuantileRank(fraction, count: group.count)
        #expect(found == .double(rank.interpolate(group[rank.lower], group[rank.upper])), "\(row)")
      }
    }
  }
}
