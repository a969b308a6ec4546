import TaskGraph

/// A small graph whose tasks have names.
struct DrawnGraph {
  private(set) var graph = TaskGraph()
  private var ids: [String: TaskID] = [:]
  private var names: [TaskID: String] = [:]

  /// Makes a graph from a text such as `"a b c=a+b d=c*10"`: tasks in the order in which they are added, each with the
  /// names of its inputs, and with the bytes of its result where they are known.
  init(_ text: String) {
    for word in text.split(whereSeparator: \.isWhitespace) {
      let sized = word.split(separator: "*")
      let sides = sized[0].split(separator: "=")
      let inputs = sides.count == 1 ? [] : sides[1].split(separator: "+").map { self[String($0)] }
      let bytes = sized.count == 1 ? nil : Int(sized[1])
      let name = String(sides[0])
      let task = graph.addLayer(name, Merge(), resultBytes: bytes, dependencies: [inputs])[0]
      ids[name] = task
      names[task] = name
    }
  }

  /// The task of a name that is in the graph.
  subscript(name: String) -> TaskID {
    guard let task = ids[name] else { fatalError("No task is named '\(name)'.") }
    return task
  }

  /// The tasks with these names, separated by spaces.
  func tasks(_ names: String) -> [TaskID] { names.split(separator: " ").map { self[String($0)] } }

  /// The names of the tasks in the order of running.
  func order(_ outputs: String) -> String {
    graph.order(outputs: tasks(outputs)).map { names[$0] ?? "?" }.joined(separator: " ")
  }

  /// The peak of the order of running.
  func peak(_ outputs: String) -> TaskGraph.Peak {
    graph.peak(of: graph.order(outputs: tasks(outputs)), outputs: tasks(outputs))
  }

  /// The peak of another order.
  func peak(of order: String, _ outputs: String) -> TaskGraph.Peak {
    graph.peak(of: tasks(order), outputs: tasks(outputs))
  }
}
