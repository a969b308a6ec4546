import Columnar

/// Values as another type. A value that has no equal in that type is null.
///
/// Numbers with a fraction are cut towards zero before they become integers, and rounded to the nearest float. A date
/// is its midnight, a moment its day. As numbers, dates are days and moments microseconds since 1970; a length of time is
/// its microseconds, and a float is rounded to them. True is 1, and any number but 0 is true; NaN is neither.
enum CastKernels {
  static func cast(_ column: Column, to type: DType) -> Column {
    if column.type == type { return column }
    switch (column.values, type.kind) {
    case (.null(let count), _): return Column(nullsOf: type, count: count)
    case (.categorical, .string):
      return Column(type: .string, values: .string(column.strings), validity: column.validity)
    case (.categorical, _): return cast(cast(column, to: .string), to: type)
    case (_, .categorical): return cast(column, to: .string).categorized
    case (.string, _): return parse(column, type)
    case (.list(let lists), .list):
      let elements = cast(lists.elements, to: type.element ?? .null)
      return Column(
        type: type, values: .list(ListValues(offsets: lists.offsets, elements: elements)), validity: column.validity)
    case (_, .string): return text(column)
    case (.bool(let bits), _): return cast(numbers(bits, column.validity), to: type)
    case (.int32(let days), .datetime) where column.type == .date:
      return convert(column, type, days) {
        let (product, overflow) = Int64($0).multipliedReportingOverflow(by: CivilDatetime.microsecondsPerDay)
        return overflow ? nil : product
      }
    case (.int64(let moments), .date) where column.type == .datetime:
      return map(column, type, moments) {
        Int32(truncatingIfNeeded: TemporalKernels.divide($0, by: CivilDatetime.microsecondsPerDay).quotient)
      }
    default: return number(column, to: type)
    }
  }

  /// A number, or what is stored as one, as another. The narrow types go through the widest of their kind, which holds
  /// all of their values, so that ten targets meet three sources and not ten.
  private static func number(_ column: Column, to type: DType) -> Column {
    switch column.values {
    case .int8(let values): widen(column, values, to: type)
    case .int16(let values): widen(column, values, to: type)
    case .int32(let values): widen(column, values, to: type)
    case .uint8(let values): widen(column, values, to: type)
    case .uint16(let values): widen(column, values, to: type)
    case .uint32(let values): widen(column, values, to: type)
    case .int64(let values): integers(column, values, type)
    case .uint64(let values): integers(column, values, type)
    case .float32(let values): floats(map(column, .float64, values) { Double($0) }, type)
    case .float64: floats(column, type)
    case .null, .bool, .string, .categorical, .list: preconditionFailure("\(column.type) is no number")
    }
  }

  private static func widen<Source: FixedWidthInteger & BitwiseCopyable & Sendable>(
    _ column: Column, _ values: Buffer<Source>, to type: DType
  ) -> Column {
    if type == .float64 { return map(column, type, values) { Double($0) } }
    return cast(map(column, .int64, values) { Int64(truncatingIfNeeded: $0) }, to: type)
  }

  private static func integers<Source: FixedWidthInteger & BitwiseCopyable & Sendable>(
    _ column: Column, _ values: Buffer<Source>, _ type: DType
  ) -> Column {
    switch type.kind {
    case .bool: return bits(column, values) { $0 != 0 }
    case .int8: return convert(column, type, values) { Int8(exactly: $0) }
    case .int16: return convert(column, type, values) { Int16(exactly: $0) }
    case .int32, .date: return convert(column, type, values) { Int32(exactly: $0) }
    case .int64, .datetime, .duration:
      if Source.isSigned { return map(column, type, values) { Int64(truncatingIfNeeded: $0) } }
      return convert(column, type, values) { Int64(exactly: $0) }
    case .uint8: return convert(column, type, values) { UInt8(exactly: $0) }
    case .uint16: return convert(column, type, values) { UInt16(exactly: $0) }
    case .uint32: return convert(column, type, values) { UInt32(exactly: $0) }
    case .uint64: return convert(column, type, values) { UInt64(exactly: $0) }
    case .float32: return map(column, type, values) { Float($0) }
    case .float64: return map(column, type, values) { Double($0) }
    case .null, .string, .categorical, .list: preconditionFailure("\(column.type) is not cast to \(type)")
    }
  }

  private static func floats(_ column: Column, _ type: DType) -> Column {
    let values = column.float64s
    switch type.kind {
    case .bool: return bits(column, values) { $0.isNaN ? nil : $0 != 0 }
    case .int8: return convert(column, type, values) { whole($0, Int8.self) }
    case .int16: return convert(column, type, values) { whole($0, Int16.self) }
    case .int32: return convert(column, type, values) { whole($0, Int32.self) }
    case .int64: return convert(column, type, values) { whole($0, Int64.self) }
    case .uint8: return convert(column, type, values) { whole($0, UInt8.self) }
    case .uint16: return convert(column, type, values) { whole($0, UInt16.self) }
    case .uint32: return convert(column, type, values) { whole($0, UInt32.self) }
    case .uint64: return convert(column, type, values) { whole($0, UInt64.self) }
    case .duration: return convert(column, type, values) { whole($0.rounded(), Int64.self) }
    case .float32: return convert(column, type, values) { nearest($0) }
    case .float64: return column
    case .null, .string, .categorical, .date, .datetime, .list:
      preconditionFailure("\(column.type) is not cast to \(type)")
    }
  }

  /// The number cut towards zero; nil when it is none or does not fit.
  @inline(__always)
  static func whole<Target: FixedWidthInteger>(_ value: Double, _ target: Target.Type) -> Target? {
    // Both bounds are powers of two, or 0, and so exact.
    let end = Double(sign: .plus, exponent: Target.bitWidth - (Target.isSigned ? 1 : 0), significand: 1)
    let value = value.rounded(.towardZero)
    return value >= Double(Target.min) && value < end ? Target(value) : nil
  }

  /// The nearest 32-bit float; nil when the number is finite and larger than all of them.
  static func nearest(_ value: Double) -> Float? {
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
  private static func map<Source, Target: ColumnElement>(
    _ column: Column, _ type: DType, _ values: Buffer<Source>, _ convert: (Source) -> Target
  ) -> Column {
    let result = MutableBuffer<Target>(count: values.count)
    let (source, target) = (values.pointer, result.pointer)
    for index in 0..<values.count { target[index] = convert(source[index]) }
    return Column(type: type, values: Target.values(result.freeze()), validity: column.validity)
  }

  /// Each value to an equal one, or to null where there is none.
  @inline(__always)
  private static func convert<Source, Target: ColumnElement>(
    _ column: Column, _ type: DType, _ values: Buffer<Source>, _ convert: (Source) -> Target?
  ) -> Column {
    let result = MutableBuffer<Target>(count: values.count)
    let (source, target) = (values.pointer, result.pointer)
    let validity = known(column) { index in
      let value = convert(source[index])
      target[index] = value ?? .zero
      return value != nil
    }
    return Column(type: type, values: Target.values(result.freeze()), validity: validity)
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
