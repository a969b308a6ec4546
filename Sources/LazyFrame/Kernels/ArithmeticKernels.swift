import Columnar

/// `+ - * / %` on 64-bit numbers. Integers that overflow are an error, never a wrong number.
enum ArithmeticKernels {
  static func compute(_ operation: BinaryOperator, _ left: Column, _ right: Column) throws -> Column {
    if case .int64 = left.values { return try integers(operation, left, right) }
    return floats(operation, left, right)
  }

  static func negate(_ operand: Column) throws -> Column {
    if case .int64(let values) = operand.values {
      let zero = Column(repeating: .int(0), type: .int64, count: values.count)
      return try integers(.subtract, zero, operand)
    }
    let values = operand.float64s
    let result = MutableBuffer<Double>(count: values.count)
    for index in 0..<values.count { result.pointer[index] = -values.pointer[index] }
    return Column(type: .float64, values: .float64(result.freeze()), validity: operand.validity)
  }

  private static func floats(_ operation: BinaryOperator, _ left: Column, _ right: Column) -> Column {
    let (a, b) = (left.float64s, right.float64s)
    let result = MutableBuffer<Double>(count: a.count)
    let target = result.pointer
    func run(_ combine: (Double, Double) -> Double) {
      for index in 0..<a.count { target[index] = combine(a.pointer[index], b.pointer[index]) }
    }
    switch operation {
    case .add: run { $0 + $1 }
    case .subtract: run { $0 - $1 }
    case .multiply: run { $0 * $1 }
    case .divide: run { $0 / $1 }
    case .remainder: run { $0.truncatingRemainder(dividingBy: $1) }
    default: preconditionFailure("'\(operation.rawValue)' is no arithmetic")
    }
    return Column(
      type: .float64, values: .float64(result.freeze()), validity: Bitmap.both(left.validity, right.validity))
  }

  private static func integers(_ operation: BinaryOperator, _ left: Column, _ right: Column) throws -> Column {
    let (a, b) = (left.int64s, right.int64s)
    let result = MutableBuffer<Int64>(count: a.count)
    let target = result.pointer
    var overflow = false
    func run(_ combine: (Int64, Int64) -> (partialValue: Int64, overflow: Bool)) {
      for index in 0..<a.count {
        let (value, excess) = combine(a.pointer[index], b.pointer[index])
        target[index] = value
        overflow = overflow || excess
      }
    }
    var validity = Bitmap.both(left.validity, right.validity)
    switch operation {
    case .add: run { $0.addingReportingOverflow($1) }
    case .subtract: run { $0.subtractingReportingOverflow($1) }
    case .multiply: run { $0.multipliedReportingOverflow(by: $1) }
    case .remainder:
      // A remainder by zero is null; of the smallest integer by -1 it is 0, although the quotient overflows.
      run { ($1 == 0 || $1 == -1 ? 0 : $0 % $1, false) }
      validity = Bitmap.both(validity, nonZero(b))
    default: preconditionFailure("'\(operation.rawValue)' is no arithmetic of integers")
    }
    if overflow { try refuseOverflow(operation, a, b, validity) }
    return Column(type: .int64, values: .int64(result.freeze()), validity: validity)
  }

  private static func nonZero(_ values: Buffer<Int64>) -> Bitmap? {
    let bits = (0..<values.count).map { values[$0] != 0 }
    return bits.contains(false) ? Bitmap(bits) : nil
  }

  /// Throws for the first row that is not null and overflows: the slots of nulls hold anything.
  private static func refuseOverflow(
    _ operation: BinaryOperator, _ a: Buffer<Int64>, _ b: Buffer<Int64>, _ validity: Bitmap?
  ) throws {
    for index in 0..<a.count where validity?[index] ?? true {
      let overflow =
        switch operation {
        case .add: a[index].addingReportingOverflow(b[index]).overflow
        case .subtract: a[index].subtractingReportingOverflow(b[index]).overflow
        default: a[index].multipliedReportingOverflow(by: b[index]).overflow
        }
      if overflow {
        throw LazyFrameError(
          .overflow, "\(a[index]) \(operation.rawValue) \(b[index]) does not fit 64 bits",
          hint: "compute with floats: cast(… as float64)")
      }
    }
  }
}
