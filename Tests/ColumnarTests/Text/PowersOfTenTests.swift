import Testing

@testable import Columnar

@Suite("Powers of ten in 128 bits")
struct PowersOfTenTests {
  @Test("are exact as long as they fit")
  func exact() {
    var powers = PowersOfTen()
    var power: UInt128 = 1
    for exponent in 0...38 {
      #expect(powers[exponent] == power << UInt128(power.leadingZeroBitCount), "10^\(exponent)")
      if exponent < 38 { power *= 10 }
    }
  }

  @Test("are rounded up to the last bit, also far away and below one")
  func bounds() {
    // Published values of the Schubfach and Ryu tables' ends.
    var powers = PowersOfTen()
    #expect(powers[-292] == UInt128(0xFF77_B1FC_BEBC_DC4F) << 64 | 0x25E8_E89C_13BB_0F7B)
    #expect(powers[-1] == UInt128(0xCCCC_CCCC_CCCC_CCCC) << 64 | 0xCCCC_CCCC_CCCC_CCCD)
    #expect(powers[324] == UInt128(0x9E19_DB92_B4E3_1BA9) << 64 | 0x6C07_A2C2_6A83_46D2)
  }

  @Test("times each other give the power of the sum, within their precision")
  func products() {
    var powers = PowersOfTen()
    for exponent in -290...290 {
      let product = powers[exponent].multipliedFullWidth(by: powers[-exponent]).high
      // Two numbers from 1 to 2 whose product is a power of two have the product 2.
      let two = UInt128(1) << 127
      #expect(exponent == 0 || (product >= two && product - two <= 4), "10^\(exponent)")
    }
  }
}
