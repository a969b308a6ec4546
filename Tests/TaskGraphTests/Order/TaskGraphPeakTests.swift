import TaskGraph
import Testing

@Suite("The peak of an order")
struct TaskGraphPeakTests {
  @Test("counts a task with its inputs, until the last user has run")
  func counts() {
    // The drawing at the head of the simulation.
    let drawn = DrawnGraph("a b m=a+b c r=m+c")
    #expect(drawn.peak(of: "a b m c r", "r").results == 3)
    #expect(drawn.peak(of: "c a b m r", "r").results == 4)
    #expect(drawn.peak(of: "a", "a").results == 1)
    #expect(drawn.peak(of: "", "").results == 0)
  }

  @Test("counts outputs to the end, and what nobody uses while it runs")
  func outputs() {
    let drawn = DrawnGraph("a b c")
    #expect(drawn.peak(of: "a b c", "a b c").results == 3)
    #expect(drawn.peak(of: "a b c", "a").results == 2)
    #expect(drawn.peak(of: "a b c", "c").results == 1)
  }

  @Test("counts a result once that is used twice by one task")
  func repeatedInput() {
    #expect(DrawnGraph("a b=a+a c=b+a+b").peak(of: "a b c", "c").results == 3)
  }

  @Test("is in bytes too when a layer says its own; the others count as the mean of the known results")
  func bytes() {
    #expect(DrawnGraph("a b=a").peak("b").bytes == nil)
    #expect(DrawnGraph("a*10 b=a").peak("b") == DrawnGraph("a*10 b=a*10").peak("b"))
    #expect(DrawnGraph("a*10 b=a").peak("b").bytes == 20)
    var graph = TaskGraph()
    let small = graph.addLayer("small", Source(), resultBytes: 1, dependencies: [[], [], []])
    let large = graph.addLayer("large", Source(), resultBytes: 9, dependencies: [[]])
    let unknown = graph.addLayer("unknown", Merge(), dependencies: [small + large])
    graph.addLayer("empty", Source(), resultBytes: 1_000, dependencies: [])
    // Three of one byte and one of nine: three on average.
    #expect(graph.peak(of: small + large + unknown, outputs: unknown).bytes == 15)
  }

  @Test("does not overflow with the largest numbers")
  func extremes() {
    let drawn = DrawnGraph("a*\(Int.max) b*\(Int.max) c=a+b*\(Int.max) d=c+a*\(Int.max)")
    #expect(drawn.order("d") == "a b c d")
    #expect(drawn.peak("d").bytes == Int.max / 4 * 3)
  }

  @Test("knows no negative number of bytes")
  func negative() async {
    await #expect(processExitsWith: .failure) { _ = DrawnGraph("a*-5") }
  }

  @Test("is refused for an order in which nobody can run the tasks")
  func refused() async {
    await #expect(processExitsWith: .failure) { _ = DrawnGraph("a b=a").peak(of: "b a", "b") }
    await #expect(processExitsWith: .failure) { _ = DrawnGraph("a b=a").peak(of: "b", "b") }
    await #expect(processExitsWith: .failure) { _ = DrawnGraph("a b=a").peak(of: "a a b", "b") }
    await #expect(processExitsWith: .failure) { _ = DrawnGraph("a b=a").peak(of: "a", "b") }
  }
}
