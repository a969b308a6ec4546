/// The new tasks whose last step is in one old layer, in the order of their last steps. Names of tasks are old ones.
struct LayerTasks {
  /// For each task its steps, in the order of running.
  private(set) var steps = Adjacency()

  /// For each task the results that its steps are given from outside.
  private(set) var inputs = Adjacency()

  /// For each task its group: 0 for those of one step, which run alone.
  private(set) var groups: [Int] = []

  /// For each group its shape: see `FusedSteps`.
  private(set) var shapes: [[UInt32]] = [[]]

  private var groupOfShape: [[UInt32]: Int] = [:]

  var count: Int { groups.count }

  /// The step of a task that gives its result.
  func last(of task: Int) -> TaskID { steps.targets[Int(steps.starts[task + 1]) - 1] }

  /// Adds a task that runs alone.
  mutating func append(_ step: TaskID, inputs: some Sequence<TaskID>) {
    steps.append(CollectionOfOne(step))
    self.inputs.append(inputs)
    groups.append(0)
  }

  /// Adds a fused task.
  mutating func append(_ steps: [TaskID], inputs: [TaskID], shape: [UInt32]) {
    self.steps.append(steps)
    self.inputs.append(inputs)
    if let group = groupOfShape[shape] {
      groups.append(group)
    } else {
      groupOfShape[shape] = shapes.count
      groups.append(shapes.count)
      shapes.append(shape)
    }
  }
}

extension Adjacency {
  /// The list at a position.
  subscript(list: Int) -> ArraySlice<TaskID> { self[TaskID(index: UInt32(list))] }
}
