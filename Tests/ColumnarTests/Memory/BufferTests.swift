import Testing

@testable import Columnar

@Suite("Buffers")
struct BufferTests {
  @Test("copies a collection", arguments: [0, 1, 5, 1000])
  func copies(count: Int) {
    let buffer = Buffer((0..<count).map { Int32($0) * 3 })
    #expect(buffer.count == count)
    #expect(buffer.byteCount == 4 * count)
    #expect((0..<count).allSatisfy { buffer[$0] == Int32($0) * 3 })
    #expect(buffer.withUnsafeBufferPointer { Array($0) } == (0..<count).map { Int32($0) * 3 })
  }

  @Test("is aligned to a cache line", arguments: [0, 1, 63, 64, 4097])
  func alignment(byteCount: Int) {
    let storage = Storage(byteCount: byteCount)
    #expect(Int(bitPattern: storage.base) % Storage.alignment == 0)
    #expect(storage.byteCount == byteCount)
  }

  @Test("shares its memory with its copies")
  func sharing() {
    let first = Buffer([1, 2, 3])
    let second = first
    #expect(first.pointer == second.pointer)
    #expect(Buffer<Int>(storage: first.storage, count: 2).count == 2)
  }

  @Test("appends elements one by one and in runs, growing as needed")
  func appending() {
    var buffer = MutableBuffer<Int>()
    var expected: [Int] = []
    for round in 0..<50 {
      buffer.append(round)
      expected.append(round)
      let run = Array(0..<round)
      run.withUnsafeBufferPointer { buffer.append(contentsOf: $0) }
      expected += run
    }
    #expect(buffer.count == expected.count)
    buffer[0] = 99
    expected[0] = 99
    #expect(buffer.freeze().withUnsafeBufferPointer { Array($0) } == expected)
  }

  @Test("reserves at least what was asked for, and keeps the elements")
  func reserve() {
    var buffer = MutableBuffer<UInt8>(repeating: 7, count: 3)
    buffer.reserve(1000)
    #expect(buffer.capacity >= 1000)
    #expect(buffer.count == 3)
    #expect(buffer[2] == 7)
    buffer.reserve(1)
    #expect(buffer.capacity >= 1000)
  }
}
