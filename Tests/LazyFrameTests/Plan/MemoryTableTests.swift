import Columnar
import TestSupport
import Testing

@testable import LazyFrame

@Suite("A table in memory")
struct MemoryTableTests {
  private static func frame(_ sizes: [Int]) -> DataFrame {
    let schema = Schema([Field("n", .int64), Field("b", .bool)])
    var next = 0
    let batches = sizes.map { size in
      let numbers = (next..<next + size).map { $0 % 7 == 3 ? nil : Int64($0) }
      let bits = (next..<next + size).map { ($0 % 3 == 0) as Bool? }
      next += size
      return RecordBatch(schema: schema, columns: [Column(numbers), Column(bits)], rowCount: size)
    }
    return DataFrame(batches, schema: schema)
  }

  private func rows(_ table: MemoryTable) -> [[Value]] {
    table.partitions.flatMap {
      $0.batches.flatMap { batch in (0..<batch.rowCount).map { row in batch.columns.map { $0[row] } } }
    }
  }

  @Test("has as many partitions as asked for, of equal size, and all rows in their order", arguments: 0..<30)
  func exact(seed: Int) {
    var numbers = SplitMix64(seed: seed)
    let sizes = (0..<numbers.next(below: 6)).map { _ in numbers.next(below: 300) }
    let frame = MemoryTableTests.frame(sizes)
    for count in [1, 2, 3, 7, 64, 1000] {
      let table = MemoryTable(frame, partitionCount: count)
      let size = (frame.rowCount + count - 1) / count
      #expect(table.partitions.dropLast().allSatisfy { $0.rowCount == size })
      #expect(table.partitions.count == (frame.rowCount == 0 ? 0 : (frame.rowCount + size - 1) / size))
      #expect(rows(table) == Array(frame.rows))
    }
  }

  @Test("puts small pieces together and cuts large ones without copying, where the number is left to it")
  func sizes() {
    let small = MemoryTable(MemoryTableTests.frame(Array(repeating: 1000, count: 200)))
    #expect(small.partitions.map(\.rowCount) == [65_512, 65_488, 65_512, 3488])
    #expect(small.rowCount == 200_000)
    #expect(rows(small) == Array(MemoryTableTests.frame(Array(repeating: 1000, count: 200)).rows))
    let large = MemoryTable(MemoryTableTests.frame([200_001]))
    #expect(large.partitions.map(\.rowCount) == [65_536, 65_536, 65_536, 3393])
    #expect(large.partitions.allSatisfy { $0.batches.count == 1 })
    #expect(MemoryTable(MemoryTableTests.frame([])).partitions.isEmpty)
  }
}
