import TestSupport
import Testing

@testable import LazyFrame

@Suite("Floats of twice the precision")
struct DoubleDoubleTests {
  @Test("hold sums and products of two floats exactly", arguments: 0..<20)
  func exact(seed: Int) {
    var random = SplitMix64(seed: UInt64(seed))
    for _ in 0..<200 {
      // Whole numbers, so that 128 bits hold the answer.
      let (a, b) = (Int64(bitPattern: random.next()) >> 12, Int64(bitPattern: random.next()) >> 12)
      let (x, y) = (Double(a), Double(b))
      let product = Int128(a) * Int128(b)
      for found in [DoubleDouble.product(x, y), DoubleDouble.splitProduct(x, y)] {
        #expect(Int128(found.high) + Int128(found.low) == product)
      }
      let shifted = DoubleDouble.sum(x * 0x1p40, y)
      #expect(Int128(shifted.high) + Int128(shifted.low) == Int128(a) << 40 + Int128(b))
    }
  }

  @Test("are added, subtracted, multiplied and divided with an error far below one float's")
  func arithmetic() {
    let third = DoubleDouble(1) / 3
    #expect((third * 3 - DoubleDouble(1)).rounded.magnitude < 1e-31)
    let tenth = DoubleDouble(1) / 10
    let hundredth = tenth * tenth
    #expect((hundredth * 100 - DoubleDouble(1)).rounded.magnitude < 1e-30)
    let sum = DoubleDouble(1e20) + DoubleDouble(1) + DoubleDouble(-1e20)
    #expect(sum.rounded == 1)
    #expect((DoubleDouble.product(1e200, 1e200)).rounded == .infinity)
    #expect((DoubleDouble(1e305) * 1).rounded == 1e305)
  }

  @Test("are what a compensated sum keeps: any order gives the same", arguments: 0..<10)
  func orders(seed: Int) {
    var random = SplitMix64(seed: UInt64(seed))
    var values = (0..<500).map { _ in
      (Double(random.next() >> 11) * 0x1p-53 - 0.5) * (random.next() % 2 == 0 ? 1e10 : 1e-6)
    }
    func total() -> Double {
      var sum = CompensatedSum()
      for value in values { sum.add(value) }
      return sum.total
    }
    let expected = total()
    for _ in 0..<5 {
      values.shuffle(using: &random)
      #expect(total() == expected)
    }
    var infinite = CompensatedSum()
    infinite.add(.infinity)
    infinite.add(1)
    #expect(infinite.total == .infinity)
    infinite.add(-.infinity)
    #expect(infinite.total.isNaN)
  }
}
