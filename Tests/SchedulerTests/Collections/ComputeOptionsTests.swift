import TaskGraph
import Testing

@testable import Scheduler

@Suite("Options of computing") struct ComputeOptionsTests {
  @Test("that say nothing of threads and memory stand for one pool for the whole process")
  func sharedPool() {
    let first = ComputeOptions().resolvedExecutor as? ThreadPoolExecutor
    let second = ComputeOptions().resolvedExecutor as? ThreadPoolExecutor
    #expect(first != nil)
    #expect(first === second)
    #expect(first?.threads == ThreadPoolExecutor().threads)
    #expect(first?.memoryLimit == ThreadPoolExecutor.defaultMemoryLimit)
  }

  @Test("that do stand for a pool of their own")
  func ownPool() {
    let shared = ComputeOptions().resolvedExecutor as? ThreadPoolExecutor
    let threads = ComputeOptions(threads: 3).resolvedExecutor as? ThreadPoolExecutor
    #expect(threads !== shared)
    #expect(threads?.threads == 3)
    #expect(threads?.memoryLimit == ThreadPoolExecutor.defaultMemoryLimit)
    var options = ComputeOptions()
    options.memoryLimit = 1 << 20
    let limited = options.resolvedExecutor as? ThreadPoolExecutor
    #expect(limited !== shared)
    #expect(limited?.memoryLimit == 1 << 20)
    options = ComputeOptions()
    options.spillFolder = "/tmp"
    #expect(options.resolvedExecutor as? ThreadPoolExecutor !== shared)
  }

  @Test("may name an executor, which is then used")
  func ownExecutor() {
    var options = ComputeOptions(threads: 3)
    options.executor = SerialExecutor()
    #expect(options.resolvedExecutor is SerialExecutor)
  }
}
