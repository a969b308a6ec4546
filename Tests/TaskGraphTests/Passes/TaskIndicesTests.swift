import Testing

@testable import TaskGraph

@Suite("The indices of fused tasks") struct TaskIndicesTests {
  @Test("are kept as a row and steps where they are regular, and as a list where not")
  func forms() {
    let regular = TaskIndices(rows: [9, 1, 0, 7, 1, 5, 5, 1, 10], width: 3)
    #expect(regular.rows == [9, 1, 0] && regular.growth == [-2, 0, 5] && regular.count == 3)
    let list = TaskIndices(rows: [0, 1, 2, 4], width: 1)
    #expect(list.rows == [0, 1, 2, 4] && list.growth.isEmpty && list.count == 4)
    let one = TaskIndices(rows: [3, 4, 5], width: 3)
    #expect(one.rows == [3, 4, 5] && one.growth.isEmpty && one.count == 1)
  }

  @Test("are those given", arguments: UInt32(0)..<50)
  func values(seed: UInt32) {
    let width = Int(seed % 4) + 1
    let count = Int(seed / 4)
    let rows = (0..<UInt32(width * count)).map { seed % 3 == 0 ? $0 * 7 : ($0 &* 2_654_435_761) % 1_000 }
    let indices = TaskIndices(rows: rows, width: width)
    let found = (0..<count).flatMap { row in (0..<width).map { UInt32(indices[row, $0]) } }
    #expect(found == rows)
  }
}
