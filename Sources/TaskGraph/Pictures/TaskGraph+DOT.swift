extension TaskGraph {
  /// How much a picture shows.
  public enum Detail: Sendable {
    /// A node for each task.
    case tasks
    /// A node for each layer, with the number of its tasks.
    case layers
    /// A node for each task, but one for a layer of more than two dozen tasks. Where these are too many to be looked at
    /// (about a hundred), a node for each layer, and where even these are, for all layers of a name.
    case automatic
  }

  /// The graph as Graphviz text: `dot -Tsvg` makes a picture of it. See `visualize`, which does that too.
  ///
  /// Data are boxes, operations are round, and a double border stands for several tasks. Arrows go from a result to where it
  /// is used; a layer that depends on itself, as a tree does, has an arrow to itself. An arrow carries the number of
  /// dependencies where that is more than one for each task on either end. Whole keys are in the tooltips. An operation
  /// that is `CustomStringConvertible` describes itself below the name of its layer. Computes nothing.
  ///
  /// - Parameters:
  ///   - detail: How much is shown.
  ///   - colouring: What the colours tell, for each task of the graph; nil for no colours.
  /// - Complexity: O(tasks + dependencies).
  public func dot(detail: Detail = .automatic, colouring: PictureColouring? = nil) -> String {
    if let count = colouring?.values.count {
      precondition(count == taskCount, "A colouring has a value for each task: \(taskCount), not \(count).")
    }
    let outline = PictureOutline(self, detail)
    let figures = colouring.map { PictureFigures($0, of: outline.nodes, in: self) }
    var text = """
      digraph tasks {
        graph [rankdir=TB, nodesep=0.2, ranksep=0.4, ordering=\(outline.isForest ? "in" : "out"), nslimit=4, fontname="\(fonts)", fontsize=9];
        node [fontname="\(fonts)", fontsize=10, height=0.3, margin="0.1,0.04", style=filled, fillcolor="#f3f4f6", \
      color="#4b5563", penwidth=0.8];
        edge [fontname="\(fonts)", fontsize=8, color="#6b7280", fontcolor="#4b5563", arrowsize=0.6, penwidth=0.8];

      """
    if let figures { text += "  labelloc=b; labeljust=l; label=<\(figures.legend)>;\n" }
    for (index, node) in outline.nodes.enumerated() {
      let figure = figures?.figures[index]?.text
      text +=
        "  \(name(node)) [\(shape(node)), label=\(quoted(label(node, figure))), tooltip=\(quoted(tooltip(node), rounds: 2))"
      if let figures { text += ", " + figures.attributes(ofNode: index) }
      text += "];\n"
    }
    for arrow in outline.arrows {
      let (source, target) = (outline.nodes[arrow.source], outline.nodes[arrow.target])
      text += "  \(name(source)) -> \(name(target))\(attributes(of: arrow, from: source, to: target));\n"
    }
    return text + "}\n"
  }

  private func name(_ node: PictureOutline.Node) -> String {
    switch node {
    case .task(let task, _): "t\(task.index)"
    case .layers(let layers): "l\(layers[0])"
    }
  }

  private func shape(_ node: PictureOutline.Node) -> String {
    let shape = layers[node.layer].kind == .data ? "shape=box" : "shape=ellipse"
    return node.taskCount(in: self) > 1 ? shape + ", peripheries=2" : shape
  }

  /// The name that users see, how many tasks or which one, the figure, and what the operation says of itself.
  private func label(_ node: PictureOutline.Node, _ figure: String?) -> String {
    let layer = layers[node.layer]
    var title = shortened(layer.name, to: 28, keepingLast: 13)
    var details: [String] = []
    var isLayer = true
    switch node {
    case .task(let task, _):
      isLayer = layer.tasks.count == 1
      if !isLayer { title += "[\(layer.tasks.lowerBound.distance(to: task))]" }
    case .layers(let layers) where layers.count == 1:
      if layer.tasks.count != 1 { details.append(counted(layer.tasks.count, "task")) }
    case .layers(let layers):
      isLayer = false
      details.append("\(counted(node.taskCount(in: self), "task")) in \(layers.count) layers")
    }
    if let figure { details.append(figure) }
    var lines = [title]
    if !details.isEmpty { lines.append(details.joined(separator: ", ")) }
    // The same words in every node of a layer would say nothing.
    if isLayer, let words = words(of: layer) { lines.append(shortened(words, to: 40)) }
    return lines.joined(separator: "\n")
  }

  private func tooltip(_ node: PictureOutline.Node) -> String {
    let name: String
    switch node {
    case .task(let task, _): name = key(of: task)
    case .layers(let layers):
      let others = layers.count == 1 ? "" : " and \(counted(layers.count - 1, "namesake"))"
      name = label(ofLayer: node.layer) + others + ", " + counted(node.taskCount(in: self), "task")
      if layers.count > 1 { return name }
    }
    return words(of: layers[node.layer]).map { name + ": " + shortened($0, to: 200) } ?? name
  }

  private func words(of layer: Layer) -> String? {
    (layer.operation as? any CustomStringConvertible).map(\.description).flatMap { $0.isEmpty ? nil : $0 }
  }

  private func attributes(
    of arrow: PictureOutline.Arrow, from source: PictureOutline.Node, to target: PictureOutline.Node
  ) -> String {
    let tooltip = "tooltip=\"\(counted(arrow.count, "dependency", "dependencies"))\""
    if arrow.count == 1 { return "" }
    let isObvious =
      arrow.source == arrow.target || arrow.count == source.taskCount(in: self)
      || arrow.count == target.taskCount(in: self)
    return isObvious ? " [\(tooltip)]" : " [label=\"×\(arrow.count)\", \(tooltip)]"
  }
}

/// The second and third are there for machines without the first, where Graphviz would measure with another font than the
/// one that a browser then shows.
private let fonts = "Helvetica,Arial,sans-serif"
