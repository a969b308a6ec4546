import TaskGraph
import Testing

/// Says what it does.
private struct Described: TaskOperation, CustomStringConvertible {
  static let wireName = "test-described"
  let description: String
  func run(_ task: TaskContext) throws -> any Sendable { task.index }
}

@Suite("The DOT text of a graph")
struct TaskGraphDOTTests {
  private func head(ordering: String) -> String {
    """
    digraph tasks {
      graph [rankdir=TB, nodesep=0.2, ranksep=0.4, ordering=\(ordering), nslimit=4, \
    fontname="Helvetica,Arial,sans-serif", fontsize=9];
      node [fontname="Helvetica,Arial,sans-serif", fontsize=10, height=0.3, margin="0.1,0.04", style=filled, \
    fillcolor="#f3f4f6", color="#4b5563", penwidth=0.8];
      edge [fontname="Helvetica,Arial,sans-serif", fontsize=8, color="#6b7280", fontcolor="#4b5563", arrowsize=0.6, \
    penwidth=0.8];

    """
  }

  /// The lines of nodes and arrows.
  private func body(_ text: String) -> [String] {
    text.split(separator: "\n").map { $0.drop { $0 == " " } }.filter { $0.hasPrefix("t") || $0.hasPrefix("l") }
      .filter { !$0.hasPrefix("labelloc") }.map(String.init)
  }

  @Test("has a node for each task and an arrow for each dependency when the graph is small")
  func tasks() {
    let (graph, _) = mergedSources(2)
    #expect(
      graph.dot() == head(ordering: "in") + """
          t0 [shape=box, label="source[0]", tooltip="\(graph.key(of: TaskID(index: 0)))"];
          t1 [shape=box, label="source[1]", tooltip="\(graph.key(of: TaskID(index: 1)))"];
          t2 [shape=ellipse, label="merge", tooltip="\(graph.key(of: TaskID(index: 2)))"];
          t0 -> t2;
          t1 -> t2;
        }

        """)
  }

  @Test("has a node for each layer when asked, with a double border for several tasks and the number of them")
  func layers() {
    let (graph, output) = mergedSources(3)
    var label = { (task: TaskID) in String(graph.key(of: task).prefix { $0 != "[" }) }
    #expect(
      graph.dot(detail: .layers) == head(ordering: "in") + """
          l0 [shape=box, peripheries=2, label="source\\n3 tasks", tooltip="\(label(TaskID(index: 0))), 3 tasks"];
          l1 [shape=ellipse, peripheries=2, label="merge\\n2 tasks", tooltip="\(label(output)), 2 tasks"];
          l0 -> l1 [tooltip="3 dependencies"];
          l1 -> l1;
        }

        """)
    var one = TaskGraph()
    one.addLayer("none", Source(), dependencies: [])
    let single = one.addLayer("one", Source(), dependencies: [[]])
    label = { (task: TaskID) in String(one.key(of: task).prefix { $0 != "[" }) }
    let lines = body(one.dot(detail: .layers))
    #expect(lines[0].hasPrefix("l0 [shape=ellipse, label=\"none\\n0 tasks\", tooltip=\"none-"))
    #expect(lines[1] == "l1 [shape=ellipse, label=\"one\", tooltip=\"\(label(single[0])), 1 task\"];")
  }

  @Test("says how many dependencies an arrow stands for where they are not one for each task of either end")
  func counts() {
    var graph = TaskGraph()
    let a = graph.addLayer("a", Source(), dependencies: [[], [], [], []])
    let b = graph.addLayer("b", Merge(), dependencies: a.map { [$0] })
    let c = graph.addLayer("c", Merge(), dependencies: [b])
    let d = graph.addLayer("d", Merge(), dependencies: [a + c, a + c])
    graph.addLayer("e", Merge(), dependencies: [[d[0], d[0], d[1]]])
    #expect(
      body(graph.dot(detail: .layers)).suffix(5)
        == [
          "l0 -> l1 [tooltip=\"4 dependencies\"];",
          "l1 -> l2 [tooltip=\"4 dependencies\"];",
          "l0 -> l3 [label=\"×8\", tooltip=\"8 dependencies\"];",
          "l2 -> l3 [tooltip=\"2 dependencies\"];",
          "l3 -> l4 [label=\"×3\", tooltip=\"3 dependencies\"];",
        ])
    #expect(
      body(graph.dot(detail: .tasks)).suffix(2) == [
        "t9 -> t11 [label=\"×2\", tooltip=\"2 dependencies\"];", "t10 -> t11;",
      ])
  }

  @Test("shows one node for a layer of more than two dozen tasks, and the tasks of the others")
  func wideLayers() {
    var graph = TaskGraph()
    let wide = graph.addLayer("wide", Source(), kind: .data, dependencies: Array(repeating: [], count: 25))
    let narrow = graph.addLayer("narrow", Merge(), dependencies: wide[..<24].map { [$0] })
    graph.addLayer("end", Merge(), dependencies: [narrow + wide[24...]])
    let lines = body(graph.dot())
    #expect(lines[0].hasPrefix("l0 [shape=box, peripheries=2, label=\"wide\\n25 tasks\", "))
    #expect(lines[1].hasPrefix("t25 [shape=ellipse, label=\"narrow[0]\", "))
    #expect(lines[25].hasPrefix("t49 [shape=ellipse, label=\"end\", "))
    #expect(lines[26] == "l0 -> t25;")
    #expect(lines.suffix(2) == ["t48 -> t49;", "l0 -> t49;"])
  }

  @Test("shows layers alone when there are more than a hundred nodes or 120 arrows")
  func crowds() {
    var graph = TaskGraph()
    for _ in 0..<5 { graph.addLayer("layer", Source(), dependencies: Array(repeating: [], count: 20)) }
    #expect(body(graph.dot()).count == 100)
    graph.addLayer("layer", Source(), dependencies: [[]])
    #expect(body(graph.dot()).count == 6)

    var dense = TaskGraph()
    let a = dense.addLayer("a", Source(), dependencies: Array(repeating: [], count: 11))
    dense.addLayer("b", Merge(), dependencies: Array(repeating: a, count: 10))
    #expect(body(dense.dot()).count == 21 + 110)
    dense.addLayer("c", Merge(), dependencies: [a])
    #expect(body(dense.dot()).count == 3 + 2)
  }

  @Test("joins the layers of a name when even layers are too many")
  func namesakes() {
    var graph = TaskGraph()
    var last = graph.addLayer("start", Source(), kind: .data, dependencies: [[]])
    for _ in 0..<60 {
      let halves = graph.addLayer("half", Described(description: "never shown"), dependencies: [last, last])
      last = graph.addLayer("join", Merge(), dependencies: [halves])
    }
    func key(_ task: Int) -> String { String(graph.key(of: TaskID(index: UInt32(task))).prefix { $0 != "[" }) }
    #expect(
      body(graph.dot()) == [
        "l0 [shape=box, label=\"start\", tooltip=\"\(key(0)), 1 task\"];",
        "l1 [shape=ellipse, peripheries=2, label=\"half\\n120 tasks in 60 layers\", "
          + "tooltip=\"\(key(1)) and 59 namesakes, 120 tasks\"];",
        "l2 [shape=ellipse, peripheries=2, label=\"join\\n60 tasks in 60 layers\", "
          + "tooltip=\"\(key(3)) and 59 namesakes, 60 tasks\"];",
        "l0 -> l1 [label=\"×2\", tooltip=\"2 dependencies\"];",
        "l2 -> l1 [label=\"×118\", tooltip=\"118 dependencies\"];",
        "l1 -> l2 [tooltip=\"120 dependencies\"];",
      ])
  }

  @Test("lets an operation describe itself, once for a layer and in full in the tooltips")
  func descriptions() {
    var graph = TaskGraph()
    let words = "prices.csv; columns symbol, date, close; filter volume > 0"
    let scan = graph.addLayer("scan", Described(description: words), kind: .data, dependencies: [[], []])
    graph.addLayer("end", Described(description: "in\norder"), dependencies: [scan])
    #expect(
      body(graph.dot()).prefix(3) == [
        "t0 [shape=box, label=\"scan[0]\", tooltip=\"\(graph.key(of: scan[0])): \(words)\"];",
        "t1 [shape=box, label=\"scan[1]\", tooltip=\"\(graph.key(of: scan[1])): \(words)\"];",
        "t2 [shape=ellipse, label=\"end\\nin order\", tooltip=\"\(graph.key(of: TaskID(index: 2))): in order\"];",
      ])
    let label = "scan\\n2 tasks\\nprices.csv; columns symbol, date, close…"
    #expect(body(graph.dot(detail: .layers))[0].hasPrefix("l0 [shape=box, peripheries=2, label=\"\(label)\", tooltip="))
  }

  @Test("is a graph without nodes for an empty graph")
  func empty() {
    #expect(TaskGraph().dot() == head(ordering: "in") + "}\n")
    #expect(TaskGraph().dot(colouring: .order([])).contains("order of running"))
  }

  @Test(
    "escapes what has a meaning in a quoted text, and shortens what is long",
    arguments: [
      (name: "a \"b\"", label: "\"a \\\"b\\\"\"", tooltip: "\"a \\\"b\\\"-"),
      (name: "a\\n\\N", label: "\"a\\\\n\\\\N\"", tooltip: "\"a\\\\\\\\n\\\\\\\\N-"),
      (name: "a\nb\tc", label: "\"a b c\"", tooltip: "\"a\\nb c-"),
      (name: "a\0\u{7}\u{FFFE}b", label: "\"a\u{FFFD}\u{FFFD}\u{FFFD}b\"", tooltip: "\"a\u{FFFD}\u{FFFD}\u{FFFD}b-"),
      (name: "größe {x|y} <b> &amp;", label: "\"größe {x|y} <b> &amp;amp;\"", tooltip: "\"größe {x|y} <b> &amp;amp;-"),
      (name: "", label: "\"\"", tooltip: "\"-"),
      (
        name: "s3://bucket/folder/2020/prices-0001.csv", label: "\"s3://bucket/fo…ices-0001.csv\"",
        tooltip: "\"s3://bucket/folder/2020/prices-0001.csv-"
      ),
    ])
  func escaping(name: String, label: String, tooltip: String) {
    var graph = TaskGraph()
    graph.addLayer(name, Source(), dependencies: [[]])
    #expect(body(graph.dot())[0].hasPrefix("t0 [shape=ellipse, label=\(label), tooltip=\(tooltip)"))
  }

  @Test("does not overflow the stack for a long chain of tasks or layers")
  func deep() {
    var chain = TaskGraph()
    chain.addLayer("step", Merge(), dependencies: (0..<30_000).map { $0 == 0 ? [] : [TaskID(index: $0 - 1)] })
    #expect(body(chain.dot(detail: .tasks)).count == 59_999)
    var layers = TaskGraph()
    var last: [TaskID] = []
    for _ in 0..<10_000 { last = layers.addLayer("step", Merge(), dependencies: [last]) }
    #expect(body(layers.dot()).last == "l0 -> l0 [tooltip=\"9999 dependencies\"];")
  }
}
