/// Several tasks run as one, one after the other, by the same program in each task of the layer.
struct FusedTasks: RewrittenTasks, Codable {
  static let wireName = "fused"

  /// What is run in each task.
  let program: StepProgram

  /// The index that each step is told: a column for each step.
  let indices: TaskIndices

  init(_ program: StepProgram, indices: TaskIndices) {
    self.program = program
    self.indices = indices
  }

  var layer: OriginLayer { program.layer(of: program.stepCount - 1) }

  var inputCount: Int? { program.outsideCount }

  func originIndex(_ index: Int) -> Int { indices[index, program.stepCount - 1] }

  /// - Throws: `FailedStep` that names the task that failed by its key before it was fused; `CancelledError` between steps.
  func run(_ task: TaskContext) throws -> any Sendable {
    var results = [(any Sendable)?](repeating: nil, count: program.stepCount)
    for step in 0..<program.stepCount {
      try task.cancellation.checkCancelled()
      let inputs = program.takeInputs(of: step, from: task.inputs, &results)
      let index = indices[task.index, step]
      do {
        results[step] = try program.operation(of: step).run(task.inner(index: index, inputs: inputs))
      } catch {
        throw FailedStep(key: "\(program.layer(of: step).identity.label)[\(index)]", cause: error)
      }
    }
    guard let result = results[program.stepCount - 1] else { preconditionFailure("the last step gives a result") }
    return result
  }

  private enum CodingKeys: CodingKey { case program, indices }

  init(from decoder: any Decoder) throws {
    let container = try decoder.container(keyedBy: CodingKeys.self)
    program = try container.decode(StepProgram.self, forKey: .program)
    indices = try container.decode(TaskIndices.self, forKey: .indices)
    try indices.check(width: program.stepCount, decoder)
  }
}
