import TaskGraph
import Testing

@Suite("A task graph")
struct TaskGraphTests {
  @Test("has no tasks when it is made")
  func empty() {
    let graph = TaskGraph()
    #expect(graph.taskCount == 0)
    #expect(graph.edgeCount == 0)
    #expect(graph.nextTask == TaskID(index: 0))
  }

  @Test("counts tasks and dependencies, and tells each task's dependencies in the order given")
  func counts() {
    var graph = TaskGraph()
    let a = graph.addLayer("a", Source(), dependencies: [[], []])
    let b = graph.addLayer("b", Merge(), dependencies: [[a[1], a[0], a[1]], []])
    #expect(graph.taskCount == 4)
    #expect(graph.edgeCount == 3)
    #expect(Array(graph.dependencies(of: b[0])) == [a[1], a[0], a[1]])
    #expect(graph.dependencies(of: b[1]).isEmpty)
    #expect(a + b == (0..<4).map { TaskID(index: $0) })
  }

  @Test("finds the layer of a task beside empty layers")
  func layers() {
    var graph = TaskGraph()
    graph.addLayer("none", Source(), dependencies: [])
    let a = graph.addLayer("a", Source(), dependencies: [[], []])
    graph.addLayer("none", Source(), dependencies: [])
    let b = graph.addLayer("b", Merge(), dependencies: [[]])
    graph.addLayer("none", Source(), dependencies: [])
    #expect((a + b).map { graph.layer(of: $0).name } == ["a", "a", "b"])
  }

  @Test("lists for each task those who use its result, once for each use")
  func dependents() {
    var graph = TaskGraph()
    let a = graph.addLayer("a", Source(), dependencies: [[], []])
    let b = graph.addLayer("b", Merge(), dependencies: [[a[1], a[1]], [a[1], a[0]]])
    let dependents = graph.dependents()
    #expect(Array(dependents[a[0]]) == [b[1]])
    #expect(Array(dependents[a[1]]) == [b[0], b[0], b[1]])
    #expect(dependents[b[0]].isEmpty)
  }

  @Test("lets copies grow apart")
  func copies() {
    var one = TaskGraph()
    one.addLayer("a", Source(), dependencies: [[]])
    var two = one
    let inOne = one.addLayer("b", Source(seed: 1), dependencies: [[]])
    let inTwo = two.addLayer("b", Source(seed: 2), dependencies: [[]])
    #expect(one.key(of: inOne[0]) != two.key(of: inTwo[0]))
    #expect(one.key(of: TaskID(index: 0)) == two.key(of: TaskID(index: 0)))
  }

  @Test("refuses a dependency on a task that is not added yet")
  func laterTask() async {
    await #expect(processExitsWith: .failure) {
      var graph = TaskGraph()
      graph.addLayer("a", Source(), dependencies: [[TaskID(index: 0)]])
    }
  }
}
