/// Columns of equal length under one schema.
public struct RecordBatch: Sendable {
  /// The names and types of the columns.
  public let schema: Schema
  /// The columns, in the order of the schema.
  public let columns: [Column]
  /// How many rows there are, also when there is no column.
  public let rowCount: Int

  /// Traps when the columns do not fit the schema.
  public init(schema: Schema, columns: [Column], rowCount: Int) {
    precondition(columns.count == schema.count, "a batch needs one column for each field of its schema")
    for (column, field) in zip(columns, schema.fields) {
      precondition(column.count == rowCount, "column \(field.name) has \(column.count) rows, the batch \(rowCount)")
      precondition(column.type == field.type, "column \(field.name) is \(column.type), the schema says \(field.type)")
    }
    self.schema = schema
    self.columns = columns
    self.rowCount = rowCount
  }

  /// The column called `name`, or nil.
  public subscript(name: String) -> Column? {
    schema.index(of: name).map { columns[$0] }
  }
}
