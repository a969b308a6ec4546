/// Hashes of the words of keys: the same in every process and on every machine.
///
/// Words are mixed by multiplication to 128 bits and folding, two of them at a time, as in wyhash (Wang Yi, 2019). It is not in
/// the module of the columns, since functions are not inlined from there.
enum KeyHash {
  private static let multiplier: UInt64 = 0xA076_1D64_78BD_642F
  static let seed: UInt64 = 0xE703_7ED1_A0B4_28DB

  @inline(__always)
  private static func mix(_ left: UInt64, _ right: UInt64) -> UInt64 {
    let (high, low) = left.multipliedFullWidth(by: right)
    return high ^ low
  }

  /// The hash of one word, after what was hashed before.
  @inline(__always)
  static func add(_ word: UInt64, to hash: UInt64) -> UInt64 { mix(hash ^ word, multiplier) }

  /// The hash of two words, after what was hashed before.
  @inline(__always)
  static func add(_ first: UInt64, _ second: UInt64, to hash: UInt64) -> UInt64 {
    mix(hash ^ first, multiplier ^ second)
  }

  @inline(__always)
  static func hash(_ words: UnsafePointer<UInt64>, count: Int) -> UInt64 {
    var hash = seed
    var index = 0
    while index &+ 2 <= count {
      hash = add(words[index], words[index &+ 1], to: hash)
      index &+= 2
    }
    return index < count ? add(words[index], to: hash) : hash
  }
}
