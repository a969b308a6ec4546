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

  /// Integers of a type that is only ever given, read one by one.
  func integers<Element: ColumnElement & FixedWidthInteger>(_ fields: FieldRun, of element: Element.Type) throws
    -> Column
  {
    try elements(fields) { text in
      if Element.isSigned { return NumberText.integer(text).flatMap { Element(exactly: $0) } }
      return NumberText.unsigned(text).flatMap { Element(exactly: $0) }
    }
  }

  /// One value at a time.
  func elements<Element: ColumnElement>(
    _ fields: FieldRun, _ read: (UnsafeRawBufferPointer) -> Element?
  ) throws -> Column {
    var validity = ValidityBuilder(count: fields.count)
    let values = MutableBuffer<Element>(count: fields.count)
    let target = values.pointer
    for row in 0..<fields.count { target[row] = try slow(fields, row, &validity, placeholder: .zero, read) }
    return Column(type: type, values: Element.values(values.freeze()), validity: validity.finish())
  }

  /// A number for a float column. A whole number that no double equals, as beyond 2^53, is refused unless the type was
  /// given: it would lose digits without a word.
  func float(_ text: UnsafeRawBufferPointer) -> Double? {
    guard let value = NumberText.double(text) else { return nil }
    if isGiven || text.count < 16 || !NumberText.isDigits(text) { return value }
    guard let integer = NumberText.integer(text), Int64(exactly: value) == integer else { return nil }
    return value
  }
}
