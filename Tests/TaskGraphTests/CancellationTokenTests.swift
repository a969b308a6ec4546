import TaskGraph
import Testing

@Suite("A cancellation token")
struct CancellationTokenTests {
  @Test("is cancelled once and for all")
  func cancel() throws {
    let token = CancellationToken()
    #expect(!token.isCancelled)
    try token.checkCancelled()
    token.cancel()
    token.cancel()
    #expect(token.isCancelled)
    #expect(throws: CancelledError()) { try token.checkCancelled() }
  }

  @Test("follows its parent, and not the other way round")
  func parents() {
    let parent = CancellationToken()
    let one = CancellationToken(parent: parent)
    let two = CancellationToken(parent: CancellationToken(parent: parent))
    one.cancel()
    #expect(one.isCancelled && !parent.isCancelled && !two.isCancelled)
    parent.cancel()
    #expect(two.isCancelled)
  }
}
