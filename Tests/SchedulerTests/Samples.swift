import Glibc
import Scheduler
import Synchronization
import TaskGraph
import TestSupport

/// Runs a closure, which is left out of the key.
struct Perform: TaskOperation {
  static let wireName = "test-perform"
  let body: @Sendable (TaskContext) throws -> any Sendable
  init(_ body: @escaping @Sendable (TaskContext) throws -> any Sendable) { self.body = body }
  func run(_ task: TaskContext) throws -> any Sendable { try body(task) }
  func encode(to encoder: any Encoder) throws {}
}

/// Mixes its inputs, in order, into one number; fails on some indices.
struct Mix: TaskOperation {
  static let wireName = "test-mix"
  let seed: UInt64
  var failing: [Int] = []

  struct Failure: Error, Equatable { let index: Int }

  func run(_ task: TaskContext) throws -> any Sendable {
    if task.index % 5 == 0 { sched_yield() }
    if failing.contains(task.index) { throw Failure(index: task.index) }
    var generator = SplitMix64(seed: seed &+ UInt64(task.index))
    for input in task.inputs {
      guard let input = input as? UInt64 else { throw Failure(index: -1) }
      generator.state = generator.next() ^ input
    }
    return generator.next()
  }
}

/// A number that threads count with.
final class Counter: Sendable {
  private let stored = Atomic(0)
  private let peakStored = Atomic(0)

  var value: Int { stored.load(ordering: .acquiring) }
  var peak: Int { peakStored.load(ordering: .acquiring) }

  func add(_ amount: Int) {
    let now = stored.wrappingAdd(amount, ordering: .acquiringAndReleasing).newValue
    peakStored.max(now, ordering: .acquiringAndReleasing)
  }
}

/// Waits for what another thread does.
///
/// - Returns: Whether it came within ten seconds.
func waits(until condition: () -> Bool) -> Bool {
  for _ in 0..<100_000 {
    if condition() { return true }
    usleep(100)
  }
  return false
}

/// A result that is counted while it is alive.
final class CountedResult: Sendable {
  let counter: Counter
  init(_ counter: Counter) {
    self.counter = counter
    counter.add(1)
  }
  deinit { counter.add(-1) }
}

/// A random graph of some layers with random outputs, and some tasks that fail.
func randomGraph(seed: UInt64, failures: Bool = false) -> (graph: TaskGraph, outputs: [TaskID]) {
  var generator = SplitMix64(seed: seed)
  var graph = TaskGraph()
  for layer in 0..<Int.random(in: 1...6, using: &generator) {
    let count = Int.random(in: 1...30, using: &generator)
    let first = graph.taskCount
    let lists = (0..<count).map { index in
      (0..<Int.random(in: 0...4, using: &generator)).compactMap { _ in
        first + index == 0 ? nil : TaskID(index: UInt32.random(in: 0..<UInt32(first + index), using: &generator))
      }
    }
    var operation = Mix(seed: UInt64(layer))
    if failures { operation.failing = (0..<count).filter { _ in Int.random(in: 0..<20, using: &generator) == 0 } }
    graph.addLayer("layer\(layer)", operation, dependencies: lists)
  }
  let outputs = (0..<Int.random(in: 1...10, using: &generator)).map { _ in
    TaskID(index: UInt32.random(in: 0..<UInt32(graph.taskCount), using: &generator))
  }
  return (graph, outputs)
}

/// Executors that must all behave alike.
let executors: [any Executor] = [
  SerialExecutor(), ThreadPoolExecutor(threads: 1), ThreadPoolExecutor(threads: 2, memoryLimit: nil),
  ThreadPoolExecutor(threads: 7),
]

/// A layer of tasks without inputs.
func independent(_ count: Int, _ operation: any TaskOperation) -> (graph: TaskGraph, outputs: [TaskID]) {
  var graph = TaskGraph()
  let tasks = graph.addLayer("task", operation, dependencies: Array(repeating: [], count: count))
  return (graph, tasks)
}
