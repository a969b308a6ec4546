import TaskGraph
import Testing

@testable import Scheduler

@Suite("The table of layers")
struct LayerTableTests {
  @Test("names each layer once, and finds it past empty ones")
  func names() {
    var first = TaskGraph()
    first.addLayer("empty", Constant(), dependencies: [])
    let read = first.addLayer("read", Constant(), dependencies: [[], []])
    first.addLayer("empty", Constant(), dependencies: [])
    let add = first.addLayer("add", Constant(), dependencies: [read])
    let again = first.addLayer("read", Constant(), dependencies: [[]])
    first.addLayer("empty", Constant(), dependencies: [])
    var second = TaskGraph()
    let more = second.addLayer("add", Constant(), dependencies: [[], []])
    let table = LayerTable([first, second])
    #expect(table.names == ["empty", "read", "add"])
    #expect((read + add + again).map { table.layer(of: $0) } == [1, 1, 3, 4])
    #expect((read + add + again).map { table.place(of: $0) } == [1, 1, 2, 1])
    #expect(more.map { table.place(of: $0, graph: 1) } == [2, 2])
  }
}
