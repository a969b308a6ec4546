import TaskGraph
import Testing

@Suite("The description of a graph")
struct TaskGraphDescriptionTests {
  @Test("has a line for each layer, in columns")
  func layers() {
    var graph = TaskGraph()
    let scan = graph.addLayer("scan-csv", Source(), kind: .data, dependencies: Array(repeating: [], count: 12))
    let group = graph.addLayer("group-by", Merge(), dependencies: scan.map { [$0] })
    let root = graph.addTree("merge-groups", Merge(), over: group)
    let last = graph.addLayer("output", Merge(), dependencies: [[root, scan[0]]])
    func label(_ task: TaskID) -> String { String(graph.key(of: task).prefix { $0 != "[" }) }
    #expect(
      "\(graph)" == """
        graph: 4 layers, 36 tasks, 36 dependencies
          \(label(scan[0]))      12 tasks
          \(label(group[0]))      12 tasks  <- \(label(scan[0]))
          \(label(root))  11 tasks  <- \(label(group[0])), itself
          \(label(last[0]))         1 task   <- \(label(scan[0])), \(label(root))
        """)
  }

  @Test("of an empty graph is one line")
  func empty() {
    #expect("\(TaskGraph())" == "graph: 0 layers, 0 tasks, 0 dependencies")
  }
}
