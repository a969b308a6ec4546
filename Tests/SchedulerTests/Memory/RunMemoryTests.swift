import Synchronization
import TaskGraph
import TestSupport
import Testing

@testable import Scheduler

@Suite("The results of a run with a memory budget", .timeLimit(.minutes(2)))
struct RunMemoryTests {
  /// The bytes of each result: one fits into the budget, two do not.
  private static let bytes = 60_000

  private let folder = TemporaryFolder()
  private let ledger: MemoryLedger
  private let tasks: RunTasks
  private let memory: RunMemory
  private let sources: [TaskID]
  private let uses: [TaskID]

  /// Two sources, a task for each that uses it, and one that uses all four.
  init() {
    var graph = TaskGraph()
    let nothing = Perform { _ in 0 }
    sources = graph.addLayer("source", nothing, dependencies: [[], []])
    uses = graph.addLayer("use", nothing, dependencies: sources.map { [$0] })
    let outputs = graph.addLayer("end", nothing, dependencies: [sources + uses])
    ledger = MemoryLedger(limit: 100_000, spillFolder: folder.path)
    tasks = RunTasks(graph, order: graph.order(outputs: outputs), outputs: outputs)
    memory = RunMemory(ledger, tasks, graph.layers)
  }

  /// Keeps a result of a source.
  private func store(_ source: Int, _ tell: @escaping @Sendable () -> Void = {}) {
    var slot = SlotMemory()
    _ = memory.store(Told(Self.bytes, tell), of: sources[source], layer: 0, isSource: true, &slot)
    tasks.missingInputs[sources[source].offset].store(RunTasks.done, ordering: .releasing)
  }

  /// Whether the result of a source has to be read back from disk.
  private func isReadBack(_ source: Int) throws -> Bool {
    try #require(try memory.value(of: sources[source].offset) as? Told).isCopy
  }

  @Test("are put on disk, and read back when they are used")
  func leave() throws {
    store(0)
    #expect(try memory.spill(1) == Self.bytes)
    #expect(ledger.used == 0)
    #expect(try isReadBack(0))
    #expect(ledger.used == Self.bytes)
    memory.close([])
    #expect(ledger.used == 0)
  }

  @Test("stay in memory when somebody takes them while they are written")
  func wantedMeanwhile() throws {
    let place = sources[0].offset
    let taken = Counter()
    store(0) { [weak memory] in
      if let told = try? memory?.value(of: place) as? Told, !told.isCopy { taken.add(1) }
    }
    #expect(try memory.spill(1) == 0)
    #expect(taken.value == 1)
    #expect(try !isReadBack(0))
    #expect(ledger.used == Self.bytes)
    // It was wanted then, not for ever.
    #expect(try memory.spill(1) == Self.bytes)
    #expect(taken.value == 1)
    memory.close([])
  }

  @Test("stay in memory when a task that uses them may run, whatever else is to use them later")
  func inUse() throws {
    store(0)
    store(1)
    tasks.missingInputs[uses[0].offset].store(0, ordering: .releasing)
    #expect(try memory.spill(.max) == Self.bytes)
    #expect(try !isReadBack(0))
    #expect(try isReadBack(1))
    memory.close([])
  }

  @Test("make room for what is read back")
  func makeRoom() throws {
    store(0)
    #expect(try memory.spill(1) == Self.bytes)
    store(1)
    #expect(try isReadBack(0))
    #expect(ledger.used == Self.bytes)
    #expect(try isReadBack(1))
    memory.close([])
    #expect(ledger.used == 0)
  }

  @Test("make room for what a task that is no source will probably make")
  func makeRoomForTask() throws {
    let written = Counter()
    let usedMeanwhile = Mutex<Int?>(nil)
    let pool = ThreadPoolExecutor(threads: 1, memoryLimit: 100_000, spillFolder: folder.path)
    var graph = TaskGraph()
    let source = graph.addLayer("source", Perform { _ in Told(Self.bytes) { written.add(1) } }, dependencies: [[]])
    let small = graph.addLayer("small", Perform { _ in 0 }, dependencies: [source])
    let large = Perform { [ledger = pool.ledger] _ in
      usedMeanwhile.withLock { $0 = ledger?.used }
      return 0
    }
    // Uses nothing of the source's result, which waits for the end meanwhile.
    let others = graph.addLayer("large", large, resultBytes: Self.bytes, dependencies: [small])
    let end = Perform { task in (task.inputs[0] as? Told)?.isCopy }
    let outputs = graph.addLayer("end", end, dependencies: [source + others])
    #expect(try pool.run(graph, outputs: outputs).first as? Bool == true)
    #expect(written.value == 1)
    // What the task was expected to make, and a number.
    #expect(try (Self.bytes..<100_000).contains(#require(usedMeanwhile.withLock { $0 })))
  }
}

/// A result that tells when it is written, and knows whether it was read back.
private struct Told: Spillable {
  let byteCount: Int
  let isCopy: Bool
  private let tell: @Sendable () -> Void

  init(_ bytes: Int, _ tell: @escaping @Sendable () -> Void) {
    byteCount = bytes
    isCopy = false
    self.tell = tell
  }

  func write(to file: inout some SpillWriter) throws {
    tell()
    try file.write(plain: byteCount)
  }

  init(reading file: inout some SpillReader) throws {
    byteCount = try file.read(plain: Int.self)
    isCopy = true
    tell = {}
  }
}
