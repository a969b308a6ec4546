/// A running 128-bit FNV-1a hash (Fowler, Noll, Vo). The same bytes give the same value in every process, unlike `Hasher`.
///
/// It tells different inputs apart; it does not protect against somebody who constructs equal digests on purpose.
struct Digest {
  /// The hash of all that was absorbed so far.
  private(set) var value: UInt128 = 0x6c62_272e_07bb_0142_62b8_2175_6295_c58d

  /// Whether equal digests mean equal values: not if a part of the value could not be encoded.
  var isExact = true

  mutating func absorb(byte: UInt8) {
    value = (value ^ UInt128(byte)) &* 0x0000_0000_0100_0000_0000_0000_0000_013b
  }

  /// Absorbs an integer as its bytes, lowest first.
  mutating func absorb(_ number: UInt64) {
    var rest = number
    for _ in 0..<8 {
      absorb(byte: UInt8(truncatingIfNeeded: rest))
      rest >>= 8
    }
  }

  /// Absorbs an integer as its bytes, lowest first.
  mutating func absorb(_ number: UInt128) {
    absorb(UInt64(truncatingIfNeeded: number))
    absorb(UInt64(truncatingIfNeeded: number >> 64))
  }

  /// Absorbs a text: its length comes first, so that where it ends is part of the hash.
  mutating func absorb(_ text: String) {
    absorb(UInt64(text.utf8.count))
    for byte in text.utf8 { absorb(byte: byte) }
  }
}
