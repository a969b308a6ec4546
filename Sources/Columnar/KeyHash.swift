/// Hashes of keys: the same in every process and on every machine.
///
/// Words are mixed by multiplication to 128 bits and folding, two of them at a time, as in wyhash (Wang Yi, 2019). What the
/// loops of the group-by and of joins live on is inlinable.
package enum KeyHash {
  @inlinable package static var multiplier: UInt64 { 0xA076_1D64_78BD_642F }
  @inlinable package static var seed: UInt64 { 0xE703_7ED1_A0B4_28DB }

  @inlinable @inline(__always)
  package static func mix(_ left: UInt64, _ right: UInt64) -> UInt64 {
    let (high, low) = left.multipliedFullWidth(by: right)
    return high ^ low
  }

  /// The hash of one word, after what was hashed before.
  @inlinable @inline(__always)
  package static func add(_ word: UInt64, to hash: UInt64) -> UInt64 { mix(hash ^ word, multiplier) }

  /// The hash of two words, after what was hashed before.
  @inlinable @inline(__always)
  package static func add(_ first: UInt64, _ second: UInt64, to hash: UInt64) -> UInt64 {
    mix(hash ^ first, multiplier ^ second)
  }

  @inlinable @inline(__always)
  package static func hash(_ words: UnsafePointer<UInt64>, count: Int) -> UInt64 {
    var hash = seed
    var index = 0
    while index &+ 2 <= count {
      hash = add(words[index], words[index &+ 1], to: hash)
      index &+= 2
    }
    return index < count ? add(words[index], to: hash) : hash
  }

  package static func hash(_ text: UnsafeRawBufferPointer) -> UInt64 {
    var hash = mix(seed ^ UInt64(text.count), multiplier)
    var at = 0
    while at + 8 <= text.count {
      hash = mix(hash ^ text.loadUnaligned(fromByteOffset: at, as: UInt64.self), multiplier)
      at += 8
    }
    var rest: UInt64 = 0
    for index in at..<text.count { rest |= UInt64(text[index]) << UInt64(8 * (index - at)) }
    return mix(hash ^ rest, seed)
  }
}
