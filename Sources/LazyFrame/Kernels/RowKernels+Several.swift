import Columnar

extension RowKernels {
  /// Rows of several columns of one type, in the order of `rows`: the column in the upper half of a number, the row in the
  /// lower one. O(rows).
  static func take(_ columns: [Column], _ rows: UnsafeBufferPointer<UInt64>) -> Column {
    let type = columns[0].type
    func pick<Element: BitwiseCopyable & Sendable>(_ parts: [FixedValues], _ element: Element.Type) -> FixedValues {
      let result = MutableBuffer<Element>(count: rows.count)
      let target = result.pointer
      parts.map { $0.buffer(of: element).pointer }.withUnsafeBufferPointer { sources in
        for index in 0..<rows.count {
          let row = rows[index]
          target[index] = sources[Int(row >> 32)][Int(row & 0xFFFF_FFFF)]
        }
      }
      return FixedValues(result.freeze())
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
    case .string: values = .string(strings(columns.map(\.strings), rows))
    case .list: return lists(columns, rows)
    default:
      let shared = Column.Values.sharing(columns.map(\.values))
      let parts = shared.compactMap(\.fixed)
      values = shared[0].moving {
        switch $0.width {
        case 1: pick(parts, UInt8.self)
        case 2: pick(parts, UInt16.self)
        case 4: pick(parts, UInt32.self)
        default: pick(parts, UInt64.self)
        }
      }
    }
    return withExtendedLifetime(columns) { Column(type: type, values: values, validity: validity) }
  }

  /// Of each column only the rows that are wanted, and these in their order.
  private static func lists(_ columns: [Column], _ rows: UnsafeBufferPointer<UInt64>) -> Column {
    var wanted = columns.map { _ in [UInt32]() }
    var places: [UInt64] = []
    places.reserveCapacity(rows.count)
    for row in rows {
      let column = Int(row >> 32)
      places.append(UInt64(column) << 32 | UInt64(wanted[column].count))
      wanted[column].append(UInt32(truncatingIfNeeded: row))
    }
    let parts = zip(columns, wanted).map { column, rows in rows.withUnsafeBufferPointer { take(column, $0) } }
    return places.withUnsafeBufferPointer { places in
      ends(parts, places).withUnsafeBufferPointer { take(concatenate(parts), $0) }
    }
  }

  /// The numbers that rows of several columns have when the columns are put end to end.
  private static func ends(_ columns: [Column], _ rows: UnsafeBufferPointer<UInt64>) -> [UInt32] {
    var starts: [Int] = []
    var total = 0
    for column in columns {
      starts.append(total)
      total += column.count
    }
    precondition(total < Int(UInt32.max), "a column holds at most 4 billion lists")
    return rows.map { UInt32(starts[Int($0 >> 32)] + Int($0 & 0xFFFF_FFFF)) }
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
