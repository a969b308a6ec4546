import Scheduler
import Synchronization
import TaskGraph
import Testing

@Suite("A future on an executor that only runs graphs", .timeLimit(.minutes(2)))
struct FuturePlaceTests {
  /// Takes runs and does not begin them.
  private final class Hoarder: Executor {
    private let options = Mutex<[RunOptions]>([])

    var taken: [RunOptions] { options.withLock { $0 } }

    func run(_ graph: TaskGraph, outputs: [TaskID], options: RunOptions) throws -> [any Sendable] {
      self.options.withLock { $0.append(options) }
      throw Trouble("kept")
    }

    func start(
      _ graph: TaskGraph, outputs: [TaskID], options: RunOptions,
      completion: @escaping @Sendable (Result<[any Sendable], any Error>) -> Void
    ) {
      self.options.withLock { $0.append(options) }
    }
  }

  @Test("is a run of its priority, which is cancelled with it and with no other")
  func options() throws {
    let hoarder = Hoarder()
    let futures = [3, -2].map { hoarder.submit("future", priority: $0) { 1 } }
    #expect(hoarder.taken.map(\.priority) == [3, -2])
    futures[0].cancel()
    #expect(hoarder.taken.map(\.cancellation.isCancelled) == [true, false])
    #expect(futures.map(\.state) == [.cancelled, .waiting])
  }

  @Test("of a collection is a run of its priority")
  func collection() {
    let hoarder = Hoarder()
    #expect(outcome(of: hoarder.submit(CollectionFutureTests.Count(numbers: [1]), priority: 3)) == "kept")
    #expect(hoarder.taken.map(\.priority) == [3])
  }
}
