import TaskGraph
import Testing

@Suite("The order of tasks")
struct TaskGraphOrderTests {
  @Test("follows a chain")
  func chain() {
    var graph = TaskGraph()
    let chain = graph.addLayer("chain", Merge(), dependencies: [[], [TaskID(index: 0)], [TaskID(index: 1)]])
    #expect(graph.priorities(outputs: [chain[2]]) == [0, 1, 2])
  }

  @Test("does each side of a diamond once, in the order listed")
  func diamond() {
    var graph = TaskGraph()
    let top = graph.addLayer("top", Source(), dependencies: [[]])
    let sides = graph.addLayer("side", Merge(), dependencies: [top, top])
    let bottom = graph.addLayer("bottom", Merge(), dependencies: [[sides[1], sides[0]]])
    #expect(graph.priorities(outputs: bottom) == [0, 2, 1, 3])
  }

  @Test("merges in a tree as soon as two inputs are there")
  func tree() {
    let (graph, output) = mergedSources(8)
    // The drawing at the head of the source file.
    let leaves: [UInt32] = [0, 1, 3, 4, 7, 8, 10, 11]
    #expect(graph.priorities(outputs: [output]) == leaves + [2, 5, 9, 12, 6, 13, 14])
  }

  @Test("leaves out what no output needs")
  func notNeeded() {
    var graph = TaskGraph()
    let a = graph.addLayer("a", Source(), dependencies: [[], [], []])
    let b = graph.addLayer("b", Merge(), dependencies: [[a[2]], [a[0]]])
    let no = TaskGraph.notNeeded
    #expect(graph.priorities(outputs: [b[0], b[0]]) == [no, no, 0, 1, no])
    #expect(graph.priorities(outputs: []) == [no, no, no, no, no])
  }

  @Test(
    "keeps one result for each level of a tree, and the leaf just made",
    arguments: [(leaves: 2, peak: 2), (leaves: 8, peak: 4), (leaves: 64, peak: 7), (leaves: 1024, peak: 11)])
  func peak(leaves: Int, peak: Int) {
    let (graph, output) = mergedSources(leaves)
    #expect(peakOfLiveResults(graph, outputs: [output]) == peak)
  }

  @Test("puts a chain of a million tasks in order without overflowing the stack")
  func longChain() {
    var graph = TaskGraph()
    let count: UInt32 = 1_000_000
    graph.addLayer("chain", Merge(), dependencies: (0..<count).map { $0 == 0 ? [] : [TaskID(index: $0 - 1)] })
    #expect(graph.priorities(outputs: [TaskID(index: count - 1)]).elementsEqual(0..<count))
  }

  /// The most results, before inputs are released, that one thread holds at a time.
  private func peakOfLiveResults(_ graph: TaskGraph, outputs: [TaskID]) -> Int {
    let order = graph.order(outputs: outputs)
    var uses = [TaskID: Int]()
    for task in order { for input in graph.dependencies(of: task) { uses[input, default: 0] += 1 } }
    for output in outputs { uses[output, default: 0] += 1 }
    var live = 0
    var peak = 0
    for task in order {
      // A merge replaces its first input, as an operation that works in place would.
      for input in graph.dependencies(of: task) {
        uses[input, default: 0] -= 1
        if uses[input] == 0 { live -= 1 }
      }
      live += 1
      peak = max(peak, live)
    }
    return peak
  }
}
