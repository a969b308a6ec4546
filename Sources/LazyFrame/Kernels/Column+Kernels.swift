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
    if let fixed = one.values.fixed {
      self.init(type: type, values: one.values.replacing(fixed.map(Repeat(count: count))))
    } else {
      let rows = MutableBuffer<UInt32>(repeating: 0, count: count).freeze()
      self = rows.withUnsafeBufferPointer { RowKernels.take(one, $0) }
    }
  }

  /// The column's 64-bit integers; the resolver has seen to it that they are some.
  var int64s: Buffer<Int64> { buffer() }

  /// The column's 64-bit floats.
  var float64s: Buffer<Double> { buffer() }

  /// The column's days.
  var int32s: Buffer<Int32> { buffer() }

  /// The column's truth values.
  var bools: Bitmap {
    guard case .bool(let bits) = values else { preconditionFailure("the plan expects truth values, not \(type)") }
    return bits
  }

  /// The column's lists.
  var lists: ListValues {
    guard case .list(let lists) = values else { preconditionFailure("the plan expects lists, not \(type)") }
    return lists
  }

  /// The column's strings.
  var strings: StringValues {
    switch values {
    case .string(let strings): return strings
    case .categorical(let categories): return categories.strings
    default: preconditionFailure("the plan expects text, not \(type)")
    }
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
