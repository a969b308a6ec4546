import Columnar

// What kernels share: constant columns, and the nulls of results.

extension Column {
  /// A column of equal values.
  init(repeating value: Value, type: DType, count: Int) {
    if value.isNull {
      self.init(nullsOf: type, count: count)
      return
    }
    guard count > 0, let one = Column(type, [value]) else {
      // No row, or a programmer's mistake that the check of the types below shows.
      precondition(count == 0, "a constant of type \(value.type) cannot be a column of type \(type)")
      self.init(nullsOf: type, count: 0)
      return
    }
    func fill<Element>(_ element: Element) -> Buffer<Element> {
      MutableBuffer(repeating: element, count: count).freeze()
    }
    switch one.values {
    case .null: self.init(nullsOf: type, count: count)
    case .bool(let bits):
      self.init(type: type, values: .bool(MutableBitmap(repeating: bits[0], count: count).freeze()))
    case .int32(let buffer): self.init(type: type, values: .int32(fill(buffer[0])))
    case .int64(let buffer): self.init(type: type, values: .int64(fill(buffer[0])))
    case .float32(let buffer): self.init(type: type, values: .float32(fill(buffer[0])))
    case .float64(let buffer): self.init(type: type, values: .float64(fill(buffer[0])))
    case .string(let strings):
      self.init(type: type, values: .string(StringValues(views: fill(strings.views[0]), blocks: strings.blocks)))
    }
  }

  /// A column of nulls.
  init(nullsOf type: DType, count: Int) {
    let values: Values
    switch type.kind {
    case .null:
      self.init(type: .null, values: .null(count: count))
      return
    case .bool: values = .bool(MutableBitmap(repeating: false, count: count).freeze())
    case .int32, .date: values = .int32(MutableBuffer(repeating: 0, count: count).freeze())
    case .int64, .datetime: values = .int64(MutableBuffer(repeating: 0, count: count).freeze())
    case .float32: values = .float32(MutableBuffer(repeating: 0, count: count).freeze())
    case .float64: values = .float64(MutableBuffer(repeating: 0, count: count).freeze())
    case .string:
      values = .string(
        StringValues(views: MutableBuffer<StringView>(repeating: .empty, count: count).freeze(), blocks: []))
    }
    self.init(
      type: type, values: values,
      validity: count > 0 ? MutableBitmap(repeating: false, count: count).freeze() : nil)
  }

  /// The column's 64-bit integers; the resolver has seen to it that they are some.
  var int64s: Buffer<Int64> {
    guard case .int64(let buffer) = values else { preconditionFailure("the plan expects 64-bit integers, not \(type)") }
    return buffer
  }

  /// The column's 64-bit floats.
  var float64s: Buffer<Double> {
    guard case .float64(let buffer) = values else { preconditionFailure("the plan expects 64-bit floats, not \(type)") }
    return buffer
  }

  /// The column's days.
  var int32s: Buffer<Int32> {
    guard case .int32(let buffer) = values else { preconditionFailure("the plan expects dates, not \(type)") }
    return buffer
  }

  /// The column's truth values.
  var bools: Bitmap {
    guard case .bool(let bits) = values else { preconditionFailure("the plan expects truth values, not \(type)") }
    return bits
  }

  /// The column's strings.
  var strings: StringValues {
    guard case .string(let strings) = values else { preconditionFailure("the plan expects text, not \(type)") }
    return strings
  }
}

extension Bitmap {
  /// The bits set in both; nil stands for all bits set.
  static func both(_ left: Bitmap?, _ right: Bitmap?) -> Bitmap? {
    guard let left, let right else { return left ?? right }
    return combine(left, right) { $0 & $1 }
  }

  /// Word by word, with the bits past the end zero again.
  static func combine(_ left: Bitmap, _ right: Bitmap, _ operation: (UInt64, UInt64) -> UInt64) -> Bitmap {
    let result = MutableBitmap(repeating: false, count: left.count)
    for index in 0..<Bitmap.wordCount(left.count) {
      result.pointer[index] = operation(left.words.pointer[index], right.words.pointer[index])
    }
    result.clearTail()
    return result.freeze()
  }

  /// The other bits.
  var inverted: Bitmap { Bitmap.combine(self, self) { bits, _ in ~bits } }
}
