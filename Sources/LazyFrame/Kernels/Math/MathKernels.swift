import Columnar
import Glibc

/// Functions of numbers. Null stays null and NaN stays NaN.
enum MathKernels {
  static func abs(_ column: Column) throws -> Column {
    if column.type == .uint64 { return column }
    guard case .int64(let values) = column.values else { return map(column) { $0.magnitude } }
    return try map(column, values) { value in
      // The smallest integer has no positive counterpart.
      value == .min ? nil : Swift.abs(value)
    } refusing: {
      LazyFrameError(.overflow, "abs(\($0)) does not fit 64 bits", hint: "compute with floats: cast(… as float64)")
    }
  }

  static func sign(_ column: Column) -> Column {
    guard case .int64(let values) = column.values else {
      return map(column) { $0 > 0 ? 1 : $0 < 0 ? -1 : $0.isNaN ? $0 : 0 }
    }
    let result = MutableBuffer<Int64>(count: values.count)
    for index in 0..<values.count { result.pointer[index] = values.pointer[index].signum() }
    return Column(type: .int64, values: .int64(result.freeze()), validity: column.validity)
  }

  /// The logarithm to any base; exact for powers of 2 and 10.
  static func logarithm(_ value: Double, base: Double) -> Double {
    if base == 2 { return Glibc.log2(value) }
    if base == 10 { return Glibc.log10(value) }
    return Glibc.log(value) / Glibc.log(base)
  }

  /// The C library's cube root is off by a bit, of 27 too; a step of Newton's method mends that.
  static func cubeRoot(_ value: Double) -> Double {
    let root = Glibc.cbrt(value)
    let step = (root * root * root - value) / (3 * root * root)
    return step.isFinite ? root - step : root
  }

  /// Rounded to whole numbers in some way, in which integers stay as they are.
  @inline(__always)
  static func whole(_ column: Column, _ round: (Double) -> Double) -> Column {
    column.type.isInteger ? column : map(column, round)
  }

  @inline(__always)
  static func map(_ column: Column, _ function: (Double) -> Double) -> Column {
    let values = column.float64s
    let result = MutableBuffer<Double>(count: values.count)
    let (source, target) = (values.pointer, result.pointer)
    for index in 0..<values.count { target[index] = function(source[index]) }
    return Column(type: .float64, values: .float64(result.freeze()), validity: column.validity)
  }

  /// A function of two floats.
  @inline(__always)
  static func map(_ left: Column, _ right: Column, _ function: (Double, Double) -> Double) -> Column {
    let (a, b) = (left.float64s, right.float64s)
    let result = MutableBuffer<Double>(count: a.count)
    let (first, second, target) = (a.pointer, b.pointer, result.pointer)
    for index in 0..<a.count { target[index] = function(first[index], second[index]) }
    return Column(
      type: .float64, values: .float64(result.freeze()), validity: Bitmap.both(left.validity, right.validity))
  }

  /// Whether each float is of some kind.
  @inline(__always)
  static func test(_ column: Column, _ holds: (Double) -> Bool) -> Column {
    let values = column.float64s
    return Column(
      type: .bool, values: .bool(Bitmap.filled(values.count) { holds(values.pointer[$0]) }), validity: column.validity)
  }

  /// A function of two integers that fits for all of them.
  @inline(__always)
  static func integers(_ left: Column, _ right: Column, _ function: (Int64, Int64) -> Int64) -> Column {
    let (a, b) = (left.int64s, right.int64s)
    let result = MutableBuffer<Int64>(count: a.count)
    let (first, second, target) = (a.pointer, b.pointer, result.pointer)
    for index in 0..<a.count { target[index] = function(first[index], second[index]) }
    return Column(type: .int64, values: .int64(result.freeze()), validity: Bitmap.both(left.validity, right.validity))
  }

  /// A function of integers that is nil where the result does not fit: an error there, unless the value is null.
  static func map(
    _ column: Column, _ values: Buffer<Int64>, _ function: (Int64) -> Int64?,
    refusing error: (Value) -> LazyFrameError
  ) throws -> Column {
    let result = MutableBuffer<Int64>(count: values.count)
    for index in 0..<values.count {
      let value = function(values.pointer[index])
      if value == nil, column.validity?[index] ?? true { throw error(column[index]) }
      result.pointer[index] = value ?? 0
    }
    return Column(type: column.type, values: .int64(result.freeze()), validity: column.validity)
  }
}

extension Bitmap {
  /// The bits of the rows for which something holds.
  @inline(__always)
  static func filled(_ count: Int, _ holds: (Int) -> Bool) -> Bitmap {
    let bits = MutableBitmap(repeating: false, count: count)
    for start in stride(from: 0, to: count, by: 64) {
      var word: UInt64 = 0
      for index in start..<min(start + 64, count) { word |= (holds(index) ? 1 : 0) << UInt64(index - start) }
      bits.pointer[start >> 6] = word
    }
    return bits.freeze()
  }
}
