import Glibc
import Synchronization
import TaskGraph

@testable import Scheduler

/// What tests throw.
struct Trouble: Error, Equatable, CustomStringConvertible {
  let description: String
  init(_ description: String) { self.description = description }
}

/// Lets tasks pass once it is open.
final class Gate: Sendable {
  private let isOpen = Atomic(false)
  private let passed = Counter()

  /// How many have come.
  var arrivals: Int { passed.value }

  func open() { isOpen.store(true, ordering: .releasing) }

  /// Waits for the gate to open.
  func pass() {
    passed.add(1)
    while !isOpen.load(ordering: .acquiring) { usleep(100) }
  }
}

/// Pools of one, two and seven threads, which no other test keeps busy.
func pools() -> [ThreadPoolExecutor] { [1, 2, 7].map { ThreadPoolExecutor(threads: $0) } }

/// Executors that no other test keeps busy.
func freshExecutors() -> [any Executor] {
  [SerialExecutor()] + pools() + [
    Forwarder(executor: SerialExecutor()), Forwarder(executor: ThreadPoolExecutor(threads: 1)),
  ]
}

/// Hands its runs on to another executor.
struct Forwarder: Executor {
  let executor: any Executor

  func run(_ graph: TaskGraph, outputs: [TaskID], options: RunOptions) throws -> [any Sendable] {
    try executor.run(graph, outputs: outputs, options: options)
  }

  func start(
    _ graph: TaskGraph, outputs: [TaskID], options: RunOptions,
    completion: @escaping @Sendable (Result<[any Sendable], any Error>) -> Void
  ) {
    executor.start(graph, outputs: outputs, options: options, completion: completion)
  }
}

/// Runs nothing.
struct Refuser: Executor {
  func run(_ graph: TaskGraph, outputs: [TaskID], options: RunOptions) throws -> [any Sendable] {
    throw Trouble("refused")
  }

  func start(
    _ graph: TaskGraph, outputs: [TaskID], options: RunOptions,
    completion: @escaping @Sendable (Result<[any Sendable], any Error>) -> Void
  ) {
    completion(.failure(Trouble("refused")))
  }
}

/// What a future has come to, to compare.
func outcome<Value>(of future: Future<Value>) -> String {
  do { return "\(try future.result())" } catch { return "\(error)" }
}

/// Starts each run in a thread of its own.
struct ThreadEach: Executor {
  func run(_ graph: TaskGraph, outputs: [TaskID], options: RunOptions) throws -> [any Sendable] {
    try SerialExecutor().run(graph, outputs: outputs, options: options)
  }

  func start(
    _ graph: TaskGraph, outputs: [TaskID], options: RunOptions,
    completion: @escaping @Sendable (Result<[any Sendable], any Error>) -> Void
  ) {
    PoolThread.start { SerialExecutor().start(graph, outputs: outputs, options: options, completion: completion) }
  }
}
