import Columnar

/// What a task does with each batch between its source and its sink.
enum PipelineStep: Sendable, Hashable, Codable {
  /// Keeps the rows for which the condition is true.
  case filter(ResolvedExpression)
  /// Replaces the columns.
  case project([NamedExpression])

  func apply(_ batch: RecordBatch) throws -> RecordBatch {
    switch self {
    case .filter(let predicate): return RowSelection(try Evaluator.evaluate(predicate, batch)).apply(batch)
    case .project(let expressions):
      return RecordBatch(
        schema: Schema(expressions.map(\.field)),
        columns: try expressions.map { try Evaluator.evaluate($0.expression, batch) }, rowCount: batch.rowCount)
    }
  }
}

extension [PipelineStep] {
  func apply(_ batch: RecordBatch) throws -> RecordBatch {
    try reduce(batch) { try $1.apply($0) }
  }
}

extension PipelineStep: CustomStringConvertible {
  var description: String {
    switch self {
    case .filter(let predicate): "filter \(predicate)"
    case .project(let expressions): "project \(expressions.map(\.description).joined(separator: ", "))"
    }
  }
}

/// The rows that a condition keeps.
struct RowSelection {
  private let rows: MutableRows
  private let total: Int

  /// - Parameter condition: truth values; null counts as false.
  init(_ condition: Column) {
    total = condition.count
    rows = MutableRows(capacity: total)
    let bits = condition.bools.words.pointer
    let valid = condition.validity?.words.pointer
    for word in 0..<Bitmap.wordCount(total) {
      var chosen = valid.map { bits[word] & $0[word] } ?? bits[word]
      while chosen != 0 {
        rows.append(UInt32(word * 64 + chosen.trailingZeroBitCount))
        chosen &= chosen - 1
      }
    }
  }

  var count: Int { rows.count }
  var keepsAll: Bool { count == total }

  func apply(_ batch: RecordBatch) -> RecordBatch {
    RecordBatch(schema: batch.schema, columns: batch.columns.map(apply), rowCount: count)
  }

  func apply(_ column: Column) -> Column {
    keepsAll ? column : rows.withRows { RowKernels.take(column, $0) }
  }

  private final class MutableRows {
    private let pointer: UnsafeMutablePointer<UInt32>
    private(set) var count = 0

    init(capacity: Int) { pointer = .allocate(capacity: Swift.max(capacity, 1)) }
    deinit { pointer.deallocate() }

    func append(_ row: UInt32) {
      pointer[count] = row
      count += 1
    }

    func withRows<Result>(_ body: (UnsafeBufferPointer<UInt32>) -> Result) -> Result {
      body(UnsafeBufferPointer(start: pointer, count: count))
    }
  }
}
