/// Finds the steps of new tasks in an old graph, and makes programs and indices of them.
///
/// A shape is a program as numbers, which are the same for tasks that can share it. For each step: its old layer, the number
/// of its inputs, and for each input the number of a step before it, or `outside`.
struct FusedSteps {
  private static let outside = UInt32.max

  private let graph: TaskGraph
  private let gone: [Bool]
  private let replacement: [TaskID]?
  private let layers: [OldLayer]
  private let layerOfTask: [UInt32]
  /// For each old task the last new one that it was found to be a step of, named by its last step, and its place there.
  private var owners: [UInt32]
  private var places: [UInt32]

  /// An old layer, and the wrapper that is its operation, if one is.
  private struct OldLayer {
    let tasks: Range<TaskID>
    let fused: FusedTasks?
    let selected: SelectedTasks?
  }

  init(_ graph: TaskGraph, gone: [Bool], replacement: [TaskID]?) {
    self.graph = graph
    self.gone = gone
    self.replacement = replacement
    layers = graph.layers.map { layer in
      OldLayer(
        tasks: layer.tasks, fused: layer.operation as? FusedTasks, selected: layer.operation as? SelectedTasks)
    }
    layerOfTask = layers.enumerated().flatMap { index, layer in repeatElement(UInt32(index), count: layer.tasks.count) }
    owners = [UInt32](repeating: .max, count: graph.taskCount)
    places = [UInt32](repeating: 0, count: graph.taskCount)
  }

  /// Whether a task of this layer is given the result of another task than before.
  func replacesInputs(of layer: Layer) -> Bool {
    guard let replacement else { return false }
    return layer.tasks.contains { task in graph.dependencies[task].contains { replacement[$0.offset] != $0 } }
  }

  /// The new tasks whose last step is in this layer.
  mutating func gather(_ layer: Layer) -> LayerTasks {
    var tasks = LayerTasks()
    for task in layer.tasks where !gone[task.offset] {
      let inputs = graph.dependencies[task]
      if let replacement {
        tasks.append(task, inputs: inputs.lazy.map { replacement[$0.offset] })
      } else if inputs.contains(where: { gone[$0.offset] }) {
        let steps = steps(of: task)
        let (shape, inputs) = shape(of: steps)
        tasks.append(steps, inputs: inputs, shape: shape)
      } else {
        tasks.append(task, inputs: inputs)
      }
    }
    return tasks
  }

  /// The task and all that is gone before it, depth first.
  private mutating func steps(of root: TaskID) -> [TaskID] {
    let starts = graph.dependencies.starts
    let targets = graph.dependencies.targets
    var steps: [TaskID] = []
    var stack: [(task: TaskID, nextEdge: UInt32)] = [(root, starts[root.offset])]
    while let (task, edge) = stack.last {
      guard edge < starts[task.offset + 1] else {
        places[task.offset] = UInt32(steps.count)
        steps.append(task)
        stack.removeLast()
        continue
      }
      stack[stack.count - 1].nextEdge = edge + 1
      let input = targets[Int(edge)]
      if !gone[input.offset] || owners[input.offset] == root.index { continue }
      owners[input.offset] = root.index
      stack.append((input, starts[input.offset]))
    }
    return steps
  }

  private func shape(of steps: [TaskID]) -> (shape: [UInt32], inputs: [TaskID]) {
    var shape: [UInt32] = []
    var inputs: [TaskID] = []
    for step in steps {
      let list = graph.dependencies[step]
      shape.append(layerOfTask[step.offset])
      shape.append(UInt32(list.count))
      for input in list {
        if gone[input.offset] {
          shape.append(places[input.offset])
        } else {
          shape.append(Self.outside)
          inputs.append(input)
        }
      }
    }
    return (shape, inputs)
  }

  /// The indices that the operations of these tasks are told.
  func indices(of run: [Int], in tasks: LayerTasks) -> TaskIndices {
    var rows: [UInt32] = []
    for task in run {
      for step in tasks.steps[task] {
        let layer = layers[Int(layerOfTask[step.offset])]
        let index = layer.tasks.lowerBound.distance(to: step)
        if let indices = layer.fused?.indices ?? layer.selected?.indices {
          for column in 0..<indices.width { rows.append(UInt32(indices[index, column])) }
        } else {
          rows.append(UInt32(index))
        }
      }
    }
    return TaskIndices(rows: rows, width: rows.count / run.count)
  }

  /// The program of a shape, with fused layers taken apart.
  func program(shape: [UInt32]) -> StepProgram {
    var builder = StepProgramBuilder(graph)
    var position = 0
    while position < shape.count {
      let layer = Int(shape[position])
      let inputs = shape[(position + 2)...].prefix(Int(shape[position + 1]))
      builder.append(layer, inputs: inputs.map { $0 == Self.outside ? nil : Int($0) })
      position = inputs.endIndex
    }
    return builder.program
  }
}
