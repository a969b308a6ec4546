import Columnar

// Expressions of one categorical column
//
// What depends on no column but a categorical one has one value for each entry of its dictionary and one for null. So it
// is computed over those, and looked up for each row by its code:
//
//     lower(symbol) like 'a%'     codes   0  2  null  1  0 …
//                                 values  [true, false, true | null]       one for each entry, one for null
//                                 result  true  true  null  false  true …
//
// Comparisons with constants, `in`, `like` and everything else get this without knowing of it. What can fail is computed
// row by row, since an entry that no row uses must not fail.

extension Evaluator {
  /// The expression's values when it pays to compute them over a dictionary, else nil.
  static func overDictionary(_ expression: ResolvedExpression, _ batch: RecordBatch) throws -> Column? {
    switch expression {
    case .column, .literal, .cast(.column, .string): return nil
    default: break
    }
    guard batch.schema.fields.contains(where: { $0.type == .categorical }), !expression.canFail,
      let name = expression.columns.first, expression.columns.count == 1, let column = batch[name],
      case .categorical(let categories) = column.values, categories.dictionary.count + 1 < batch.rowCount
    else { return nil }
    let entryCount = categories.dictionary.count
    var codes = MutableBuffer<UInt32>(count: entryCount + 1)
    for code in 0..<entryCount { codes[code] = UInt32(code) }
    codes[entryCount] = 0
    var validity = MutableBitmap(repeating: true, count: entryCount + 1)
    validity.clear(entryCount)
    let entries = Column(
      type: .categorical,
      values: .categorical(CategoricalValues(codes: codes.freeze(), dictionary: categories.dictionary)),
      validity: validity.freeze())
    let values = try evaluate(
      expression,
      RecordBatch(schema: Schema([Field(name, .categorical)]), columns: [entries], rowCount: entryCount + 1))
    let rows = column.validity.map { validity in
      Buffer((0..<column.count).map { validity[$0] ? categories.codes[$0] : UInt32(entryCount) })
    }
    return (rows ?? categories.codes).withUnsafeBufferPointer { RowKernels.take(values, $0) }
  }
}
