extension TaskGraph {
  /// What a text of a graph says that it is.
  static let jsonFormat = "lazyframe-task-graph"
  /// The version of the format. A program reads one version and refuses others.
  static let jsonVersion = 1
  /// The most tasks and dependencies together that a text may describe. A few bytes can ask for any number of tasks; this many
  /// take a gigabyte.
  static let jsonLimit = 1 << 28

  /// The graph and its outputs as JSON text, from which `decode(json:operations:)` makes them again.
  ///
  ///     {
  ///       "format": "lazyframe-task-graph",
  ///       "version": 1,
  ///       "layers": [
  ///         {"name": "read", "operation": "read-block", "parameters": {"path": "a.csv"}, "kind": "data", "tasks": 4},
  ///         {"name": "add", "operation": "add", "parameters": {}, "tasks": 3, "dependencies": [[0, 1], [2, 3], [4, 5]]}
  ///       ],
  ///       "outputs": [6]
  ///     }
  ///
  /// Tasks are numbered through all layers, from zero. A layer without `dependencies` has tasks that depend on none; many lists
  /// that follow a pattern are written as `{"first": [0, 1], "step": [2, 2], "count": 1000}`. A `salt` is what the key of the
  /// operation needs where its type is not known. Equal graphs give equal text, and nothing is lost: floating-point numbers
  /// have the digits that give the same number again, and those that JSON lacks are strings, `"nan"`, `"inf"` and `"-inf"`.
  ///
  /// - Parameter outputs: The tasks whose results are wanted.
  /// - Throws: `GraphError` if an operation cannot be encoded, as one that holds a function.
  /// - Complexity: O(tasks + dependencies + size of the parameters).
  public func json(outputs: [TaskID] = []) throws(GraphError) -> String {
    for output in outputs {
      precondition(output < nextTask, "The graph has \(taskCount) tasks and none with the id \(output.index).")
    }
    guard taskCount + edgeCount <= TaskGraph.jsonLimit else {
      throw GraphError(
        .notEncodable, "a graph of \(taskCount) tasks and \(edgeCount) dependencies is too large to be written as JSON",
        hint: "tasks and dependencies together may be \(TaskGraph.jsonLimit)")
    }
    var text = JSONText()
    text.append(raw: "{\n  \"format\": \"\(TaskGraph.jsonFormat)\",\n  \"version\": \(TaskGraph.jsonVersion),\n")
    text.append(raw: "  \"layers\": [")
    for index in layers.indices {
      text.append(raw: index == 0 ? "\n    " : ",\n    ")
      text.append(try json(ofLayer: index))
    }
    text.append(raw: layers.isEmpty ? "],\n  \"outputs\": " : "\n  ],\n  \"outputs\": ")
    text.append(DependencyRun.ids(outputs))
    text.append(raw: "\n}\n")
    return String(decoding: text.bytes, as: UTF8.self)
  }

  private func json(ofLayer index: Int) throws(GraphError) -> JSONValue {
    let layer = layers[index]
    let operation: StoredOperation
    do {
      operation = try StoredOperation(layer.operation, path: [JSONKey(stringValue: "parameters")])
    } catch {
      throw GraphError(
        .notEncodable,
        "\(JSONPlace(layer: index, name: layer.name)): the operation '\(layer.operation.wireName)' cannot be written as JSON: "
          + JSONPlace.describe(error),
        hint:
          "a graph that is stored or sent consists of data: use an operation whose encode(to:) writes all its parameters"
      )
    }
    var members = [JSONValue.Member(key: "name", value: .string(layer.name))] + operation.members
    if layer.kind == .data { members.append(JSONValue.Member(key: "kind", value: .string("data"))) }
    if let bytes = layer.resultBytes {
      members.append(JSONValue.Member(key: "resultBytes", value: .number(String(bytes))))
    }
    members.append(JSONValue.Member(key: "tasks", value: .number(String(layer.tasks.count))))
    if layer.tasks.contains(where: { !dependencies[$0].isEmpty }) {
      members.append(JSONValue.Member(key: "dependencies", value: DependencyRun.json(dependencies, of: layer.tasks)))
    }
    return .object(members)
  }
}
