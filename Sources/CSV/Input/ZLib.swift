import Glibc

/// The functions of the library zlib that are used here.
///
/// It is looked up when a compressed file is first met, so that programs start without it. What it does is described in zlib.h.
struct ZLib: Sendable {
  /// `z_stream`: what is to be done next, and where. Its size is checked by the library.
  struct Stream {
    var nextIn: UnsafeMutablePointer<UInt8>?
    var availableIn: UInt32 = 0
    var totalIn: UInt = 0
    var nextOut: UnsafeMutablePointer<UInt8>?
    var availableOut: UInt32 = 0
    var totalOut: UInt = 0
    var message: UnsafePointer<CChar>?
    var state: OpaquePointer?
    var allocate: OpaquePointer?
    var free: OpaquePointer?
    var opaque: OpaquePointer?
    var dataType: Int32 = 0
    var checksum: UInt = 0
    var reserved: UInt = 0
  }

  typealias Step = @convention(c) @Sendable (UnsafeMutableRawPointer, Int32) -> Int32
  typealias Change = @convention(c) @Sendable (UnsafeMutableRawPointer) -> Int32
  private typealias InitInflate =
    @convention(c) @Sendable (UnsafeMutableRawPointer, Int32, UnsafePointer<CChar>, Int32) -> Int32
  private typealias InitDeflate =
    @convention(c) @Sendable (
      UnsafeMutableRawPointer, Int32, Int32, Int32, Int32, Int32, UnsafePointer<CChar>, Int32
    ) -> Int32
  private typealias Version = @convention(c) @Sendable () -> UnsafePointer<CChar>

  let inflate: Step
  let resetInflate: Change
  let endInflate: Change
  let deflate: Step
  let resetDeflate: Change
  let endDeflate: Change
  private let initInflate: InitInflate
  private let initDeflate: InitDeflate
  private let version: Version

  // From zlib.h, where they are macros.
  static let ok: Int32 = 0
  static let streamEnd: Int32 = 1
  static let bufferError: Int32 = -5
  static let noFlush: Int32 = 0
  static let finish: Int32 = 4
  private static let deflated: Int32 = 8
  private static let usualLevel: Int32 = -1
  private static let usualMemory: Int32 = 8
  private static let usualStrategy: Int32 = 0
  /// The largest window, and the head and the tail of the gzip format (RFC 1952) around the data.
  private static let gzipWindow: Int32 = 15 + 16

  /// The library of this machine.
  static let installed = Result { try ZLib(library: "libz.so.1") }

  struct Missing: Error {
    let library: String
  }

  /// - Throws: `Missing` when the library is not there, or lacks a function.
  init(library: String) throws {
    // Never closed: the functions are used until the program ends.
    guard let handle = dlopen(library, RTLD_NOW | RTLD_LOCAL) else { throw Missing(library: library) }
    func find<Function>(_ name: String, _ type: Function.Type = Function.self) throws -> Function {
      guard let symbol = dlsym(handle, name) else { throw Missing(library: library) }
      return unsafeBitCast(symbol, to: type)
    }
    inflate = try find("inflate")
    resetInflate = try find("inflateReset")
    endInflate = try find("inflateEnd")
    deflate = try find("deflate")
    resetDeflate = try find("deflateReset")
    endDeflate = try find("deflateEnd")
    initInflate = try find("inflateInit2_")
    initDeflate = try find("deflateInit2_")
    version = try find("zlibVersion")
  }

  /// Prepares a stream to be decompressed; false without memory.
  func beginInflate(_ stream: UnsafeMutablePointer<Stream>) -> Bool {
    initInflate(stream, ZLib.gzipWindow, version(), Int32(MemoryLayout<Stream>.size)) == ZLib.ok
  }

  /// Prepares a stream to be compressed; false without memory.
  func beginDeflate(_ stream: UnsafeMutablePointer<Stream>) -> Bool {
    initDeflate(
      stream, ZLib.usualLevel, ZLib.deflated, ZLib.gzipWindow, ZLib.usualMemory, ZLib.usualStrategy, version(),
      Int32(MemoryLayout<Stream>.size)) == ZLib.ok
  }
}
