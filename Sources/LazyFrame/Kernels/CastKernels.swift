import Columnar

/// Values as another type. A value that has no equal in that type is null.
///
/// Numbers with a fraction are cut towards zero before they become integers, and rounded to the nearest float. A date
/// is its midnight, a moment its day. As numbers, dates are days and moments microseconds since 1970. True is 1, and
/// any number but 0 is true; NaN is neither.
enum CastKernels {
  static func cast(_ column: Column, to type: DType) -> Column {
    if column.type == type { return column }
    switch (column.values, type.kind) {
    case (.null(let count), _): return Column(nullsOf: type, count: count)
    case (.string, _): return parse(column, type)
    case (_, .string): return text(column)
    case (.bool(let bits), _): return cast(numbers(bits, column.validity), to: type)
    case (.int32(let days), .datetime):
      return convert(column, type, days, Column.Values.int64) {
        let (product, overflow) = Int64($0).multipliedReportingOverflow(by: CivilDatetime.microsecondsPerDay)
        return overflow ? nil : product
      }
    case (.int64(let moments), .date) where column.type == .datetime:
      return map(column, type, moments, Column.Values.int32) {
        Int32(truncatingIfNeeded: TemporalKernels.divide($0, by: CivilDatetime.microsecondsPerDay).quotient)
      }
    case (.int32(let values), _): return integers(column, values, type)
    case (.int64(let values), _): return integers(column, values, type)
    case (.float32(let values), _): return floats(column, values, type)
    case (.float64(let values), _): return floats(column, values, type)
    }
  }

  private static func integers<Source: FixedWidthInteger & BitwiseCopyable & Sendable>(
    _ column: Column, _ values: Buffer<Source>, _ type: DType
  ) -> Column {
    switch type.kind {
    case .bool: return bits(column, values) { $0 != 0 }
    case .int32, .date: return convert(column, type, values, Column.Values.int32) { Int32(exactly: $0) }
    case .int64, .datetime: return map(column, type, values, Column.Values.int64) { Int64($0) }
    case .float32: return map(column, type, values, Column.Values.float32) { Float($0) }
    case .float64: return map(column, type, values, Column.Values.float64) { Double($0) }
    case .null, .string: preconditionFailure("\(column.type) is not cast to \(type)")
    }
  }

  private static func floats<Source: BinaryFloatingPoint & BitwiseCopyable & Sendable>(
    _ column: Column, _ values: Buffer<Source>, _ type: DType
  ) -> Column {
    switch type.kind {
    case .bool: return bits(column, values) { $0.isNaN ? nil : $0 != 0 }
    case .int32:
      return convert(column, type, values, Column.Values.int32) {
        let value = Double($0)
        return value > -0x1p31 - 1 && value < 0x1p31 ? Int32(value) : nil
      }
    case .int64:
      return convert(column, type, values, Column.Values.int64) {
        let value = Double($0)
        return value >= -0x1p63 && value < 0x1p63 ? Int64(value) : nil
      }
    case .float32: return convert(column, type, values, Column.Values.float32, nearest)
    case .float64: return map(column, type, values, Column.Values.float64) { Double($0) }
    case .null, .string, .date, .datetime: preconditionFailure("\(column.type) is not cast to \(type)")
    }
  }

  /// The nearest 32-bit float; nil when the number is finite and larger than all of them.
  static func nearest(_ value: some BinaryFloatingPoint) -> Float? {
    let result = Float(value)
    return result.isInfinite && value.isFinite ? nil : result
  }

  /// Truth values as 0 and 1.
  private static func numbers(_ bits: Bitmap, _ validity: Bitmap?) -> Column {
    let result = MutableBuffer<Int32>(count: bits.count)
    for index in 0..<bits.count { result.pointer[index] = bits[index] ? 1 : 0 }
    return Column(type: .int32, values: .int32(result.freeze()), validity: validity)
  }

  // MARK: Loops

  /// Each value to an equal one.
  @inline(__always)
  private static func map<Source, Target>(
    _ column: Column, _ type: DType, _ values: Buffer<Source>, _ wrap: (Buffer<Target>) -> Column.Values,
    _ convert: (Source) -> Target
  ) -> Column {
    let result = MutableBuffer<Target>(count: values.count)
    let (source, target) = (values.pointer, result.pointer)
    for index in 0..<values.count { target[index] = convert(source[index]) }
    return Column(type: type, values: wrap(result.freeze()), validity: column.validity)
  }

  /// Each value to an equal one, or to null where there is none.
  @inline(__always)
  private static func convert<Source, Target: AdditiveArithmetic>(
    _ column: Column, _ type: DType, _ values: Buffer<Source>, _ wrap: (Buffer<Target>) -> Column.Values,
    _ convert: (Source) -> Target?
  ) -> Column {
    let result = MutableBuffer<Target>(count: values.count)
    let (source, target) = (values.pointer, result.pointer)
    let validity = known(column) { index in
      let value = convert(source[index])
      target[index] = value ?? .zero
      return value != nil
    }
    return Column(type: type, values: wrap(result.freeze()), validity: validity)
  }

  private static func bits<Source>(
    _ column: Column, _ values: Buffer<Source>, _ convert: (Source) -> Bool?
  ) -> Column {
    var result = MutableBitmap(repeating: false, count: values.count)
    let validity = known(column) { index in
      let value = convert(values.pointer[index])
      if value ?? false { result.set(index) }
      return value != nil
    }
    return Column(type: .bool, values: .bool(result.freeze()), validity: validity)
  }

  /// Runs `isKnown` for each row, also of nulls, and returns the rows that were not null and still are not.
  @inline(__always)
  static func known(_ column: Column, _ isKnown: (Int) -> Bool) -> Bitmap? {
    let bits = MutableBitmap(repeating: false, count: column.count)
    for start in stride(from: 0, to: column.count, by: 64) {
      var word: UInt64 = 0
      for index in start..<min(start + 64, column.count) {
        word |= (isKnown(index) ? 1 : 0) << UInt64(index - start)
      }
      bits.pointer[start >> 6] = word
    }
    return Bitmap.both(bits.freeze().unlessAllSet, column.validity)
  }
}
