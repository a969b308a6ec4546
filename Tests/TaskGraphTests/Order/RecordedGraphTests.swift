import Foundation
import TaskGraph
import Testing

/// Graphs of array programs with the peaks that other orders have: see `Tests/Fixtures/ordering/README.md`.
@Suite("The order of recorded graphs")
struct RecordedGraphTests {
  /// A graph as it is in the file, where a task may have a lower number than those that it depends on.
  struct Recording: Decodable {
    let dependencies: [[Int]]
    let outputs: [Int]
    let peakLiveResults: [String: Int]

    init(_ name: String) throws {
      let tests = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent()
      let file = tests.appending(path: "Fixtures/ordering/\(name).json")
      self = try JSONDecoder().decode(Recording.self, from: Data(contentsOf: file))
    }

    /// The order in which tasks become ready, those ready at the start by their number.
    var firstInFirstOut: [Int] {
      var users = Array(repeating: [Int](), count: dependencies.count)
      for (task, inputs) in dependencies.enumerated() { for input in inputs { users[input].append(task) } }
      var missing = dependencies.map(\.count)
      var order = dependencies.indices.filter { dependencies[$0].isEmpty }
      var next = 0
      while next < order.count {
        for user in users[order[next]] {
          missing[user] -= 1
          if missing[user] == 0 { order.append(user) }
        }
        next += 1
      }
      return order
    }

    /// The graph, and for each task of the file its id.
    var graph: (graph: TaskGraph, ids: [TaskID]) {
      var ids = Array(repeating: TaskID(index: 0), count: dependencies.count)
      for (index, task) in firstInFirstOut.enumerated() { ids[task] = TaskID(index: UInt32(index)) }
      var graph = TaskGraph()
      graph.addLayer("task", Merge(), dependencies: firstInFirstOut.map { dependencies[$0].map { ids[$0] } })
      return (graph, ids)
    }
  }

  struct Row: CustomTestStringConvertible {
    let name: String
    /// The peak of the plain order, of our order, and the smallest of those recorded.
    let plain, ours, recorded: Int
    var testDescription: String { name }
  }

  static let rows = [
    Row(name: "cumsum", plain: 16, ours: 15, recorded: 15),
    Row(name: "matmul-12x12-blk", plain: 305, ours: 304, recorded: 305),
    Row(name: "overlap", plain: 32, ours: 32, recorded: 37),
    Row(name: "rechunk-30", plain: 60, ours: 60, recorded: 60),
    Row(name: "sum-tree-1024", plain: 12, ours: 12, recorded: 12),
    Row(name: "x-t-x-sum", plain: 140, ours: 22, recorded: 22),
    Row(name: "x-x-mean-0--std", plain: 512, ours: 187, recorded: 187),
  ]

  @Test("has at most the smallest peak that was recorded", arguments: rows)
  func peak(row: Row) throws {
    let recording = try Recording(row.name)
    let (graph, ids) = recording.graph
    let outputs = recording.outputs.map { ids[$0] }
    #expect(graph.peak(of: plainOrder(graph, outputs: outputs), outputs: outputs).results == row.plain)
    #expect(graph.peak(of: graph.order(outputs: outputs), outputs: outputs).results == row.ours)
    #expect(recording.peakLiveResults.values.min() == row.recorded)
    #expect(row.ours <= row.recorded)
  }

  @Test("is judged by the simulation that the records were made with", arguments: rows)
  func simulation(row: Row) throws {
    let recording = try Recording(row.name)
    let (graph, ids) = recording.graph
    let outputs = recording.outputs.map { ids[$0] }
    let needed = Set(plainOrder(graph, outputs: outputs))
    let order = recording.firstInFirstOut.map { ids[$0] }.filter { needed.contains($0) }
    #expect(graph.peak(of: order, outputs: outputs).results == recording.peakLiveResults["fifo"])
  }
}
