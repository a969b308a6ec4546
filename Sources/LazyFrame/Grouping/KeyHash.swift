/// Hashes of keys: the same in every process, for tables whose order does not depend on the hash.
///
/// Words are mixed by multiplication to 128 bits and folding, as in wyhash (Wang Yi, 2019).
enum KeyHash {
  private static let multiplier: UInt64 = 0xA076_1D64_78BD_642F
  private static let seed: UInt64 = 0xE703_7ED1_A0B4_28DB

  @inline(__always)
  private static func mix(_ left: UInt64, _ right: UInt64) -> UInt64 {
    let (high, low) = left.multipliedFullWidth(by: right)
    return high ^ low
  }

  @inline(__always)
  static func hash(_ words: UnsafePointer<UInt64>, count: Int) -> UInt64 {
    var hash = seed
    for index in 0..<count { hash = mix(hash ^ words[index], multiplier) }
    return mix(hash, seed)
  }

  static func hash(_ text: UnsafeRawBufferPointer) -> UInt64 {
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
