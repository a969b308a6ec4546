/// Compresses text into one gzip member (RFC 1952), whose bytes depend on the text alone: it has no name and no time.
package final class GzipWriter {
  private static let pieceSize = 64 << 10

  private let zlib: ZLib
  private let stream: UnsafeMutablePointer<ZLib.Stream>
  private let output: UnsafeMutableRawBufferPointer

  /// Why nothing can be compressed.
  package struct Unavailable: Error {
    package let message = "compressing needs the library zlib, and libz.so.1 cannot be loaded"
    package let hint = "install the Debian package zlib1g, or write a file without .gz"
  }

  /// - Throws: `Unavailable` when the library zlib is missing.
  package init() throws(Unavailable) {
    do {
      zlib = try ZLib.installed.get()
    } catch {
      throw Unavailable()
    }
    stream = .allocate(capacity: 1)
    stream.initialize(to: ZLib.Stream())
    output = .allocate(byteCount: GzipWriter.pieceSize, alignment: 64)
    guard zlib.beginDeflate(stream) else { throw Unavailable() }
  }

  deinit {
    _ = zlib.endDeflate(stream)
    stream.deallocate()
    output.deallocate()
  }

  /// Compresses the next part of the text, and hands on what comes of it.
  package func write(_ bytes: UnsafeRawBufferPointer, to sink: (UnsafeRawBufferPointer) throws -> Void) throws {
    var rest = bytes
    while !rest.isEmpty {
      // A step's counts have 32 bits.
      let part = UnsafeRawBufferPointer(rebasing: rest.prefix(1 << 30))
      stream.pointee.nextIn = UnsafeMutablePointer(mutating: part.assumingMemoryBound(to: UInt8.self).baseAddress)
      stream.pointee.availableIn = UInt32(part.count)
      while stream.pointee.availableIn > 0 { try step(ZLib.noFlush, sink) }
      rest = UnsafeRawBufferPointer(rebasing: rest[part.count...])
    }
  }

  /// Hands on the end of the member. What is written then begins another one.
  package func finish(to sink: (UnsafeRawBufferPointer) throws -> Void) throws {
    while try step(ZLib.finish, sink) != ZLib.streamEnd {}
    restart()
  }

  /// Forgets what was written.
  package func restart() {
    _ = zlib.resetDeflate(stream)
  }

  @discardableResult
  private func step(_ flush: Int32, _ sink: (UnsafeRawBufferPointer) throws -> Void) throws -> Int32 {
    stream.pointee.nextOut = output.baseAddress?.assumingMemoryBound(to: UInt8.self)
    stream.pointee.availableOut = UInt32(output.count)
    let status = zlib.deflate(stream, flush)
    let count = output.count - Int(stream.pointee.availableOut)
    if count > 0 { try sink(UnsafeRawBufferPointer(rebasing: output[..<count])) }
    return status
  }
}
