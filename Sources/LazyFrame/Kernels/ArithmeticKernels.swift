import Columnar

/// `+ - * / %` on 64-bit numbers, moments and lengths of time. What overflows is an error, never a wrong number.
enum ArithmeticKernels {
  /// - Parameter type: of the result.
  static func compute(
    _ operation: BinaryOperator, _ left: Column, _ right: Column, _ type: DType
  ) throws -> Column {
    if type == .duration, left.type.isNumeric || right.type.isNumeric {
      return left.type == .duration
        ? try DurationKernels.scale(operation, left, by: right)
        : try DurationKernels.scale(operation, right, by: left)
    }
    switch (left.values, right.values) {
    case (.int64(let a), .int64(let b)): return try integers(operation, left, right, a, b, type)
    case (.uint64(let a), .uint64(let b)): return try integers(operation, left, right, a, b, type)
    default: return floats(operation, left, right)
    }
  }

  static func negate(_ operand: Column) throws -> Column {
    if case .int64(let values) = operand.values {
      let zero = operand.type == .duration ? Value.duration(microseconds: 0) : .int(0)
      let zeros = Column(repeating: zero, type: operand.type, count: values.count)
      return try compute(.subtract, zeros, operand, operand.type)
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

  private static func integers<Number: ColumnElement & FixedWidthInteger>(
    _ operation: BinaryOperator, _ left: Column, _ right: Column, _ a: Buffer<Number>, _ b: Buffer<Number>,
    _ type: DType
  ) throws -> Column {
    let result = MutableBuffer<Number>(count: a.count)
    let target = result.pointer
    var overflow = false
    func run(_ combine: (Number, Number) -> (partialValue: Number, overflow: Bool)) {
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
      run { ($1 == 0 || $1 == 0 &- 1 && Number.isSigned ? 0 : $0 % $1, false) }
      validity = Bitmap.both(validity, nonZero(b))
    default: preconditionFailure("'\(operation.rawValue)' is no arithmetic of integers")
    }
    if overflow { try refuseOverflow(operation, left, right, a, b, validity) }
    return Column(type: type, values: Number.values(result.freeze()), validity: validity)
  }

  private static func nonZero<Number: FixedWidthInteger>(_ values: Buffer<Number>) -> Bitmap? {
    let bits = (0..<values.count).map { values[$0] != 0 }
    return bits.contains(false) ? Bitmap(bits) : nil
  }

  /// Throws for the first row that is not null and overflows: the slots of nulls hold anything.
  private static func refuseOverflow<Number: FixedWidthInteger>(
    _ operation: BinaryOperator, _ left: Column, _ right: Column, _ a: Buffer<Number>, _ b: Buffer<Number>,
    _ validity: Bitmap?
  ) throws {
    for index in 0..<a.count where validity?[index] ?? true {
      let overflow =
        switch operation {
        case .add: a[index].addingReportingOverflow(b[index]).overflow
        case .subtract: a[index].subtractingReportingOverflow(b[index]).overflow
        default: a[index].multipliedReportingOverflow(by: b[index]).overflow
        }
      if overflow {
        let range = Number.isSigned ? "64 bits" : left.type.description
        throw LazyFrameError(
          .overflow, "\(left[index]) \(operation.rawValue) \(right[index]) does not fit \(range)",
          hint: left.type.isNumeric ? "compute with floats: cast(… as float64)" : nil)
      }
    }
  }
}
