import Glibc
import Synchronization
import TaskGraph
import TestSupport
import Testing

@testable import Scheduler

@Suite("The memory budget")
struct MemoryBudgetTests {
  @Test("holds sources back, so that what is alive stays below the limit", arguments: [1, 2, 4, 8])
  func holdsBack(threads: Int) throws {
    let live = Counter()
    var graph = TaskGraph()
    let bytes = 100_000
    let source = Perform { _ in Block(bytes, live) }
    // Who uses the results is slower than who makes them.
    let use = Perform { task in
      usleep(500)
      return task.inputs.count
    }
    let sources = graph.addLayer("source", source, dependencies: Array(repeating: [], count: 100))
    let used = graph.addLayer("use", use, dependencies: sources.map { [$0] })
    let output = graph.addTree("count", use, over: used)
    let pool = ThreadPoolExecutor(threads: threads, memoryLimit: 10 * bytes)
    _ = try pool.run(graph, outputs: [output])
    // A task holds its inputs for a moment after its result is there.
    #expect(live.peak <= 10 * bytes)
    #expect(live.value == 0)
  }

  @Test("counts on what a layer says of its results before the first is there")
  func hints() throws {
    let running = Counter()
    var graph = TaskGraph()
    let source = Perform { _ in
      running.add(1)
      usleep(2_000)
      running.add(-1)
      return Block(600_000, Counter())
    }
    let none = [[TaskID]](repeating: [], count: 10)
    let sources = graph.addLayer("source", source, resultBytes: 600_000, dependencies: none)
    let uses = graph.addLayer("use", Perform { _ in 0 }, dependencies: sources.map { [$0] })
    _ = try ThreadPoolExecutor(threads: 4, memoryLimit: 1_000_000).run(graph, outputs: uses)
    #expect(running.peak == 1)
  }

  @Test("goes on when a single result is larger than the limit", arguments: [1, 3])
  func largerThanLimit(threads: Int) throws {
    let live = Counter()
    let (graph, outputs) = independent(20, Perform { _ in Block(50_000, live) })
    let pool = ThreadPoolExecutor(threads: threads, memoryLimit: 10_000)
    #expect(try pool.run(graph, outputs: outputs).count == 20)
  }

  @Test("puts results that wait on disk and gives the same values", arguments: [1, 2, 5])
  func spills(threads: Int) throws {
    let folder = TemporaryFolder()
    for seed in UInt64(1)...20 {
      let (graph, outputs) = blockGraph(seed: seed)
      let expected = try SerialExecutor().run(graph, outputs: outputs).map { $0 as? [UInt64] }
      let pool = ThreadPoolExecutor(threads: threads, memoryLimit: 60_000, spillFolder: folder.path)
      let results = try pool.run(graph, outputs: outputs).map { $0 as? [UInt64] }
      #expect(results == expected, "seed \(seed)")
      #expect(pool.ledger?.used == 0, "seed \(seed)")
      #expect(try pool.ledger?.file().diskBytes == 0, "seed \(seed)")
      #expect(folder.names.isEmpty)
    }
  }

  @Test("writes to disk when memory is short, and only then")
  func spillsOnlyWhenNeeded() throws {
    let folder = TemporaryFolder()
    let (graph, output) = transposed(20)
    for (limit, spills) in [(50_000, true), (1_000_000, false)] {
      let pool = ThreadPoolExecutor(threads: 2, memoryLimit: limit, spillFolder: folder.path)
      _ = try pool.run(graph, outputs: [output])
      #expect((pool.ledger?.hasFile ?? false) == spills)
    }
  }

  @Test("puts aside first what is needed last, and writes nothing twice that has not changed")
  func needsLast() throws {
    let folder = TemporaryFolder()
    let spilled = Mutex<[Int]>([])
    var graph = TaskGraph()
    let source = Perform { task in
      Watched(number: task.index, bytes: 10_000) { number in spilled.withLock { $0.append(number) } }
    }
    let sources = graph.addLayer("source", source, dependencies: Array(repeating: [], count: 8))
    // Used in the opposite order of their making, two at a time, by a chain.
    var chain: [[TaskID]] = []
    let first = graph.nextTask
    for step in 0..<4 {
      let before = step == 0 ? [] : [first.advanced(by: step - 1)]
      chain.append(before + (step == 0 ? sources : [sources[7 - step]]))
    }
    let ends = graph.addLayer("use", Perform { $0.inputs.count }, dependencies: chain)
    let pool = ThreadPoolExecutor(threads: 1, memoryLimit: 55_000, spillFolder: folder.path)
    _ = try pool.run(graph, outputs: [ends[3]])
    let written = spilled.withLock { $0 }
    #expect(!written.isEmpty)
    #expect(Set(written).count == written.count)
  }

  @Test("ends the run with a clear error when the spill folder cannot be used")
  func badFolder() throws {
    let (graph, output) = transposed(20)
    let pool = ThreadPoolExecutor(threads: 2, memoryLimit: 50_000, spillFolder: "/nonexistent/spill")
    let error = try #require(throws: SpillError.self) { try pool.run(graph, outputs: [output]) }
    #expect(
      "\(error)" == "cannot make a file in the spill folder /nonexistent/spill: no such file or directory\n"
        + "choose a folder that can be written to, or allow more memory")
    #expect(pool.ledger?.used == 0)
  }

  @Test("ends the run when a result cannot be written, and gives its space back")
  func failingWrite() throws {
    let folder = TemporaryFolder()
    var graph = TaskGraph()
    let sources = graph.addLayer(
      "source", Perform { _ in Unwritable() }, dependencies: Array(repeating: [], count: 20))
    let all = graph.addLayer("all", Perform { $0.inputs.count }, dependencies: [sources])
    let pool = ThreadPoolExecutor(threads: 2, memoryLimit: 500_000, spillFolder: folder.path)
    let error = try #require(throws: SpillError.self) { try pool.run(graph, outputs: all) }
    #expect(error.message.hasSuffix("no space left on device"))
    #expect(error.hint.hasPrefix("free some disk"))
    #expect(pool.ledger?.used == 0)
    #expect(try pool.ledger?.file().diskBytes == 0)
  }

  @Test("is even after runs that fail or are cancelled")
  func evenAfterFailure() throws {
    let folder = TemporaryFolder()
    let pool = ThreadPoolExecutor(threads: 3, memoryLimit: 60_000, spillFolder: folder.path)
    for seed in UInt64(1)...20 {
      let (graph, outputs) = blockGraph(seed: seed, failing: true)
      let token = CancellationToken()
      if seed % 2 == 0 { token.cancel() }
      _ = try? pool.run(graph, outputs: outputs, options: RunOptions(cancellation: token))
      #expect(pool.ledger?.used == 0, "seed \(seed)")
    }
  }

  @Test("is shared by runs at the same time and by runs inside tasks")
  func severalRuns() async throws {
    let folder = TemporaryFolder()
    let pool = ThreadPoolExecutor(threads: 3, memoryLimit: 80_000, spillFolder: folder.path)
    await withTaskGroup(of: Void.self) { group in
      for seed in UInt64(1)...6 {
        group.addTask {
          let (inner, outputs) = blockGraph(seed: seed)
          let expected = try? SerialExecutor().run(inner, outputs: outputs).map { $0 as? [UInt64] }
          let (outer, outerOutputs) = independent(
            4, Perform { _ in try pool.run(inner, outputs: outputs).map { $0 as? [UInt64] } == expected })
          let results = try? pool.run(outer, outputs: outerOutputs).map { $0 as? Bool }
          #expect(results == [true, true, true, true], "seed \(seed)")
        }
      }
    }
    #expect(pool.ledger?.used == 0)
  }

  @Test("is by default a part of the machine's memory")
  func defaultLimit() throws {
    let limit = try #require(ThreadPoolExecutor.defaultMemoryLimit)
    let machine = sysconf(Int32(_SC_PHYS_PAGES)) * sysconf(Int32(_SC_PAGESIZE))
    #expect((1 << 20...machine * 6 / 10).contains(limit))
  }
}

/// A result that counts its bytes while it is alive, and cannot go to disk.
private final class Block: MemorySized {
  let byteCount: Int
  private let live: Counter
  init(_ bytes: Int, _ live: Counter) {
    byteCount = bytes
    self.live = live
    live.add(bytes)
  }
  deinit { live.add(-byteCount) }
}

/// A result that tells when it is written.
private struct Watched: Spillable {
  let number: Int
  let byteCount: Int
  let tell: @Sendable (Int) -> Void

  init(number: Int, bytes: Int, tell: @escaping @Sendable (Int) -> Void) {
    self.number = number
    byteCount = bytes
    self.tell = tell
  }

  func write(to file: inout some SpillWriter) throws {
    tell(number)
    try file.write(plain: number)
    try file.write(plain: byteCount)
  }

  init(reading file: inout some SpillReader) throws {
    number = try file.read(plain: Int.self)
    byteCount = try file.read(plain: Int.self)
    tell = { _ in }
  }
}

/// A result that fills the disk half way through.
private struct Unwritable: Spillable {
  var byteCount: Int { 100_000 }
  init() {}
  func write(to file: inout some SpillWriter) throws {
    try file.write(plain: [UInt8](repeating: 1, count: 80_000))
    throw SpillError("write", folder: "here", code: ENOSPC)
  }
  init(reading file: inout some SpillReader) throws {}
}

/// Makes an array of its inputs' numbers.
private struct MixBlocks: TaskOperation {
  static let wireName = "test-mix-blocks"
  let seed: UInt64
  var failing: Int?

  func run(_ task: TaskContext) throws -> any Sendable {
    if task.index == failing { throw Mix.Failure(index: task.index) }
    var generator = SplitMix64(seed: seed &+ UInt64(task.index))
    var block = (0..<1000).map { _ in generator.next() }
    for case let input as [UInt64] in task.inputs {
      for (index, number) in input.enumerated() { block[index] = block[index] &* 31 &+ number }
    }
    return block
  }
}

/// A random graph whose results are blocks of 8 KB.
private func blockGraph(seed: UInt64, failing: Bool = false) -> (graph: TaskGraph, outputs: [TaskID]) {
  var generator = SplitMix64(seed: seed)
  var graph = TaskGraph()
  for layer in 0..<5 {
    let count = Int.random(in: 5...20, using: &generator)
    let first = graph.taskCount
    let lists = (0..<count).map { _ in
      layer == 0
        ? []
        : (0..<Int.random(in: 0...3, using: &generator)).map { _ in
          TaskID(index: UInt32.random(in: 0..<UInt32(first), using: &generator))
        }
    }
    let operation = MixBlocks(seed: UInt64(layer), failing: failing && layer == 3 ? 2 : nil)
    graph.addLayer("layer\(layer)", operation, dependencies: lists)
  }
  let outputs = (0..<4).map { _ in
    TaskID(index: UInt32.random(in: 0..<UInt32(graph.taskCount), using: &generator))
  }
  return (graph, outputs)
}

/// Sources that are all needed before any can be used up: `x - mean(x)`.
private func transposed(_ count: Int) -> (graph: TaskGraph, output: TaskID) {
  var graph = TaskGraph()
  let number = Perform { $0.inputs.count }
  let sources = graph.addLayer("x", MixBlocks(seed: 1), dependencies: Array(repeating: [], count: count))
  let sums = graph.addLayer("sum", number, dependencies: sources.map { [$0] })
  let mean = graph.addTree("mean", number, over: sums)
  let rest = graph.addLayer("minus", number, dependencies: sources.map { [mean, $0] })
  let output = graph.addTree("total", number, over: rest)
  return (graph, output)
}

/// A new empty folder that is removed at the end.
