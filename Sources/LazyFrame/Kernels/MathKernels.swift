import Columnar
import Glibc

/// Functions of numbers. Null stays null and NaN stays NaN.
enum MathKernels {
  static func sqrt(_ column: Column) -> Column { map(column) { $0.squareRoot() } }
  static func exp(_ column: Column) -> Column { map(column) { Glibc.exp($0) } }
  static func ln(_ column: Column) -> Column { map(column) { Glibc.log($0) } }
  static func log10(_ column: Column) -> Column { map(column) { Glibc.log10($0) } }

  static func pow(_ base: Column, _ exponent: Column) -> Column {
    let (bases, exponents) = (base.float64s, exponent.float64s)
    let result = MutableBuffer<Double>(count: base.count)
    for index in 0..<bases.count { result.pointer[index] = Glibc.pow(bases.pointer[index], exponents.pointer[index]) }
    return Column(
      type: .float64, values: .float64(result.freeze()), validity: Bitmap.both(base.validity, exponent.validity))
  }

  static func floor(_ column: Column) -> Column {
    column.type.isInteger ? column : map(column) { $0.rounded(.down) }
  }

  static func ceil(_ column: Column) -> Column {
    column.type.isInteger ? column : map(column) { $0.rounded(.up) }
  }

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

  @inline(__always)
  static func map(_ column: Column, _ function: (Double) -> Double) -> Column {
    let values = column.float64s
    let result = MutableBuffer<Double>(count: values.count)
    let (source, target) = (values.pointer, result.pointer)
    for index in 0..<values.count { target[index] = function(source[index]) }
    return Column(type: .float64, values: .float64(result.freeze()), validity: column.validity)
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
