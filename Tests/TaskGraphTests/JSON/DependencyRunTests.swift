import Testing

@testable import TaskGraph

@Suite("Runs of dependencies")
struct DependencyRunTests {
  private func text(_ lists: [[Int]]) -> String {
    var dependencies = Adjacency()
    for list in lists { dependencies.append(list.map { TaskID(index: UInt32($0)) }) }
    var text = JSONText()
    text.append(DependencyRun.json(dependencies, of: TaskID(index: 0)..<TaskID(index: UInt32(lists.count))))
    return String(decoding: text.bytes, as: UTF8.self)
  }

  @Test("begin at eight lists")
  func shortest() {
    #expect(text((0..<7).map { [$0] }) == "[[0], [1], [2], [3], [4], [5], [6]]")
    #expect(text((0..<8).map { [$0] }) == #"[{"first": [0], "step": [1], "count": 8}]"#)
  }

  @Test("leave out a step of zeros, and count up and down in each place")
  func steps() {
    #expect(text(Array(repeating: [], count: 9)) == #"[{"first": [], "count": 9}]"#)
    #expect(text(Array(repeating: [3, 4], count: 9)) == #"[{"first": [3, 4], "count": 9}]"#)
    #expect(
      text((0..<9).map { [7, $0, 20 - 2 * $0] }) == #"[{"first": [7, 0, 20], "step": [0, 1, -2], "count": 9}]"#)
  }

  @Test("stand between lists that follow no pattern")
  func between() {
    #expect(
      text([[5], [1, 2]] + (0..<8).map { [10 + $0] } + [[1], []] + Array(repeating: [], count: 8) + [[2]])
        == #"[[5], [1, 2], {"first": [10], "step": [1], "count": 8}, [1], {"first": [], "count": 9}, [2]]"#)
  }
}
