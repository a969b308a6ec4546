import Glibc
import Scheduler
import TaskGraph

/// The cases of the benchmark group `graph`, one for each run of the program: `GraphBenchmark CASE COUNT THREADS OUTPUT`.
///
/// Writes the result to OUTPUT, to be compared with that of others. See `Benchmarks/groups/graph.py`.
@main
struct GraphBenchmark {
  static func main() throws {
    let words = CommandLine.arguments.dropFirst()
    guard words.count == 4, let job = Job(rawValue: words[1]), let count = Int(words[2]), let threads = Int(words[3])
    else {
      let names = Job.allCases.map(\.rawValue).joined(separator: " ")
      print("usage: GraphBenchmark CASE COUNT THREADS OUTPUT\ncases: \(names)")
      exit(2)
    }
    let answer = try job.run(count: count, threads: threads)
    guard let file = fopen(words[4], "w") else { exit(1) }
    fputs("\(answer)\n", file)
    fclose(file)
  }
}

/// What is measured.
enum Job: String, CaseIterable {
  /// Builds the graph of independent tasks, of a tree, of a chain.
  case buildIndependent = "build-independent"
  case buildTree = "build-tree"
  case buildChain = "build-chain"
  /// The same, and puts the tasks in order.
  case orderIndependent = "order-independent"
  case orderTree = "order-tree"
  case orderChain = "order-chain"
  /// The same, and runs them.
  case independent, tree, chain
  /// Tasks that take 10 ms each.
  case long
  /// Tasks that take 10 µs each; the same, each recorded for a profile.
  case short
  case profiled
  /// A pool that has run something and waits for more, for a second.
  case idle
  /// The sum of pieces of 100 MB under a budget of 1 GB, each step at an uneven pace.
  case budget

  func run(count: Int, threads: Int) throws -> Int {
    switch self {
    case .buildIndependent: Shape.independent.graph(count).graph.taskCount
    case .buildTree: Shape.tree.graph(count).graph.taskCount
    case .buildChain: Shape.chain.graph(count).graph.taskCount
    case .orderIndependent: Shape.independent.orderedCount(count)
    case .orderTree: Shape.tree.orderedCount(count)
    case .orderChain: Shape.chain.orderedCount(count)
    case .independent: try Shape.independent.sum(count, threads)
    case .tree: try Shape.tree.sum(count, threads)
    case .chain: try Shape.chain.sum(count, threads)
    case .long: try Job.busy(count, microseconds: 10_000, threads)
    case .short: try Job.busy(count, microseconds: 10, threads)
    case .profiled: try Job.busy(count, microseconds: 10, threads, monitor: RunMonitor(recordsTasks: true))
    case .idle: try Job.idle(threads)
    case .budget: try Job.budget(pieces: count, threads)
    }
  }

  private static func busy(
    _ count: Int, microseconds: Int, _ threads: Int, monitor: RunMonitor? = nil
  ) throws -> Int {
    var graph = TaskGraph()
    let tasks = graph.addLayer(
      "work", Work(rounds: microseconds * 600), dependencies: Array(repeating: [], count: count))
    let results = try ThreadPoolExecutor(threads: threads).run(
      graph, outputs: tasks, options: RunOptions(monitor: monitor))
    return results.count
  }

  private static func idle(_ threads: Int) throws -> Int {
    let pool = ThreadPoolExecutor(threads: threads)
    let (graph, outputs) = Shape.independent.graph(1_000)
    _ = try pool.run(graph, outputs: outputs)
    sleep(1)
    return try pool.run(graph, outputs: outputs).count
  }

  private static func budget(pieces: Int, _ threads: Int) throws -> Int {
    var graph = TaskGraph()
    let none = [[TaskID]](repeating: [], count: pieces)
    let sources = graph.addLayer("piece", Piece(), kind: .data, dependencies: none)
    let sums = graph.addLayer("sum", SumOfPiece(), dependencies: sources.map { [$0] })
    let total = graph.addTree("add", Add(), over: sums)
    let results = try ThreadPoolExecutor(threads: threads, memoryLimit: 1_000_000_000).run(graph, outputs: [total])
    return results.first as? Int ?? -1
  }
}

/// The shapes of graphs whose tasks do next to nothing.
enum Shape {
  case independent, tree, chain

  /// So many tasks; of a tree that is its leaves and what adds them up.
  func graph(_ count: Int) -> (graph: TaskGraph, outputs: [TaskID]) {
    var graph = TaskGraph()
    switch self {
    case .independent:
      let tasks = graph.addLayer("task", Add(), dependencies: Array(repeating: [], count: count))
      return (graph, tasks)
    case .tree:
      let leaves = graph.addLayer("leaf", Add(), dependencies: Array(repeating: [], count: (count + 1) / 2))
      let root = graph.addTree("add", Add(), over: leaves)
      return (graph, [root])
    case .chain:
      let tasks = graph.addLayer(
        "step", Add(), dependencies: (0..<count).map { $0 == 0 ? [] : [TaskID(index: UInt32($0 - 1))] })
      return (graph, [tasks[count - 1]])
    }
  }

  func orderedCount(_ count: Int) -> Int {
    let (graph, outputs) = graph(count)
    return graph.priorities(outputs: outputs).count
  }

  func sum(_ count: Int, _ threads: Int) throws -> Int {
    let (graph, outputs) = graph(count)
    let results = try ThreadPoolExecutor(threads: threads).run(graph, outputs: outputs)
    return results.reduce(0) { $0 + ($1 as? Int ?? 0) }
  }
}

/// One, or the sum of its inputs.
struct Add: TaskOperation {
  static let wireName = "benchmark-add"
  func run(_ task: TaskContext) throws -> any Sendable {
    task.inputs.isEmpty ? 1 : task.inputs.reduce(0) { $0 + ($1 as? Int ?? 0) }
  }
}

/// Keeps a processor busy with a chain of multiplications.
struct Work: TaskOperation {
  static let wireName = "benchmark-work"
  let rounds: Int
  func run(_ task: TaskContext) throws -> any Sendable {
    var state = UInt64(task.index)
    for _ in 0..<rounds { state = (state ^ (state >> 29)) &* 0xbf58_476d_1ce4_e5b9 &+ 1 }
    return state
  }
}

/// 100 MB, at a pace that differs from piece to piece.
struct Piece: TaskOperation {
  static let wireName = "benchmark-piece"
  func run(_ task: TaskContext) throws -> any Sendable {
    if task.index % 7 == 3 { usleep(30_000) }
    return [Int](repeating: task.index, count: 12_500_000)
  }
}

/// The sum of a piece, at a pace that differs too.
struct SumOfPiece: TaskOperation {
  static let wireName = "benchmark-sum-of-piece"
  func run(_ task: TaskContext) throws -> any Sendable {
    if task.index % 5 == 1 { usleep(60_000) }
    guard let piece = task.inputs.first as? [Int] else { return 0 }
    return piece.withUnsafeBufferPointer { $0.reduce(0, &+) }
  }
}
