/// Values of one size side by side, whatever they mean: what kernels work on that only move values.
///
/// So a type of a new meaning, or a new width, costs those kernels nothing:
///
///     int64 · float64 · datetime …     8 bytes each
///     string                           16, the views; the blocks they point into stay with the column
///     categorical                      4, the codes; so does their dictionary
///
package struct FixedValues: @unchecked Sendable {
  // Sendable: the pointer points into the storage, whose bytes do not change while values share it.
  private let storage: Storage
  package let pointer: UnsafeRawPointer
  package let count: Int
  /// The bytes of one value.
  package let width: Int

  package init<Element>(_ buffer: Buffer<Element>) {
    storage = buffer.storage
    pointer = UnsafeRawPointer(buffer.pointer)
    count = buffer.count
    width = MemoryLayout<Element>.stride
  }

  /// The same memory as values of a type of this width. O(1).
  package func buffer<Element>(of type: Element.Type = Element.self) -> Buffer<Element> {
    precondition(MemoryLayout<Element>.stride == width, "values of \(width) bytes are no \(Element.self)")
    return Buffer(storage: storage, pointer: pointer.assumingMemoryBound(to: Element.self), count: count)
  }

  package var byteCount: Int { count * width }

  /// Values whose bytes are all zero.
  package static func zeros(count: Int, width: Int) -> FixedValues {
    let bytes = MutableBuffer<UInt8>(repeating: 0, count: count * width).freeze()
    return FixedValues(storage: bytes.storage, count: count, width: width)
  }

  /// The first bytes of a storage.
  package init(storage: Storage, count: Int, width: Int) {
    (self.storage, self.count, self.width) = (storage, count, width)
    pointer = UnsafeRawPointer(storage.base)
  }

  /// Calls `body` with the bytes of the values. The pointer is valid only inside `body`.
  package func withBytes<Result>(_ body: (UnsafeRawBufferPointer) throws -> Result) rethrows -> Result {
    try withExtendedLifetime(storage) { try body(UnsafeRawBufferPointer(start: pointer, count: byteCount)) }
  }

  /// Values written by `body`, which must write all of their bytes.
  package init(count: Int, width: Int, writing body: (UnsafeMutableRawBufferPointer) throws -> Void) rethrows {
    let storage = Storage(byteCount: count * width)
    try body(UnsafeMutableRawBufferPointer(start: storage.base, count: count * width))
    self.init(storage: storage, count: count, width: width)
  }
}

extension Column.Values {
  /// The values as they lie side by side; nil for those that do not: nulls without a type, bits, and lists.
  package var fixed: FixedValues? {
    switch self {
    case .null, .bool, .list: nil
    case .int8(let buffer): FixedValues(buffer)
    case .int16(let buffer): FixedValues(buffer)
    case .int32(let buffer): FixedValues(buffer)
    case .int64(let buffer): FixedValues(buffer)
    case .uint8(let buffer): FixedValues(buffer)
    case .uint16(let buffer): FixedValues(buffer)
    case .uint32(let buffer): FixedValues(buffer)
    case .uint64(let buffer): FixedValues(buffer)
    case .float32(let buffer): FixedValues(buffer)
    case .float64(let buffer): FixedValues(buffer)
    case .string(let strings): FixedValues(strings.views)
    case .categorical(let categories): FixedValues(categories.codes)
    }
  }

  /// Other values of the same kind. Views point into the same blocks, codes mean the same entries.
  package func replacing(_ fixed: FixedValues) -> Column.Values {
    switch self {
    case .null, .bool, .list: preconditionFailure("nulls, bits and lists do not lie side by side")
    case .int8: .int8(fixed.buffer())
    case .int16: .int16(fixed.buffer())
    case .int32: .int32(fixed.buffer())
    case .int64: .int64(fixed.buffer())
    case .uint8: .uint8(fixed.buffer())
    case .uint16: .uint16(fixed.buffer())
    case .uint32: .uint32(fixed.buffer())
    case .uint64: .uint64(fixed.buffer())
    case .float32: .float32(fixed.buffer())
    case .float64: .float64(fixed.buffer())
    case .string(let strings): .string(StringValues(views: fixed.buffer(), blocks: strings.blocks))
    case .categorical(let categories):
      .categorical(CategoricalValues(codes: fixed.buffer(), dictionary: categories.dictionary))
    }
  }

  /// No value, in the layout of `type`.
  package init(emptyOf type: DType) {
    self =
      switch type.kind {
      case .null: .null(count: 0)
      case .bool: .bool(MutableBitmap(repeating: false, count: 0).freeze())
      case .int8: .int8(.empty)
      case .int16: .int16(.empty)
      case .int32, .date: .int32(.empty)
      case .int64, .datetime, .duration: .int64(.empty)
      case .uint8: .uint8(.empty)
      case .uint16: .uint16(.empty)
      case .uint32: .uint32(.empty)
      case .uint64: .uint64(.empty)
      case .float32: .float32(.empty)
      case .float64: .float64(.empty)
      case .string: .string(StringValues(views: .empty, blocks: []))
      case .categorical: .categorical(CategoricalValues(codes: .empty, dictionary: .none))
      case .list:
        .list(ListValues(offsets: Buffer([0]), elements: Column(nullsOf: type.element ?? .null, count: 0)))
      }
  }
}

extension Buffer {
  fileprivate static var empty: Buffer { MutableBuffer(count: 0).freeze() }
}

extension Column {
  /// A column of nulls.
  package init(nullsOf type: DType, count: Int) {
    let values: Values
    switch Values(emptyOf: type) {
    case .null:
      self.init(type: type, values: .null(count: count))
      return
    case .bool: values = .bool(MutableBitmap(repeating: false, count: count).freeze())
    case .list(let lists):
      let offsets = MutableBuffer<Int64>(repeating: 0, count: count + 1).freeze()
      values = .list(ListValues(offsets: offsets, elements: lists.elements))
    case let empty:
      values = empty.fixed.map { empty.replacing(.zeros(count: count, width: $0.width)) } ?? empty
    }
    self.init(
      type: type, values: values,
      validity: count > 0 ? MutableBitmap(repeating: false, count: count).freeze() : nil)
  }
}
