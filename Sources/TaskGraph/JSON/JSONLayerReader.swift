/// Makes layers from their trees, and checks that together they are a graph.
struct JSONLayerReader {
  private let limit: Int
  private let userInfo: [CodingUserInfoKey: Any]
  private var layers: [Layer] = []
  private var dependencies = Adjacency()

  /// - Parameter limit: The most tasks and dependencies together.
  init(operations: OperationRegistry, limit: Int = TaskGraph.jsonLimit) {
    self.limit = limit
    userInfo = [.operationRegistry: operations]
  }

  private static let fields = [
    "name", "operation", "parameters", "salt", "kind", "resultBytes", "tasks", "dependencies",
  ]

  mutating func read(_ value: JSONValue, index: Int) throws(GraphError) {
    var fields = try JSONFields(value, at: JSONPlace(layer: index))
    let name = try fields.text("name")
    fields.place.name = name
    try fields.check(JSONLayerReader.fields)
    var kind = Layer.Kind.operation
    if fields["kind"] != nil {
      let text = try fields.text("kind")
      guard text == "data" || text == "operation" else {
        throw fields.place.error("the kind '\(text)' is not known", hint: "a kind is 'data' or 'operation'")
      }
      if text == "data" { kind = .data }
    }
    let resultBytes = fields["resultBytes"] == nil ? nil : try fields.integer("resultBytes")
    let first = TaskID(index: UInt32(taskCount))
    try readDependencies(fields)
    layers.append(
      Layer(
        name: name, operation: try operation(value, fields.place), kind: kind, resultBytes: resultBytes,
        tasks: first..<TaskID(index: UInt32(taskCount))))
  }

  /// The graph of all layers that were read.
  ///
  /// - Throws: `GraphError` if a task depends on one that does not exist, or does not come before it.
  func graph() throws(GraphError) -> TaskGraph {
    if let (task, dependency) = firstDependency(where: { _, dependency in dependency.offset >= taskCount }) {
      throw place(of: task).error(
        "it depends on \(dependency), and the graph has \(counted(taskCount, "task"))",
        hint: "tasks are numbered through all layers, from 0")
    }
    if let (task, dependency) = firstDependency(where: { task, dependency in dependency >= task }) {
      if case .cycle(let cycle) = dependencies.sorted() { throw .cycle(cycle, name: name) }
      throw place(of: task).error(
        "it depends on \(dependency), which is '\(name(dependency))' and comes later",
        hint: "put each task behind all that it depends on")
    }
    for index in layers.indices { try checkRewritten(index) }
    return TaskGraph(layers: layers, dependencies: dependencies)
  }

  /// Checks that an operation that a pass has made fits its layer.
  private func checkRewritten(_ index: Int) throws(GraphError) {
    guard let operation = layers[index].rewritten else { return }
    let tasks = layers[index].tasks
    let place = JSONPlace(layer: index, name: layers[index].name)
    guard operation.indices.count == tasks.count else {
      throw place.error(
        "its operation has indices for \(counted(operation.indices.count, "task")), and the layer has \(tasks.count)")
    }
    for task in tasks {
      guard let wanted = operation.inputCount, dependencies[task].count != wanted else { continue }
      throw self.place(of: task).error(
        "it has \(counted(dependencies[task].count, "dependency", "dependencies")), and its steps use \(wanted)")
    }
  }

  private func firstDependency(
    where condition: (_ task: TaskID, _ dependency: TaskID) -> Bool
  ) -> (task: TaskID, dependency: TaskID)? {
    for task in TaskID(index: 0)..<TaskID(index: UInt32(taskCount)) {
      for dependency in dependencies[task] where condition(task, dependency) { return (task, dependency) }
    }
    return nil
  }

  private func place(of task: TaskID) -> JSONPlace {
    let index = layers.firstIndex { $0.tasks.contains(task) } ?? 0
    return JSONPlace(
      layer: index, name: layers[index].name, task: layers[index].tasks.lowerBound.distance(to: task))
  }

  private func name(_ task: TaskID) -> String {
    let place = place(of: task)
    return "\(place.name ?? "")[\(place.task ?? 0)]"
  }

  private var taskCount: Int { dependencies.starts.count - 1 }

  private func operation(_ value: JSONValue, _ place: JSONPlace) throws(GraphError) -> any TaskOperation {
    do {
      return try CodableOperation(from: JSONTreeDecoder(value: value, codingPath: [], userInfo: userInfo)).operation
    } catch {
      throw place.error(JSONPlace.describe(error))
    }
  }

  /// Reads the lists of a layer's tasks; that their tasks exist and come earlier is checked when all layers are read.
  private mutating func readDependencies(_ fields: JSONFields) throws(GraphError) {
    let count = try fields.integer("tasks")
    var place = fields.place
    guard fields["dependencies"] != nil else {
      try checkLimit(lists: count, of: 0, place)
      for _ in 0..<count { dependencies.append(EmptyCollection()) }
      return
    }
    let first = taskCount
    for entry in try fields.array("dependencies") {
      place.task = taskCount - first
      switch entry {
      case .array(let elements):
        let list = try elements.map { element throws(GraphError) in try place.id(element, "dependencies") }
        try checkLimit(lists: 1, of: list.count, place)
        dependencies.append(list)
      case .object:
        try append(try run(entry, place), place)
      default:
        throw place.error("\(entry.noun) stands where the list of dependencies should stand")
      }
    }
    guard taskCount - first == count else {
      throw fields.place.error(
        "'tasks' is \(count), and there are \(counted(taskCount - first, "list")) of dependencies",
        hint: "each task has one list, which may be empty")
    }
  }

  private func run(_ value: JSONValue, _ place: JSONPlace) throws(GraphError) -> DependencyRun {
    let fields = try JSONFields(value, at: place)
    try fields.check(["first", "step", "count"])
    let first = try fields.array("first").map { element throws(GraphError) in
      Int(try place.id(element, "first").index)
    }
    var step = first.map { _ in 0 }
    if fields["step"] != nil {
      step = try fields.array("step").map { element throws(GraphError) in
        guard case .number(let text) = element, let number = Int(text) else {
          throw place.error("'step' holds \(element.noun) where an integer should stand")
        }
        return number
      }
    }
    let count = try fields.integer("count")
    guard step.count == first.count else {
      throw place.error("'first' has \(counted(first.count, "task")), and 'step' has \(counted(step.count, "number"))")
    }
    return DependencyRun(first: first, step: step, count: count)
  }

  private mutating func append(_ run: DependencyRun, _ place: JSONPlace) throws(GraphError) {
    try checkLimit(lists: run.count, of: run.first.count, place)
    // The ends are ids, so all between them are.
    for (first, step) in zip(run.first, run.step) where run.count > 0 {
      let (distance, overflows) = step.multipliedReportingOverflow(by: run.count - 1)
      let (last, overflowsToo) = first.addingReportingOverflow(distance)
      guard !overflows, !overflowsToo, UInt32(exactly: last) ?? .max < .max else {
        throw place.error("a step of \(step), \(run.count - 1) times from task \(first), leads to no task")
      }
    }
    for index in 0..<run.count {
      dependencies.append(zip(run.first, run.step).lazy.map { TaskID(index: UInt32($0 + index * $1)) })
    }
  }

  private func checkLimit(lists: Int, of length: Int, _ place: JSONPlace) throws(GraphError) {
    let left = limit - taskCount - dependencies.targets.count
    // The product cannot overflow: the number of lists is below the limit by then, and a list was in memory.
    if lists > left || lists * (length + 1) > left {
      throw place.error("the graph is too large: tasks and dependencies together may be \(limit)")
    }
  }
}
