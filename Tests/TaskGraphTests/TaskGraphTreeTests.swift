import TaskGraph
import Testing

@Suite("A merge tree")
struct TaskGraphTreeTests {
  @Test(
    "merges neighbours by a shape that depends on the number of leaves alone",
    arguments: [
      (leaves: 1, fanIn: 2, shape: "0"),
      (leaves: 2, fanIn: 2, shape: "(0 1)"),
      (leaves: 3, fanIn: 2, shape: "((0 1) 2)"),
      (leaves: 5, fanIn: 2, shape: "(((0 1) (2 3)) 4)"),
      (leaves: 7, fanIn: 3, shape: "((0 1 2) (3 4 5) 6)"),
      (leaves: 8, fanIn: 16, shape: "(0 1 2 3 4 5 6 7)"),
    ])
  func shape(leaves: Int, fanIn: Int, shape: String) {
    var graph = TaskGraph()
    let sources = graph.addLayer("source", Source(), dependencies: Array(repeating: [], count: leaves))
    let root = graph.addTree("merge", Merge(), over: sources, fanIn: fanIn)
    #expect(describe(root, graph) == shape)
  }

  private func describe(_ task: TaskID, _ graph: TaskGraph) -> String {
    let inputs = graph.dependencies(of: task)
    return inputs.isEmpty ? "\(task.index)" : "(\(inputs.map { describe($0, graph) }.joined(separator: " ")))"
  }
}
