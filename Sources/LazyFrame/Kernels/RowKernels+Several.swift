import Columnar

extension RowKernels {
  /// Rows of several columns of one type, in the order of `rows`: the column in the upper half of a number, the row in the
  /// lower one. O(rows).
  static func take(_ columns: [Column], _ rows: UnsafeBufferPointer<UInt64>) -> Column {
    let type = columns[0].type
    func pick<Element>(_ read: (Column) -> Buffer<Element>) -> Buffer<Element> {
      let result = MutableBuffer<Element>(count: rows.count)
      let target = result.pointer
      columns.map { read($0).pointer }.withUnsafeBufferPointer { sources in
        for index in 0..<rows.count {
          let row = rows[index]
          target[index] = sources[Int(row >> 32)][Int(row & 0xFFFF_FFFF)]
        }
      }
      return result.freeze()
    }
    func bits(_ bitmaps: [Bitmap?]) -> Bitmap {
      var result = MutableBitmap(repeating: true, count: rows.count)
      for index in 0..<rows.count {
        guard let words = bitmaps[Int(rows[index] >> 32)]?.words.pointer else { continue }
        let row = Int(rows[index] & 0xFFFF_FFFF)
        if words[row >> 6] >> UInt64(row & 63) & 1 == 0 { result.clear(index) }
      }
      return result.freeze()
    }
    let validity = columns.contains { $0.validity != nil } ? bits(columns.map(\.validity)).unlessAllSet : nil
    let values: Column.Values
    switch columns[0].values {
    case .null: values = .null(count: rows.count)
    case .bool: values = .bool(bits(columns.map(\.bools)))
    case .int32: values = .int32(pick(\.int32s))
    case .int64: values = .int64(pick(\.int64s))
    case .float32: values = .float32(pick(\.float32s))
    case .float64: values = .float64(pick(\.float64s))
    case .string: values = .string(strings(columns.map(\.strings), rows))
    }
    return withExtendedLifetime(columns) { Column(type: type, values: values, validity: validity) }
  }

  private static func strings(_ sources: [StringValues], _ rows: UnsafeBufferPointer<UInt64>) -> StringValues {
    let views = MutableBuffer<StringView>(count: rows.count)
    let target = views.pointer
    var copies = StringBuilder()
    for index in 0..<rows.count {
      let source = Int(rows[index] >> 32)
      let view = sources[source].views.pointer[Int(rows[index] & 0xFFFF_FFFF)]
      target[index] = view.isInline ? view : sources[source].withBytes(of: view) { copies.makeView($0) }
    }
    return StringValues(views: views.freeze(), blocks: copies.freeze().blocks)
  }
}
