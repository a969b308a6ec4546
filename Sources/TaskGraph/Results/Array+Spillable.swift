/// A number of fixed size, whose arrays a memory budget can count and put on disk.
public protocol SpillableScalar: BitwiseCopyable, Sendable {}

extension Int: SpillableScalar {}
extension Int8: SpillableScalar {}
extension Int16: SpillableScalar {}
extension Int32: SpillableScalar {}
extension Int64: SpillableScalar {}
extension UInt: SpillableScalar {}
extension UInt8: SpillableScalar {}
extension UInt16: SpillableScalar {}
extension UInt32: SpillableScalar {}
extension UInt64: SpillableScalar {}
extension Float: SpillableScalar {}
extension Double: SpillableScalar {}
extension Bool: SpillableScalar {}

extension Array: MemorySized where Element: SpillableScalar {
  public var byteCount: Int { count * MemoryLayout<Element>.stride }
}

extension Array: Spillable where Element: SpillableScalar {
  public func write(to file: inout some SpillWriter) throws { try file.write(plain: self) }

  public init(reading file: inout some SpillReader) throws { self = try file.read(arrayOf: Element.self) }
}

extension String: MemorySized {
  public var byteCount: Int { utf8.count }
}

extension String: Spillable {
  public func write(to file: inout some SpillWriter) throws { try file.write(plain: Array(utf8)) }

  public init(reading file: inout some SpillReader) throws {
    self = String(decoding: try file.read(arrayOf: UInt8.self), as: UTF8.self)
  }
}
