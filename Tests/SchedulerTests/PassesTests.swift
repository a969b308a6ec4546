import Scheduler
import TaskGraph
import TestSupport
import Testing

@Suite("Optimized graphs") struct PassesTests {
  @Test("give the same bits after each pass alone, after all, and after any sequence of passes")
  func results() throws {
    var reductions: [String: Int] = [:]
    for seed in UInt64(1)...400 {
      var sample = PassSample(seed: seed)
      let expected = try numbers(sample.graph, sample.outputs)
      for names in sample.sequences() {
        var (graph, outputs) = (sample.graph, sample.outputs)
        for name in names {
          let before = graph.taskCount
          (graph, outputs) = sample.optimize(graph, outputs, name)
          #expect(graph.taskCount <= before, "\(name), seed \(seed)")
          reductions[name, default: 0] += before - graph.taskCount
        }
        #expect(try numbers(graph, outputs) == expected, "\(names), seed \(seed)")
        #expect(Set((0..<graph.taskCount).map { graph.key(of: TaskID(index: UInt32($0))) }).count == graph.taskCount)
        check(keysOf: graph, outputs, against: sample, seed)
      }
    }
    // Or the test says nothing.
    for name in GraphOptimizer.passNames + ["all"] { #expect(reductions[name, default: 0] > 300, "\(name)") }
  }

  @Test("give the same on several threads")
  func threads() throws {
    let pool = ThreadPoolExecutor(threads: 3)
    for seed in UInt64(1)...100 {
      var sample = PassSample(seed: seed)
      let expected = try numbers(sample.graph, sample.outputs)
      let (graph, outputs) = sample.optimize(sample.graph, sample.outputs, "all")
      #expect(try pool.run(graph, outputs: outputs).map { $0 as? UInt64 } == expected, "seed \(seed)")
    }
  }

  @Test("name the task that failed as the graph before did")
  func failures() throws {
    var failed = 0
    for seed in UInt64(1)...300 {
      var sample = PassSample(seed: seed, fails: true)
      let expected = failure(sample.graph, sample.outputs)
      failed += expected == nil ? 0 : 1
      for names in sample.sequences() {
        var (graph, outputs) = (sample.graph, sample.outputs)
        for name in names { (graph, outputs) = sample.optimize(graph, outputs, name) }
        #expect(failure(graph, outputs) == expected, "\(names), seed \(seed)")
      }
    }
    #expect((30..<290).contains(failed))
  }

  @Test("stop between the steps of a task when they are cancelled")
  func cancellation() {
    let token = CancellationToken()
    let started = Counter()
    var graph = TaskGraph()
    let chain = graph.addLayer(
      "chain",
      Perform { task in
        started.add(1)
        if task.index == 10 { token.cancel() }
        return 0
      }, dependencies: (0..<100).map { $0 == 0 ? [] : [TaskID(index: $0 - 1)] })
    let optimized = GraphOptimizer.optimize(graph, outputs: [chain[99]])
    #expect(optimized.graph.taskCount == 1)
    #expect(throws: CancelledError()) {
      try SerialExecutor().run(
        optimized.graph, outputs: optimized.outputs, options: RunOptions(cancellation: token))
    }
    #expect(started.value == 11)
  }

  private func numbers(_ graph: TaskGraph, _ outputs: [TaskID]) throws -> [UInt64?] {
    try SerialExecutor().run(graph, outputs: outputs).map { $0 as? UInt64 }
  }

  /// The key of an output is that of the same task before, whatever was fused with it.
  private func check(keysOf graph: TaskGraph, _ outputs: [TaskID], against sample: PassSample, _ seed: UInt64) {
    let old = Set((0..<sample.graph.taskCount).map { sample.graph.key(of: TaskID(index: UInt32($0))) })
    for task in outputs {
      let key = graph.key(of: task)
      let name = graph.layer(of: task).name
      // A fused task has the names of several, the last of which is that of the one whose result it has.
      let candidates = name.split(separator: "·").map { $0 + key.dropFirst(name.count) }
      #expect(candidates.contains { old.contains(String($0)) }, "\(key), seed \(seed)")
    }
  }

  /// The key of the failed task, and what it threw.
  private func failure(_ graph: TaskGraph, _ outputs: [TaskID]) -> String? {
    do {
      _ = try SerialExecutor().run(graph, outputs: outputs)
      return nil
    } catch {
      return "\(error)"
    }
  }
}

/// A random graph with something for each pass: layers of equal operations, cheap operations, closures, chains, trees, whole
/// layers on whole layers, and tasks that no output needs.
private struct PassSample {
  private(set) var graph = TaskGraph()
  private(set) var outputs: [TaskID] = []
  private var generator: SplitMix64

  /// - Parameter fails: Whether one of the tasks fails.
  init(seed: UInt64, fails: Bool = false) {
    generator = SplitMix64(seed: seed)
    let layerCount = Int.random(in: 2...8, using: &generator)
    let failing = fails ? Int.random(in: 0..<layerCount, using: &generator) : -1
    graph.addLayer("first", Mix(seed: 9), dependencies: [[]])
    for layer in 0..<layerCount { addLayer(layer, fails: layer == failing) }
    for _ in 0..<Int.random(in: 1...6, using: &generator) {
      // The later ones need more of the graph.
      let reach = UInt32(graph.taskCount) / UInt32.random(in: 1...4, using: &generator)
      outputs.append(
        TaskID(index: UInt32(graph.taskCount) - 1 - UInt32.random(in: 0..<max(1, reach), using: &generator)))
    }
  }

  private mutating func addLayer(_ layer: Int, fails: Bool) {
    let first = UInt32(graph.taskCount)
    let last = graph.layers[graph.layers.count - 1].tasks
    var lists: [[TaskID]]
    switch Int.random(in: 0..<6, using: &generator) {
    case 0:
      lists = Array(repeating: [], count: Int.random(in: 0...20, using: &generator))
    case 1, 2:
      lists = last.map { [$0] }
    case 3:
      lists = last.isEmpty ? [] : tree(over: Array(last))
    case 4:
      // A chain with links that are sometimes missing, sometimes two.
      lists = (0..<UInt32.random(in: 1...20, using: &generator)).map { index in
        guard first + index > 0 else { return [] }
        let before = TaskID(index: first + index - 1)
        return [[], [before], [before], [before], [before, before], [before, anyTask(before: first + index)]]
          .randomElement(using: &generator) ?? []
      }
    default:
      lists = (0..<UInt32.random(in: 1...20, using: &generator)).map { index in
        guard first + index > 0 else { return [] }
        return (0..<Int.random(in: 0...3, using: &generator)).map { _ in anyTask(before: first + index) }
      }
    }
    graph.addLayer("layer\(layer % 4)", operation(layer, fails ? lists.count : nil), dependencies: lists)
  }

  private mutating func anyTask(before limit: UInt32) -> TaskID {
    // Near ones more often, so that many have one user.
    let near = limit < 4 || Bool.random(using: &generator) ? 0 : limit - 4
    return TaskID(index: UInt32.random(in: near..<limit, using: &generator))
  }

  private func tree(over leaves: [TaskID]) -> [[TaskID]] {
    var copy = graph
    let count = copy.taskCount
    _ = copy.addTree("tree", Mix(seed: 0), over: leaves)
    return (count..<copy.taskCount).map { Array(copy.dependencies(of: TaskID(index: UInt32($0)))) }
  }

  private mutating func operation(_ layer: Int, _ failingCount: Int?) -> any TaskOperation {
    if let count = failingCount, count > 0 {
      let mix = Mix(seed: UInt64(100 + layer), failing: [Int.random(in: 0..<count, using: &generator)])
      return Bool.random(using: &generator) ? mix : CheapMix(mix: mix)
    }
    // Few seeds, so that there are equal ones.
    let mix = Mix(seed: UInt64.random(in: 0..<2, using: &generator))
    switch Int.random(in: 0..<4, using: &generator) {
    case 0: return CheapMix(mix: mix)
    case 1: return SecretMix(mix: Mix(seed: generator.next()))
    default: return mix
    }
  }

  /// Each pass alone, all, and some in any order, one of them twice.
  mutating func sequences() -> [[String]] {
    let names = GraphOptimizer.passNames
    let shuffled = (names + names.shuffled(using: &generator).prefix(2)).shuffled(using: &generator)
    return names.map { [$0] } + [["all"], shuffled]
  }

  /// Runs one pass, or all. Sub-trees of any width are fused, however few tasks are left.
  mutating func optimize(_ graph: TaskGraph, _ outputs: [TaskID], _ name: String) -> (TaskGraph, [TaskID]) {
    let disabled = name == "all" ? [] : Set(GraphOptimizer.passNames).subtracting([name])
    let result = GraphOptimizer.optimize(
      graph, outputs: outputs, disabled: disabled, width: Int.random(in: 1...5, using: &generator), minimumTaskCount: 0)
    return (result.graph, result.outputs)
  }
}

/// Mixes, and is cheap.
private struct CheapMix: TaskOperation {
  static let wireName = "test-cheap-mix"
  static let isCheap = true
  let mix: Mix
  func run(_ task: TaskContext) throws -> any Sendable { try mix.run(task) }
}

/// Mixes, and cannot be encoded.
private struct SecretMix: TaskOperation {
  static let wireName = "test-secret-mix"
  let mix: Mix
  func run(_ task: TaskContext) throws -> any Sendable { try mix.run(task) }
  func encode(to encoder: any Encoder) throws { throw Mix.Failure(index: 0) }
}
