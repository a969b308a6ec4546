import Columnar
import Scheduler
import TaskGraph
import Testing

@testable import LazyFrame

@Suite("A frame that waits on disk")
struct RecordBatchSpillTests {
  @Test("comes back with every value, null and type")
  func roundTrip() throws {
    let long = String(repeating: "größe ", count: 40)
    let columns = [
      Column([true, nil, false]), Column([Int64.min, nil, .max]), Column([-0.0, .nan, nil]),
      Column(["", long, nil]), Column(nullsOf: .null, count: 3), Column(nullsOf: .date, count: 3),
    ]
    let fields = columns.enumerated().map { Field("column \($0)", $1.type) }
    let batch = RecordBatch(schema: Schema(fields), columns: columns, rowCount: 3)
    let read = try copied(batch)
    #expect(read.schema == batch.schema)
    for (column, other) in zip(batch.columns, read.columns) {
      #expect((0..<3).map { "\(column[$0])" } == (0..<3).map { "\(other[$0])" })
    }
    #expect(batch.byteCount > 400)
  }

  @Test("comes back whatever its type, with no row, one or many", arguments: KernelSamples.types)
  func everyType(type: DType) throws {
    for count in [0, 1, 65, 300] {
      for nulls in KernelSamples.Nulls.allCases {
        let column = KernelSamples.column(type, count: count, nulls)
        let batch = RecordBatch(schema: Schema([Field("a", type)]), columns: [column], rowCount: count)
        let read = try copied(batch)
        #expect(read.schema == batch.schema)
        #expect(read.columns[0].all == column.all)
        #expect(read.columns[0].isWellFormed)
      }
    }
  }

  @Test("may have no rows or no columns")
  func empty() throws {
    let none = RecordBatch(schema: Schema([]), columns: [], rowCount: 7)
    #expect(try copied(none).rowCount == 7)
    let noRows = RecordBatch(
      schema: Schema([Field("a", .string)]), columns: [Column(nullsOf: .string, count: 0)], rowCount: 0)
    #expect(try copied(noRows).schema == noRows.schema)
  }

  private func copied(_ batch: RecordBatch) throws -> RecordBatch {
    var bytes = Bytes()
    try DataFrame(batch).write(to: &bytes)
    let frame = try DataFrame(reading: &bytes)
    #expect(bytes.position == bytes.content.count)
    return frame.batch
  }
}

/// A file in memory.
private struct Bytes: SpillWriter, SpillReader {
  var content: [UInt8] = []
  var position = 0

  mutating func write(_ bytes: UnsafeRawBufferPointer) throws { content += bytes }

  mutating func read(into bytes: UnsafeMutableRawBufferPointer) throws {
    bytes.copyBytes(from: content[position..<position + bytes.count])
    position += bytes.count
  }
}
