import Columnar

extension CastKernels {
  /// The values as another type.
  ///
  /// - Throws: `LazyFrameError` with the first value that has no equal in that type.
  static func strictCast(_ column: Column, to type: DType) throws -> Column {
    if case .list(let lists) = column.values, let element = type.element {
      let elements = try strictCast(lists.elements, to: element)
      return Column(
        type: type, values: .list(ListValues(offsets: lists.offsets, elements: elements)), validity: column.validity)
    }
    let result = cast(column, to: type)
    guard result.nullCount > column.nullCount,
      let row = (0..<column.count).first(where: { result.isNull(at: $0) && !column.isNull(at: $0) })
    else { return result }
    let value = column[row]
    if column.type.isNumeric, type.isNumeric {
      throw LazyFrameError(
        .overflow, "\(value) does not fit \(type)",
        hint: "cast it to a wider type: cast(… as float64)")
    }
    throw LazyFrameError(
      .cast, "\(Expression.literalText(value)) is no \(type)",
      hint: "cast(… as \(type)) gives null where there is no equal value")
  }
}
