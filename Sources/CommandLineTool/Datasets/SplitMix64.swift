/// A small, fast generator of pseudo-random numbers whose sequence is the same on every machine, for ever.
///
/// It is SplitMix64 (Steele, Lea, Flood: "Fast splittable pseudorandom number generators", 2014). The random functions
/// of the standard library are not used on top of it, since how they draw may change between versions of Swift.
struct SplitMix64: Sendable {
  private var state: UInt64

  init(seed: UInt64) {
    state = seed
  }

  /// A generator for one of many independent streams of the same seed.
  init(seed: UInt64, stream: UInt64) {
    var parent = SplitMix64(seed: seed)
    state = Self.mixed(parent.next() &+ Self.mixed(stream &+ 1))
  }

  /// The next 64 random bits.
  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    return Self.mixed(state)
  }

  /// A random number from `0` up to, not including, `bound`.
  mutating func next(below bound: Int) -> Int {
    Int(next().multipliedFullWidth(by: UInt64(bound)).high)
  }

  private static func mixed(_ bits: UInt64) -> UInt64 {
    var bits = bits
    bits = (bits ^ (bits >> 30)) &* 0xBF58_476D_1CE4_E5B9
    bits = (bits ^ (bits >> 27)) &* 0x94D0_49BB_1331_11EB
    return bits ^ (bits >> 31)
  }
}
