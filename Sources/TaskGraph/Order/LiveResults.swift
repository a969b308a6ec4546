/// Which results are alive while one worker runs tasks one after the other, and what they weigh.
///
/// A result is alive from when its task runs until the last of its users has run, so a task's inputs and its own result
/// are alive together. Outputs stay. A weight is a number of bytes, or 1 to count results.
///
///     order          a    b    m    c    r         m = a + b, r = m + c
///     alive          a   ab  abm   mc  mcr   r     peak 3
struct LiveResults {
  private let inputs: Adjacency
  private let weights: [Int]

  /// For each task how often its result is still to be used: once for each mention by a task, and by an output for
  /// ever.
  private(set) var uses: [UInt32]

  /// What all results weigh that are alive.
  private var weight = 0

  /// The most that was alive at a time.
  private(set) var peak = 0

  /// The most that a task and those of its inputs weigh that it was the last to use.
  private var largestTask = 0

  /// Begins with nothing alive.
  ///
  /// - Parameters:
  ///   - tasks: All tasks that will run.
  ///   - inputs: For each task those whose results it uses. One may be named twice.
  ///   - weights: For each task the weight of its result.
  ///   - outputs: Tasks whose results are kept.
  /// - Complexity: O(tasks + inputs).
  init(of tasks: some Sequence<TaskID>, inputs: Adjacency, weights: [Int], outputs: [TaskID]) {
    self.inputs = inputs
    self.weights = weights
    uses = [UInt32](repeating: 0, count: weights.count)
    for task in tasks {
      for edge in inputs.edges(of: task) { uses[inputs.targets[edge].offset] += 1 }
    }
    for output in outputs { uses[output.offset] += 1 }
  }

  /// Runs all tasks of an order.
  init(running order: [TaskID], inputs: Adjacency, weights: [Int], outputs: [TaskID]) {
    self.init(of: order, inputs: inputs, weights: weights, outputs: outputs)
    for task in order { run(task) }
  }

  /// Runs one task.
  mutating func run(_ task: TaskID) {
    weight += weights[task.offset]
    peak = max(peak, weight)
    let before = weight
    for edge in inputs.edges(of: task) {
      let input = inputs.targets[edge].offset
      uses[input] -= 1
      if uses[input] == 0 { weight -= weights[input] }
    }
    largestTask = max(largestTask, before - weight + weights[task.offset])
    // Without a user it was run for nothing.
    if uses[task.offset] == 0 { weight -= weights[task.offset] }
  }

  /// Whether no order of the tasks that ran has a lower peak: in any, all outputs are alive at the end, and each task
  /// needs its inputs and itself.
  var isEvidentlyLeast: Bool { peak <= max(weight, largestTask) }
}
