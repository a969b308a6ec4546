/// What a picture of a graph shows: nodes, each for one task or for many, and the arrows between them.
///
///     tasks   a[0] a[1] … a[64]        outline   a (65 tasks)
///               \   |   /                             │
///                 b[0]                              b[0]
///                 /  \                              /  \
///              c[0]  c[1]                        c[0]  c[1]
struct PictureOutline {
  /// Beyond so many nodes or arrows nobody finds anything by looking, and Graphviz becomes slow.
  private static let mostNodes = 100
  private static let mostArrows = 120
  /// A row of more tasks is too wide for a page, and they are all alike.
  private static let widestRow = 24

  enum Node {
    /// A task, and the position of its layer among those of the graph.
    case task(TaskID, layer: Int)
    /// All tasks of some layers: of one, or of several with the same name. There is at least one.
    case layers([Int])
  }

  /// All dependencies between the tasks of two nodes.
  struct Arrow {
    let source: Int
    let target: Int
    var count: Int
  }

  private(set) var nodes: [Node] = []
  /// By target; then in the order in which the target's tasks first name the sources.
  private(set) var arrows: [Arrow] = []

  /// - Complexity: O(tasks + dependencies).
  init(_ graph: TaskGraph, _ detail: TaskGraph.Detail) {
    switch detail {
    case .tasks: addNodes(graph) { _ in false }
    case .layers: addNodes(graph) { _ in true }
    case .automatic:
      addNodes(graph) { $0.tasks.count > PictureOutline.widestRow }
      if isCrowded { addNodes(graph) { _ in true } }
      if isCrowded { joinNamesakes(graph) }
    }
  }

  /// Whether each node is used at most once, as in a tree. Then the inputs of all nodes can stand in their order, from left
  /// to right; else only those who use a node can, or arrows would cross more than they have to.
  var isForest: Bool { Set(arrows.map(\.source)).count == arrows.count }

  private var isCrowded: Bool { nodes.count > PictureOutline.mostNodes || arrows.count > PictureOutline.mostArrows }

  private mutating func addNodes(_ graph: TaskGraph, asOne: (Layer) -> Bool) {
    nodes = []
    for (index, layer) in graph.layers.enumerated() {
      if asOne(layer) {
        nodes.append(.layers([index]))
      } else {
        nodes += layer.tasks.map { .task($0, layer: index) }
      }
    }
    addArrows(graph)
  }

  /// Layers of one name do the same thing: a graph that is made call by call has hundreds of them.
  private mutating func joinNamesakes(_ graph: TaskGraph) {
    var groups: [[Int]] = []
    var groupOfName: [String: Int] = [:]
    for (index, layer) in graph.layers.enumerated() {
      if let group = groupOfName[layer.name] {
        groups[group].append(index)
      } else {
        groupOfName[layer.name] = groups.count
        groups.append([index])
      }
    }
    nodes = groups.map { .layers($0) }
    addArrows(graph)
  }

  private mutating func addArrows(_ graph: TaskGraph) {
    arrows = []
    var nodeOfTask = [Int](repeating: 0, count: graph.taskCount)
    for (index, node) in nodes.enumerated() {
      for task in node.tasks(in: graph).joined() { nodeOfTask[task.offset] = index }
    }
    // For each source its last arrow so far: to the present target, or to an earlier one.
    var lastArrow = [Int](repeating: -1, count: nodes.count)
    for (target, node) in nodes.enumerated() {
      for task in node.tasks(in: graph).joined() {
        for dependency in graph.dependencies(of: task) {
          let source = nodeOfTask[dependency.offset]
          let last = lastArrow[source]
          if last >= 0, arrows[last].target == target {
            arrows[last].count += 1
          } else {
            lastArrow[source] = arrows.count
            arrows.append(Arrow(source: source, target: target, count: 1))
          }
        }
      }
    }
  }
}

extension PictureOutline.Node {
  /// The position of the layer that names the node.
  var layer: Int {
    switch self {
    case .task(_, let layer): layer
    case .layers(let layers): layers[0]
    }
  }

  /// What the node stands for, a range for each layer.
  func tasks(in graph: TaskGraph) -> [Range<TaskID>] {
    switch self {
    case .task(let task, _): [task..<task.advanced(by: 1)]
    case .layers(let layers): layers.map { graph.layers[$0].tasks }
    }
  }

  /// For how many tasks the node stands.
  func taskCount(in graph: TaskGraph) -> Int {
    tasks(in: graph).reduce(0) { $0 + $1.count }
  }
}
