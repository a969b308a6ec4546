/// A hash of text: the same in every process and on every machine.
///
/// Words are mixed by multiplication to 128 bits and folding, as in wyhash (Wang Yi, 2019).
package enum TextHash {
  private static let multiplier: UInt64 = 0xA076_1D64_78BD_642F
  private static let seed: UInt64 = 0xE703_7ED1_A0B4_28DB

  @inline(__always)
  private static func mix(_ left: UInt64, _ right: UInt64) -> UInt64 {
    let (high, low) = left.multipliedFullWidth(by: right)
    return high ^ low
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
