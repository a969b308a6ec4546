import Columnar

extension DType {
  /// The types that `cast` can name.
  static let writtenTypes = DType.all.filter { $0 != .null }

  /// What SQL and pandas call them.
  private static let otherNames: [(name: String, type: DType)] = [
    ("int", .int64), ("integer", .int64), ("bigint", .int64), ("long", .int64), ("int4", .int32),
    ("smallint", .int16), ("tinyint", .int8), ("ubigint", .uint64), ("uinteger", .uint32), ("uint", .uint32),
    ("usmallint", .uint16), ("utinyint", .uint8),
    ("float", .float64), ("double", .float64), ("float8", .float64), ("real", .float32), ("float4", .float32),
    ("text", .string), ("str", .string), ("varchar", .string), ("char", .string), ("utf8", .string),
    ("boolean", .bool), ("timestamp", .datetime), ("interval", .duration), ("category", .categorical),
    ("timedelta", .duration),
    ("datetime64", .datetime),
  ]

  package static let languageNames = writtenTypes.map(\.description) + otherNames.map(\.name)

  /// The type of this name in an expression, in whatever case it is written.
  package init?(languageName: String) {
    let name = languageName.lowercased()
    let known = DType.writtenTypes.first { $0.description == name }
    guard let type = known ?? DType.otherNames.first(where: { $0.name == name })?.type else { return nil }
    self = type
  }
}
