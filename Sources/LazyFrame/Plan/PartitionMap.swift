import Columnar

/// A function of the user's that makes one table of another, for each partition. It is told apart by its identity.
final class PartitionMap: Sendable {
  let schema: Schema
  private let body: @Sendable (DataFrame) throws -> DataFrame

  init(schema: Schema, _ body: @escaping @Sendable (DataFrame) throws -> DataFrame) {
    (self.schema, self.body) = (schema, body)
  }

  /// - Throws: what the function throws, or `LazyFrameError` when its table has other columns than were declared.
  func apply(_ partition: RecordBatch) throws -> RecordBatch {
    let result = try body(DataFrame(partition))
    guard result.schema == schema else {
      throw LazyFrameError(
        .type, "a partition was mapped to a table with the columns \(result.schema), and declared were \(schema)",
        hint: "declare the schema of the table that the function returns")
    }
    return result.batch
  }
}

extension PartitionMap: Hashable {
  static func == (left: PartitionMap, right: PartitionMap) -> Bool { left === right }
  func hash(into hasher: inout Hasher) { hasher.combine(ObjectIdentifier(self)) }
}

extension PartitionMap: Encodable {
  /// Throws: a function is no parameter that could be written down.
  func encode(to encoder: any Encoder) throws {
    throw EncodingError.invalidValue(
      self,
      EncodingError.Context(codingPath: encoder.codingPath, debugDescription: "a function is no plain data"))
  }
}
