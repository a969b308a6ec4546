import Columnar

/// Chooses between columns row by row.
enum SelectionKernels {
  /// The value of the first branch whose condition is true, neither false nor null; `otherwise` where there is none.
  static func choose(_ branches: [(condition: Column, value: Column)], otherwise: Column) -> Column {
    let layers = branches.map { branch in
      let condition = branch.condition.bools
      return (mask: Bitmap.both(condition, branch.condition.validity) ?? condition, column: branch.value)
    }
    return overlay(layers, on: otherwise)
  }

  /// The first value of each row that is not null. All columns have one type, and there is at least one.
  static func coalesce(_ columns: [Column]) -> Column {
    var layers: [(mask: Bitmap, column: Column)] = []
    for column in columns.dropLast() {
      // Nothing shows from below a column without nulls.
      guard let validity = column.validity else {
        if case .null = column.values { continue }
        return overlay(layers, on: column)
      }
      layers.append((validity, column))
    }
    return overlay(layers, on: columns[columns.count - 1])
  }

  /// Whether the value is in the list. As in SQL null, where the value is null, or where it is not found and the list
  /// has a null: `value = a or value = b …`.
  static func isIn(_ value: Column, _ list: [Column]) -> Column {
    let isNull = LogicKernels.isNull(value, inverted: false)
    let noMatch = Column(
      type: .bool, values: .bool(MutableBitmap(repeating: false, count: value.count).freeze()),
      validity: isNull.bools.inverted.unlessAllSet)
    return list.reduce(noMatch) { found, item in
      LogicKernels.combine(.or, found, ComparisonKernels.compare(.equal, value, item))
    }
  }

  /// Columns laid over one another: where a mask's bit is set its column shows, of several the first.
  private static func overlay(_ layers: [(mask: Bitmap, column: Column)], on base: Column) -> Column {
    if layers.isEmpty { return base }
    let masks = layers.map(\.mask)
    let columns = layers.map(\.column)
    let shared = Column.Values.sharing([base.values] + columns.map(\.values))
    let values: Column.Values
    switch shared[0] {
    case .null: return base
    case .bool(let bits): values = .bool(overlay(masks, columns.map(\.bools), on: bits))
    case .list: return ListKernels.overlay(masks, columns, on: base)
    case let bottom:
      let layers = shared.dropFirst().compactMap(\.fixed)
      values = bottom.moving { $0.map(Overlay(masks: masks, layers: layers)) }
    }
    return Column(type: base.type, values: values, validity: validity(masks, columns, base))
  }

  private static func validity(_ masks: [Bitmap], _ columns: [Column], _ base: Column) -> Bitmap? {
    guard base.validity != nil || columns.contains(where: { $0.validity != nil }) else { return nil }
    let all = MutableBitmap(repeating: true, count: base.count).freeze()
    return overlay(masks, columns.map { $0.validity ?? all }, on: base.validity ?? all).unlessAllSet
  }

  private static func overlay(_ masks: [Bitmap], _ layers: [Bitmap], on base: Bitmap) -> Bitmap {
    zip(masks, layers).reversed().reduce(base) { below, layer in
      let hidden = Bitmap.combine(below, layer.0) { $0 & ~$1 }
      return Bitmap.combine(hidden, Bitmap.combine(layer.1, layer.0) { $0 & $1 }) { $0 | $1 }
    }
  }
}
