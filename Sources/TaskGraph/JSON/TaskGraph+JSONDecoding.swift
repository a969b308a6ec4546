extension TaskGraph {
  /// Makes a graph and its outputs again from the text that `json(outputs:)` wrote.
  ///
  /// The text is not trusted: everything in it is checked before anything is made of it, and fields that this version does not
  /// know are refused. An operation that is not registered becomes an `UnknownOperation`.
  ///
  /// - Throws: `GraphError` with the place in the text, if it is no JSON, is something else than a graph, or contradicts
  ///   itself; if tasks wait for each other's results in a cycle; or if an operation cannot be made of its parameters.
  /// - Complexity: O(tasks + dependencies + length of the text).
  public static func decode(
    json: String, operations: OperationRegistry
  ) throws(GraphError) -> (graph: TaskGraph, outputs: [TaskID]) {
    let fields = try JSONFields(try JSONParser.parse(json), at: JSONPlace())
    try checkFormat(fields)
    try fields.check(["format", "version", "layers", "outputs"])
    var reader = JSONLayerReader(operations: operations)
    for (index, layer) in try fields.array("layers").enumerated() { try reader.read(layer, index: index) }
    let graph = try reader.graph()
    let outputs = try fields.array("outputs").map { value throws(GraphError) in
      let id = try JSONPlace().id(value, "outputs")
      guard id < graph.nextTask else {
        throw JSONPlace().error("the output \(id.index) is no task: the graph has \(counted(graph.taskCount, "task"))")
      }
      return id
    }
    return (graph, outputs)
  }

  private static func checkFormat(_ fields: JSONFields) throws(GraphError) {
    guard case .string(jsonFormat)? = fields["format"] else {
      var found = "it has no 'format'"
      if let format = fields["format"] { found = "its 'format' is \(format.noun)" }
      if case .string(let name)? = fields["format"] { found = "its 'format' is '\(name)'" }
      throw GraphError(.unsupportedFormat, "the text is no task graph: \(found), not '\(jsonFormat)'")
    }
    let version = try fields.integer("version")
    guard version == jsonVersion else {
      throw GraphError(
        .unsupportedFormat,
        "the text is a task graph of version \(version), and this program reads version \(jsonVersion)",
        hint: "write the graph with a program of the same version")
    }
  }
}
