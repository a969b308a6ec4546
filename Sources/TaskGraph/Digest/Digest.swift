/// A running 128-bit FNV-1a hash (Fowler, Noll, Vo). The same bytes give the same value in every process, unlike `Hasher`.
///
/// It tells different inputs apart; it does not protect against somebody who constructs equal digests on purpose.
struct Digest {
  /// The hash of all that was absorbed so far.
  private(set) var value: UInt128 = 0x6c62_272e_07bb_0142_62b8_2175_6295_c58d

  mutating func absorb(byte: UInt8) {
    value = (value ^ UInt128(byte)) &* 0x0000_0000_0100_0000_0000_0000_0000_013b
  }

  /// Absorbs an integer as its bytes, lowest first.
  mutating func absorb(_ number: some FixedWidthInteger & UnsignedInteger) {
    for shift in stride(from: 0, to: number.bitWidth, by: 8) {
      absorb(byte: UInt8(truncatingIfNeeded: number >> shift))
    }
  }

  /// Absorbs a text: its length comes first, so that where it ends is part of the hash.
  mutating func absorb(_ text: String) {
    absorb(UInt64(text.utf8.count))
    for byte in text.utf8 { absorb(byte: byte) }
  }
}
