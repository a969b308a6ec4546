/// Some of the tasks of a layer, whose others went away. Each is run with the index that it had.
struct SelectedTasks: RewrittenTasks, Codable {
  static let wireName = "selected-tasks"

  /// The layer that the tasks come from.
  let layer: OriginLayer

  /// The index in that layer of each task: a table of one column.
  let indices: TaskIndices

  init(_ layer: OriginLayer, indices: TaskIndices) {
    self.layer = layer
    self.indices = indices
  }

  var inputCount: Int? { nil }

  func originIndex(_ index: Int) -> Int { indices[index, 0] }

  func run(_ task: TaskContext) throws -> any Sendable {
    try layer.operation.operation.run(task.inner(index: indices[task.index, 0], inputs: task.inputs))
  }

  private enum CodingKeys: CodingKey { case layer, indices }

  init(from decoder: any Decoder) throws {
    let container = try decoder.container(keyedBy: CodingKeys.self)
    layer = try container.decode(OriginLayer.self, forKey: .layer)
    indices = try container.decode(TaskIndices.self, forKey: .indices)
    try indices.check(width: 1, decoder)
  }
}
