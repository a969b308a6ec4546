import Scheduler
import Testing

@Suite("Mapping on a pool") struct ThreadPoolMapTests {
  @Test("gives the results in order", arguments: [0, 1, 2, 1000])
  func order(count: Int) throws {
    for threads in [1, 3] {
      #expect(try ThreadPoolExecutor(threads: threads).map(count) { $0 * $0 } == (0..<count).map { $0 * $0 })
    }
  }

  @Test("throws the error of the smallest index")
  func errors() {
    struct Failure: Error, Equatable { let index: Int }
    #expect(throws: Failure(index: 3)) {
      try ThreadPoolExecutor(threads: 4).map(100) { index -> Int in
        if index % 10 == 3 { throw Failure(index: index) }
        return index
      }
    }
  }
}
