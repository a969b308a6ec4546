import Columnar
import TaskGraph

extension RecordBatch: Spillable {
  public var byteCount: Int { columns.reduce(0) { $0 + $1.byteCount } }

  public func write(to file: inout some SpillWriter) throws {
    try file.write(plain: schema.count)
    try file.write(plain: rowCount)
    for field in schema.fields {
      try field.name.write(to: &file)
      try field.type.description.write(to: &file)
    }
    for column in columns { try column.write(to: &file) }
  }

  public init(reading file: inout some SpillReader) throws {
    let columnCount = try file.read(plain: Int.self)
    let rowCount = try file.read(plain: Int.self)
    let fields = try (0..<columnCount).map { _ in
      let name = try String(reading: &file)
      guard let type = DType(name: try String(reading: &file)) else {
        preconditionFailure("a batch was read back that was not written by this program")
      }
      return Field(name, type)
    }
    let columns = try fields.map { try Column(type: $0.type, count: rowCount, reading: &file) }
    self.init(schema: Schema(fields), columns: columns, rowCount: rowCount)
  }
}

extension DataFrame: Spillable {
  public var byteCount: Int { batch.byteCount }

  public func write(to file: inout some SpillWriter) throws { try batch.write(to: &file) }

  public init(reading file: inout some SpillReader) throws { self.init(try RecordBatch(reading: &file)) }
}
