import TaskGraph
import Testing

@testable import Scheduler

@Suite("The buffer of records")
struct RecordBufferTests {
  @Test("gives all records back in their order", arguments: [0, 1, 127, 128, 129, 384, 385, 50_000])
  func order(count: Int) {
    var buffer = RecordBuffer()
    defer { buffer.deallocate() }
    for index in 0..<count {
      let task = TaskID(index: UInt32(index))
      let record = TaskRecord(task: task, start: UInt64(index), end: UInt64(index) + 1, bytes: -index)
      buffer.append(record, by: UInt(index * 3 / max(count, 1)) + 7)
    }
    var position = 0
    buffer.forEach { record, thread in
      #expect(record.task.index == position && record.end == position + 1 && record.bytes == -position)
      #expect(thread == UInt(position * 3 / count) + 7)
      position += 1
    }
    #expect(position == count)
  }

  @Test("takes 32 bytes for a record")
  func size() {
    #expect(MemoryLayout<TaskRecord>.stride == 32)
  }
}
