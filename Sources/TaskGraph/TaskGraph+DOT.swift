extension TaskGraph {
  /// How much a picture shows.
  public enum Detail: Sendable {
    /// A node for each task.
    case tasks
    /// A node for each layer, with the number of its tasks.
    case layers
    /// Tasks up to a hundred of them, layers beyond.
    case automatic
  }

  /// The graph as Graphviz text: `dot -Tsvg` makes a picture of it.
  ///
  /// Data are boxes, operations are round; arrows go from a result to where it is used. A layer that depends on itself,
  /// as a tree does, has an arrow to itself. Computes nothing.
  ///
  /// - Complexity: O(tasks + dependencies).
  public func dot(detail: Detail = .automatic) -> String {
    let byTask = detail == .tasks || (detail == .automatic && taskCount <= 100)
    return """
      digraph tasks {
        rankdir=TB;
        node [fontname="Helvetica", fontsize=11];
        edge [fontname="Helvetica", fontsize=9, color="#555555"];
      \(byTask ? taskLines() : layerLines())}

      """
  }

  private func taskLines() -> String {
    var lines = ""
    for layer in layers {
      for task in layer.tasks {
        let index = layer.tasks.lowerBound.distance(to: task)
        let label = layer.tasks.count == 1 ? layer.name : "\(layer.name)\n[\(index)]"
        lines += node("t\(task.index)", label, key(of: task), layer.kind)
      }
    }
    for layer in layers {
      for task in layer.tasks {
        for dependency in dependencies[task] { lines += "  t\(dependency.index) -> t\(task.index);\n" }
      }
    }
    return lines
  }

  private func layerLines() -> String {
    var lines = ""
    for (index, layer) in layers.enumerated() {
      let label = "\(layer.name)\n\(counted(layer.tasks.count, "task"))"
      lines += node("l\(index)", label, self.label(ofLayer: index), layer.kind)
    }
    for (index, edges) in layerEdges().enumerated() {
      for (source, count) in edges.sorted(by: { $0.key < $1.key }) {
        lines += "  l\(source) -> l\(index) [label=\"\(count)\"];\n"
      }
    }
    return lines
  }

  private func node(_ name: String, _ label: String, _ tooltip: String, _ kind: Layer.Kind) -> String {
    let shape = kind == .data ? "box" : "ellipse"
    return "  \(name) [shape=\(shape), label=\(quoted(label)), tooltip=\(quoted(tooltip))];\n"
  }
}

/// A text as a quoted string of the DOT language, where a backslash begins an escape.
private func quoted(_ text: String) -> String {
  var result = "\""
  for scalar in text.unicodeScalars {
    switch scalar {
    case "\"": result += "\\\""
    case "\\": result += "\\\\"
    case "\n": result += "\\n"
    // DOT has no escape for other control characters, and a zero byte would end its input.
    case _ where scalar.properties.generalCategory == .control: result += "\u{FFFD}"
    default: result.unicodeScalars.append(scalar)
    }
  }
  return result + "\""
}
