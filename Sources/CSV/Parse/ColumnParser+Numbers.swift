import CSVSIMD
import Columnar

// Numbers: the vector kernel does the plain ones and lists the rest, which are read one by one.

extension ColumnParser {
  func float64s(_ fields: FieldRun) throws -> Column {
    var validity = ValidityBuilder(count: fields.count)
    let values = MutableBuffer<Double>(count: fields.count)
    let target = values.pointer
    let exceptions = MutableBuffer<UInt32>(count: fields.count + 1)
    let exceptionCount = csv_parse_decimals(fields.kernelFields, target, exceptions.pointer)
    for index in 0..<exceptionCount {
      let row = Int(exceptions.pointer[index])
      target[row] = try slow(fields, row, &validity, placeholder: 0, float)
    }
    setNullWords(fields, &validity)
    return Column(type: .float64, values: .float64(values.freeze()), validity: validity.finish())
  }

  func int64s(_ fields: FieldRun) throws -> Column {
    var validity = ValidityBuilder(count: fields.count)
    let values = MutableBuffer<Int64>(count: fields.count)
    let target = values.pointer
    let exceptions = MutableBuffer<UInt32>(count: fields.count + 1)
    let exceptionCount = csv_parse_integers(fields.kernelFields, target, exceptions.pointer)
    for index in 0..<exceptionCount {
      let row = Int(exceptions.pointer[index])
      target[row] = try slow(fields, row, &validity, placeholder: 0, NumberText.integer)
    }
    setNullWords(fields, &validity)
    return Column(type: .int64, values: .int64(values.freeze()), validity: validity.finish())
  }

  func float32s(_ fields: FieldRun) throws -> Column {
    var validity = ValidityBuilder(count: fields.count)
    let values = MutableBuffer<Float>(count: fields.count)
    let target = values.pointer
    for row in 0..<fields.count {
      target[row] = try slow(fields, row, &validity, placeholder: 0) { float($0).map(Float.init) }
    }
    return Column(type: .float32, values: .float32(values.freeze()), validity: validity.finish())
  }

  func int32s(_ fields: FieldRun) throws -> Column {
    var validity = ValidityBuilder(count: fields.count)
    let values = MutableBuffer<Int32>(count: fields.count)
    let target = values.pointer
    for row in 0..<fields.count {
      target[row] = try slow(fields, row, &validity, placeholder: 0) {
        NumberText.integer($0).flatMap(Int32.init(exactly:))
      }
    }
    return Column(type: .int32, values: .int32(values.freeze()), validity: validity.finish())
  }

  /// A number for a float column. A whole number that no double equals, as beyond 2^53, is refused unless the type was
  /// given: it would lose digits without a word.
  private func float(_ text: UnsafeRawBufferPointer) -> Double? {
    guard let value = NumberText.double(text) else { return nil }
    if isGiven || text.count < 16 || !NumberText.isDigits(text) { return value }
    guard let integer = NumberText.integer(text), Int64(exactly: value) == integer else { return nil }
    return value
  }
}
