import TaskGraph
import Testing

@Suite("The order of tasks")
struct TaskGraphOrderTests {
  @Test("follows a chain")
  func chain() {
    var graph = TaskGraph()
    let chain = graph.addLayer("chain", Merge(), dependencies: [[], [TaskID(index: 0)], [TaskID(index: 1)]])
    #expect(graph.priorities(outputs: [chain[2]]) == [0, 1, 2])
  }

  @Test("does each side of a diamond once, in the order listed")
  func diamond() {
    let drawn = DrawnGraph("top left=top right=top bottom=right+left")
    #expect(drawn.order("bottom") == "top right left bottom")
  }

  @Test("merges in a tree as soon as two inputs are there")
  func tree() {
    let (graph, output) = mergedSources(8)
    // The drawing at the head of the source file.
    let leaves: [UInt32] = [0, 1, 3, 4, 7, 8, 10, 11]
    #expect(graph.priorities(outputs: [output]) == leaves + [2, 5, 9, 12, 6, 13, 14])
  }

  @Test("leaves out what no output needs")
  func notNeeded() {
    var graph = TaskGraph()
    let a = graph.addLayer("a", Source(), dependencies: [[], [], []])
    let b = graph.addLayer("b", Merge(), dependencies: [[a[2]], [a[0]]])
    let no = TaskGraph.notNeeded
    #expect(graph.priorities(outputs: [b[0], b[0]]) == [no, no, 0, 1, no])
    #expect(graph.priorities(outputs: []) == [no, no, no, no, no])
  }

  @Test(
    "keeps one result for each level of a tree, and two inputs with their merge at the lowest",
    arguments: [(leaves: 2, peak: 3), (leaves: 8, peak: 5), (leaves: 64, peak: 8), (leaves: 1024, peak: 12)])
  func treePeak(leaves: Int, peak: Int) {
    let (graph, output) = mergedSources(leaves)
    #expect(graph.peak(of: graph.order(outputs: [output]), outputs: [output]).results == peak)
  }

  @Test("makes the input that needs most before the others")
  func heaviestFirst() {
    let drawn = DrawnGraph("d c0 c1 c=c0+c1 e=d+c")
    #expect(drawn.order("e") == "c0 c1 c d e")
    #expect(drawn.peak("e").results == 3)
    #expect(drawn.peak(of: "d c0 c1 c e", "e").results == 4)
    // Named twice it is still one result.
    #expect(DrawnGraph("d c0 c1 c=c0+c1 e=d+d+c").order("e") == "c0 c1 c d e")
    // A long chain is many tasks, but needs two results at a time only.
    let chain = DrawnGraph("d0 d1=d0 d2=d1 d3=d2 d=d3 c0 c1 c2 c=c0+c1+c2 e=d+c")
    #expect(chain.order("e") == "c0 c1 c2 c d0 d1 d2 d3 d e")
    #expect(chain.peak("e").results == 4)
  }

  @Test("counts in what an input needs that its first parts are kept while the others are made")
  func keptParts() {
    // Each of x, y and q needs 11 bytes, but p keeps x while it makes y.
    let drawn = DrawnGraph("a*1 b=a*1 c=b*1 d=c*1 q0=d*10 q=q0*1 x0*10 x=x0*1 y0*10 y=y0*1 p=x+y*1 e=q+p*1")
    #expect(drawn.order("e") == "x0 x y0 y p a b c d q0 q e")
    #expect(drawn.peak("e").bytes == 12)
  }

  @Test("runs all users of a result that together make no more than it weighs")
  func splitResults() {
    let text = "p0*32 p1*32 a0=p0+p1*8 b0=p0+p1*8 p2*32 p3*32 a1=a0+p2+p3*8 b1=b0+p2+p3*8"
    #expect(DrawnGraph(text).order("a1 b1") == "p0 p1 a0 b0 p2 p3 a1 b1")
    #expect(DrawnGraph(text).peak("a1 b1").bytes == 88)
    // Users that make more wait for their turn: all of a, then all of b.
    let large = DrawnGraph("p0*3 p1*3 a0=p0+p1*8 b0=p0+p1*8 p2*3 p3*3 a1=a0+p2+p3*8 b1=b0+p2+p3*8")
    #expect(large.order("a1 b1") == "p0 p1 a0 p2 p3 a1 b0 b1")
  }

  @Test("makes the output that needs most before the others")
  func outputs() {
    let drawn = DrawnGraph("d c0 c1 c2 c=c0+c1+c2")
    #expect(drawn.order("d c") == "c0 c1 c2 c d")
    #expect(drawn.order("c d") == "c0 c1 c2 c d")
  }

  @Test("keeps outputs to the end, that others depend on or that are named twice")
  func dependentOutputs() {
    let drawn = DrawnGraph("a b=a c=b d=c")
    #expect(drawn.order("d b d") == "a b c d")
    #expect(drawn.peak("d b d").results == 3)
    #expect(drawn.peak("d").results == 2)
  }

  @Test("runs the users of one result in their order")
  func fanOut() {
    let drawn = DrawnGraph("a b=a c=a d=a")
    #expect(drawn.order("b c d") == "a b c d")
    #expect(drawn.order("d c b") == "a d c b")
    #expect(drawn.peak("b c d").results == 4)
  }

  @Test("runs the last user of a result at once")
  func lastUser() {
    // The drawing at the head of the eager walk: blocks of ten bytes, parts of one.
    let drawn = DrawnGraph(
      """
      a*10 b*10 c*10
      m0=a*1 m1=b*1 m2=c*1 m=m0+m1+m2*1
      s0=a*1 s1=b*1 s2=c*1 s=s0+s1+s2*1
      """)
    #expect(drawn.order("m s") == "a m0 s0 b m1 s1 c m2 m s2 s")
    #expect(drawn.peak("m s").bytes == 16)
    #expect(drawn.peak(of: "a m0 b m1 c m2 m s0 s1 s2 s", "m s").bytes == 34)
    // A block that is named twice, as in x * x, is held by one user all the same.
    let squares = DrawnGraph(
      """
      a*10 b*10 c*10
      m0=a*1 m1=b*1 m2=c*1 m=m0+m1+m2*1
      s0=a+a*1 s1=b+b*1 s2=c+c*1 s=s0+s1+s2*1
      """)
    #expect(squares.order("m s") == "a m0 s0 b m1 s1 c m2 m s2 s")
  }

  @Test("leaves a last user that makes more than it frees to its turn")
  func growingUser() {
    // When p is there only `big` keeps a. But it is larger than a, and b would have to be held beside it.
    let drawn = DrawnGraph("a*10 big=a*60 p=a*1 b*50 q=p+b*1 last=big+q*1")
    #expect(drawn.order("last") == "a p b q big last")
    #expect(drawn.peak("last").bytes == 71)
    #expect(drawn.peak(of: "a p big b q last", "last").bytes == 112)
  }

  @Test("subtracts the mean from each block once, holding each block once")
  func meanOfBlocks() {
    let drawn = DrawnGraph("x0 x1 x2 s0=x0 s1=x1 s2=x2 mean=s0+s1+s2 d0=x0+mean d1=x1+mean d2=x2+mean t=d0+d1+d2")
    #expect(drawn.order("t") == "x0 s0 x1 s1 x2 s2 mean d0 d1 d2 t")
    #expect(drawn.peak("t").results == 7)
  }

  @Test("runs those that one result makes ready in their order")
  func readyTogether() {
    // With `last` listed first the plain order would hold it all the time.
    let drawn = DrawnGraph(
      "last x0 x1 x2 s0=x0 s1=x1 s2=x2 mean=s0+s1+s2 d0=x0+mean d1=x1+mean d2=x2+mean t=d0+d1+d2 end=last+t")
    #expect(drawn.order("end") == "x0 s0 x1 s1 x2 s2 mean d0 d1 d2 t last end")
  }

  @Test("is chosen by bytes where they are known")
  func bytes() {
    // By number both inputs of e cost the same: e itself needs three results.
    #expect(DrawnGraph("p big q=big e=p+q").order("e") == "p big q e")
    let drawn = DrawnGraph("p*10 big*100 q=big*1 e=p+q*1")
    #expect(drawn.order("e") == "big q p e")
    #expect(drawn.peak("e") == DrawnGraph("p*10 big*100 q=big*1 e=p+q*1").peak(of: "big q p e", "e"))
    #expect(drawn.peak("e").bytes == 101)
    #expect(drawn.peak(of: "p big q e", "e").bytes == 111)
  }

  @Test("reads partitions as they lie when nothing is gained otherwise")
  func partitions() {
    var graph = TaskGraph()
    let parts = graph.addLayer("scan", Source(), kind: .data, dependencies: Array(repeating: [], count: 30))
    var merged = graph.addLayer("block", Merge(), dependencies: [Array(parts[..<8])])[0]
    var expected = Array(parts[..<8]) + [merged]
    for start in stride(from: 8, to: 30, by: 8) {
      let block = Array(parts[start..<min(start + 8, 30)])
      let pair = graph.addLayer("block", Merge(), dependencies: [block, [merged, graph.nextTask]])
      expected += block + pair
      merged = pair[1]
    }
    let output = graph.addLayer("finish", Merge(), dependencies: [[merged]])
    #expect(graph.order(outputs: output) == expected + output)
  }

  @Test("puts a chain of a million tasks in order without overflowing the stack")
  func longChain() {
    var graph = TaskGraph()
    let count: UInt32 = 1_000_000
    graph.addLayer("chain", Merge(), dependencies: (0..<count).map { $0 == 0 ? [] : [TaskID(index: $0 - 1)] })
    #expect(graph.priorities(outputs: [TaskID(index: count - 1)]).elementsEqual(0..<count))
  }

  @Test("folds twenty thousand sources with three results alive, however they are listed", arguments: [true, false])
  func longFold(sourceFirst: Bool) {
    var graph = TaskGraph()
    let sources = graph.addLayer("source", Source(), dependencies: Array(repeating: [], count: 20_000))
    var sum = sources[0]
    let first = graph.nextTask
    let sums = graph.addLayer(
      "sum", Merge(),
      dependencies: sources.dropFirst().enumerated().map { index, source in
        if index > 0 { sum = first.advanced(by: index - 1) }
        return sourceFirst ? [source, sum] : [sum, source]
      })
    let order = graph.order(outputs: [sums[19_998]])
    #expect(graph.peak(of: order, outputs: [sums[19_998]]).results == 3)
  }
}
