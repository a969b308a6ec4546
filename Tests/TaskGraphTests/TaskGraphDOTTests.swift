import TaskGraph
import Testing

@Suite("The DOT text of a graph")
struct TaskGraphDOTTests {
  @Test("has a node for each task and an arrow for each dependency when the graph is small")
  func tasks() {
    let (graph, _) = mergedSources(2)
    #expect(
      graph.dot() == """
        digraph tasks {
          rankdir=TB;
          node [fontname="Helvetica", fontsize=11];
          edge [fontname="Helvetica", fontsize=9, color="#555555"];
          t0 [shape=box, label="source\\n[0]", tooltip="\(graph.key(of: TaskID(index: 0)))"];
          t1 [shape=box, label="source\\n[1]", tooltip="\(graph.key(of: TaskID(index: 1)))"];
          t2 [shape=ellipse, label="merge", tooltip="\(graph.key(of: TaskID(index: 2)))"];
          t0 -> t2;
          t1 -> t2;
        }

        """)
  }

  @Test("collapses to layers with counts beyond a hundred tasks, or when asked")
  func layers() {
    let (graph, _) = mergedSources(64)
    let text = graph.dot()
    #expect(text.contains("l0 [shape=box, label=\"source\\n64 tasks\""))
    #expect(text.contains("l1 [shape=ellipse, label=\"merge\\n63 tasks\""))
    #expect(text.contains("  l0 -> l1 [label=\"64\"];\n  l1 -> l1 [label=\"62\"];\n"))
    #expect(!text.contains("t0"))
    #expect(mergedSources(4).graph.dot(detail: .layers).contains("l0 -> l1 [label=\"4\"]"))
    #expect(graph.dot(detail: .tasks).contains("t126"))
  }

  @Test("is a graph without nodes for an empty graph")
  func empty() {
    #expect(TaskGraph().dot().hasSuffix("color=\"#555555\"];\n}\n"))
  }

  @Test(
    "escapes what has a meaning in a quoted text",
    arguments: [
      (name: "a \"b\"", label: "\"a \\\"b\\\"\""),
      (name: "a\\n", label: "\"a\\\\n\""),
      (name: "a\nb", label: "\"a\\nb\""),
      (name: "a\0\u{7}b", label: "\"a\u{FFFD}\u{FFFD}b\""),
      (name: "größe {x|y} <b>", label: "\"größe {x|y} <b>\""),
    ])
  func escaping(name: String, label: String) {
    var graph = TaskGraph()
    graph.addLayer(name, Source(), dependencies: [[]])
    #expect(graph.dot().contains("[shape=ellipse, label=\(label), tooltip="))
  }
}
