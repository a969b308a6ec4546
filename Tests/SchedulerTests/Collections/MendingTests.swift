import Scheduler
import TaskGraph
import Testing

@Suite("Collections that mend themselves") struct MendingTests {
  private struct TooNarrow: Error { let width: Int }
  private struct Refusal: Error, Equatable {}
  private final class Token: Sendable {}

  /// A collection that guesses how wide its value is, too narrow at first.
  private struct Column: LazyCollection {
    typealias Computed = Int
    let name: String
    var guess = 0
    let width: Int
    /// Beyond this it refuses to mend itself.
    var limit = 100
    let runs: Counter
    private let token = Token()

    init(_ name: String, width: Int, limit: Int = 100, _ runs: Counter) {
      self.name = name
      self.width = width
      self.limit = limit
      self.runs = runs
    }

    struct Read: TaskOperation {
      static let wireName = "test-read"
      let guess: Int
      let width: Int
      let runs: Counter
      enum Key: CodingKey { case guess, width }
      func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: Key.self)
        try container.encode(guess, forKey: .guess)
        try container.encode(width, forKey: .width)
      }
      func run(_ task: TaskContext) throws -> any Sendable {
        runs.add(1)
        if guess < width { throw TooNarrow(width: guess + 1) }
        return guess
      }
    }

    func addTasks(to builder: inout GraphBuilder) throws -> TaskID {
      builder.graph.addLayer(name, Read(guess: guess, width: width, runs: runs), kind: .data, dependencies: [[]])[0]
    }

    func computed(_ result: any Sendable) throws -> Int { result as? Int ?? -1 }

    var identity: ObjectIdentifier? { ObjectIdentifier(token) }

    mutating func revise(after error: TaskError) throws -> Bool {
      guard let cause = error.cause as? TooNarrow else { return false }
      if guess == limit { throw Refusal() }
      guess = cause.width
      return true
    }
  }

  private let double = delayed("double") { (x: Int) in 2 * x }

  @Test("are computed again until they are right", arguments: computeOptions)
  func alone(options: ComputeOptions) throws {
    let runs = Counter()
    #expect(try Column("a", width: 3, runs).compute(options) == 3)
    #expect(runs.value == 4)
    #expect(try Column("a", width: 0, runs).compute(options) == 0)
  }

  @Test("are mended where a delayed function uses them", arguments: computeOptions)
  func insideDelayed(options: ComputeOptions) throws {
    let runs = Counter()
    let value = double(double(Column("a", width: 2, runs)))
    #expect(try value.compute(options) == 8)
    #expect(runs.value == 3)
    #expect(try value.compute(options) == 8)
    #expect(runs.value == 6)
  }

  @Test("are mended by their own failures alone, and computed once for all who use them", arguments: computeOptions)
  func several(options: ComputeOptions) throws {
    let (leftRuns, rightRuns) = (Counter(), Counter())
    let left = Column("left", width: 3, leftRuns)
    let right = Column("right", width: 0, rightRuns)
    let shared = Delayed(left)
    let result = try compute(double(left), right, double(shared), shared, left, options: options)
    #expect(result == (6, 0, 6, 3, 3))
    #expect(leftRuns.value == 4)
    #expect(rightRuns.value <= 4)
  }

  @Test("are not mended by the errors of functions that use them", arguments: computeOptions)
  func otherErrors(options: ComputeOptions) throws {
    let fail = delayed("fail") { (_: Int) throws -> Int in throw TooNarrow(width: 7) }
    let error = #expect(throws: TaskError.self) { try fail(Column("a", width: 1, Counter())).compute(options) }
    #expect(error?.cause is TooNarrow)
    #expect(error?.inputs == ["1"])
  }

  @Test("may say what is wrong in place of the task's error", arguments: computeOptions)
  func refusal(options: ComputeOptions) throws {
    #expect(throws: Refusal.self) { try Column("a", width: 5, limit: 2, Counter()).compute(options) }
    #expect(throws: Refusal.self) { try double(Column("a", width: 5, limit: 2, Counter())).compute(options) }
  }

  @Test("can be computed by several threads at the same time")
  func concurrently() async throws {
    let value = double(Column("a", width: 3, Counter()))
    try await withThrowingTaskGroup(of: Int.self) { group in
      for _ in 0..<8 { group.addTask { try value.compute(ComputeOptions(threads: 2)) } }
      for try await result in group { #expect(result == 6) }
    }
  }
}
