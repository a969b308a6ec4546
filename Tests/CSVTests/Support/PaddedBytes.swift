import CSVSIMD
import Testing

/// Bytes with the room around them that the vector kernels may read: filled with what would be seen if it were used.
final class PaddedBytes {
  private let buffer: UnsafeMutableBufferPointer<UInt8>
  let count: Int

  /// - Parameter filler: the byte before and behind; by default a quote, the worst to take for data.
  init(_ bytes: some Collection<UInt8>, filler: UInt8 = UInt8(ascii: "\"")) {
    let padding = Int(CSV_SIMD_PADDING)
    count = bytes.count
    buffer = .allocate(capacity: count + 2 * padding)
    buffer.initialize(repeating: filler)
    Array(bytes).withUnsafeBytes { bytes in
      UnsafeMutableRawBufferPointer(rebasing: UnsafeMutableRawBufferPointer(buffer)[padding...]).copyMemory(from: bytes)
    }
  }

  deinit {
    buffer.deallocate()
  }

  var data: UnsafePointer<UInt8> { UnsafePointer(buffer.baseAddress! + Int(CSV_SIMD_PADDING)) }
}

/// The kernels that this CPU can run.
enum Variant: String, CaseIterable, CustomTestStringConvertible {
  case portable, avx2, avx512

  static var available: [Variant] { allCases.filter { csv_simd_kernels($0.rawValue) != nil } }

  var kernels: csv_kernels {
    guard let kernels = csv_simd_kernels(rawValue) else { preconditionFailure("the CPU cannot run \(rawValue)") }
    return kernels.pointee
  }

  var testDescription: String { rawValue }
}
