import Columnar

/// `= <> < <= > >=` on two columns of one type, or of 64-bit integers with and without a sign. NaN equals NaN and comes after every number, so that sorting, grouping
/// and comparing agree.
enum ComparisonKernels {
  static func compare(_ operation: BinaryOperator, _ left: Column, _ right: Column) -> Column {
    let count = left.count
    let bits = MutableBitmap(repeating: false, count: count)
    let words = bits.pointer
    /// `isLess` and `isEqual` say how the values at an index compare.
    func run(_ isLess: (Int, Bool) -> Bool, _ isEqual: (Int) -> Bool) {
      for start in stride(from: 0, to: count, by: 64) {
        var word: UInt64 = 0
        for index in start..<min(start + 64, count) {
          let holds =
            switch operation {
            case .equal: isEqual(index)
            case .notEqual: !isEqual(index)
            case .less: isLess(index, false)
            case .lessOrEqual: !isLess(index, true)
            case .greater: isLess(index, true)
            default: !isLess(index, false)
            }
          if holds { word |= 1 << UInt64(index - start) }
        }
        words[start >> 6] = word
      }
    }
    func numbers<Element: Comparable>(_ a: Buffer<Element>, _ b: Buffer<Element>) {
      let (a, b) = (a.pointer, b.pointer)
      run({ $1 ? b[$0] < a[$0] : a[$0] < b[$0] }, { a[$0] == b[$0] })
    }
    func floats<Element: BinaryFloatingPoint>(_ a: Buffer<Element>, _ b: Buffer<Element>) {
      let (a, b) = (a.pointer, b.pointer)
      run(
        { $1 ? totalLess(b[$0], a[$0]) : totalLess(a[$0], b[$0]) },
        { a[$0] == b[$0] || (a[$0].isNaN && b[$0].isNaN) })
    }
    switch (left.values, right.values) {
    case (.categorical, .categorical):
      return compare(operation, CastKernels.cast(left, to: .string), CastKernels.cast(right, to: .string))
    case (.list, .list): return ListKernels.compare(operation, left, right)
    case (.int64(let a), .int64(let b)): numbers(a, b)
    case (.int32(let a), .int32(let b)): numbers(a, b)
    case (.int8(let a), .int8(let b)): numbers(a, b)
    case (.int16(let a), .int16(let b)): numbers(a, b)
    case (.uint8(let a), .uint8(let b)): numbers(a, b)
    case (.uint16(let a), .uint16(let b)): numbers(a, b)
    case (.uint32(let a), .uint32(let b)): numbers(a, b)
    case (.uint64(let a), .uint64(let b)): numbers(a, b)
    case (.int64(let a), .uint64(let b)):
      // Neither type holds the values of the other; Swift compares them exactly.
      let (a, b) = (a.pointer, b.pointer)
      run({ $1 ? b[$0] < a[$0] : a[$0] < b[$0] }, { a[$0] == b[$0] })
    case (.uint64(let a), .int64(let b)):
      let (a, b) = (a.pointer, b.pointer)
      run({ $1 ? b[$0] < a[$0] : a[$0] < b[$0] }, { a[$0] == b[$0] })
    case (.float64(let a), .float64(let b)): floats(a, b)
    case (.float32(let a), .float32(let b)): floats(a, b)
    case (.bool(let a), .bool(let b)):
      run({ $1 ? !b[$0] && a[$0] : !a[$0] && b[$0] }, { a[$0] == b[$0] })
    case (.string(let a), .string(let b)):
      run(
        { index, swapped in
          let order = order(a, b, index)
          return swapped ? order > 0 : order < 0
        },
        { order(a, b, $0) == 0 })
    case (.null, .null): return Column(nullsOf: .bool, count: count)
    default: preconditionFailure("the plan compares \(left.type) with \(right.type)")
    }
    return Column(type: .bool, values: .bool(bits.freeze()), validity: Bitmap.both(left.validity, right.validity))
  }

  /// Less in the order in which NaN is the largest number.
  static func totalLess<Number: BinaryFloatingPoint>(_ left: Number, _ right: Number) -> Bool {
    left < right || (right.isNaN && !left.isNaN)
  }

  private static func order(_ a: StringValues, _ b: StringValues, _ index: Int) -> Int {
    let (left, right) = (a.views.pointer[index], b.views.pointer[index])
    if left == right, left.isInline { return 0 }
    return a.withBytes(of: left) { left in b.withBytes(of: right) { StringValues.compare(left, $0) } }
  }
}
