import Columnar

/// The least, the greatest, and what lies between bounds, row by row.
enum ChoiceKernels {
  /// The first of the least, or greatest, values of each row; nulls do not count, and NaN is larger than every number.
  ///
  /// - Parameter order: `less` for the least, `greater` for the greatest.
  static func extreme(_ columns: [Column], _ order: BinaryOperator) -> Column {
    columns.dropFirst().reduce(columns[0]) { best, column in
      let isBetter = ComparisonKernels.compare(order, column, best)
      return SelectionKernels.coalesce([SelectionKernels.choose([(isBetter, column)], otherwise: best), column])
    }
  }

  /// The value, or the bound that it passes; a bound that is null is none. NaN stays NaN, and a bound of NaN is none.
  static func clip(_ column: Column, low: Column, high: Column) -> Column {
    // A missing bound is the value itself, which passes nothing.
    let low = SelectionKernels.coalesce([low, column])
    let high = SelectionKernels.coalesce([high, column])
    switch column.values {
    case .int8: return clip(column, low, high, Int8.self)
    case .int16: return clip(column, low, high, Int16.self)
    case .int32: return clip(column, low, high, Int32.self)
    case .int64: return clip(column, low, high, Int64.self)
    case .uint8: return clip(column, low, high, UInt8.self)
    case .uint16: return clip(column, low, high, UInt16.self)
    case .uint32: return clip(column, low, high, UInt32.self)
    case .uint64: return clip(column, low, high, UInt64.self)
    case .float32: return clip(column, low, high, Float.self)
    case .float64: return clip(column, low, high, Double.self)
    case .null: return column
    case .bool, .string, .categorical, .list: preconditionFailure("the plan clips \(column.type)")
    }
  }

  private static func clip<Element: ColumnElement>(
    _ column: Column, _ low: Column, _ high: Column, _ element: Element.Type
  ) -> Column {
    let (values, lows, highs) = (column.buffer(of: element), low.buffer(of: element), high.buffer(of: element))
    let result = MutableBuffer<Element>(count: values.count)
    for index in 0..<values.count {
      let (value, low, high) = (values.pointer[index], lows.pointer[index], highs.pointer[index])
      result.pointer[index] = value < low ? low : value > high ? high : value
    }
    return Column(type: column.type, values: Element.values(result.freeze()), validity: column.validity)
  }
}
