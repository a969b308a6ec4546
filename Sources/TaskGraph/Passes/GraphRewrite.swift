// From the graph before a pass to the graph after
//
// A pass only says which tasks go away: unneeded ones, ones that another replaces, and ones that are to run inside of their
// users. All the rest is the same for all passes and is done here, in one walk over the old layers.
//
//     old layers         gone         new layers
//
//     read    0 1 2 3    0 1 3        read       2              selected: told the index 2, as before
//             | | | |
//     double  4 5 6 7    4 5 7        double     6              selected
//              \| |/
//     sum     8 9 . .                 read·double·sum  8 9      fused: 0 4 1 5 8 are the steps of one
//
// A task that stays takes in, as steps, its inputs that are gone, their inputs that are gone, and so on; the others become
// its inputs. The steps are in the order in which one thread would have run them: depth first, inputs as they are listed.
//
// The new tasks of an old layer are those whose last step is in it. They only need results of this layer and of those before
// it, so the old layers can be rewritten one after the other. Within a layer the tasks are put in groups:
//
// - Those that run alone. If that is the whole layer, with the inputs that it had, it stays as it is; else its operation is
//   wrapped in `SelectedTasks`, by which the keys of its tasks remain.
// - Fused ones, a group for each *shape*: the layers of the steps and which step uses which. A group is one `FusedTasks`
//   with one program, and a table of the indices that its steps are told.
//
// Each group becomes a layer, or several if tasks of two groups depend on each other by turns: see `LayerRuns`. So the result
// is as compact as the graph before: a million pairs `read`, `sum` become one layer, and so does a binary tree.
//
// Layers that are fused already are taken apart, so wrappers never hold wrappers.

/// Makes the graph in which some tasks of another are gone. See the head of this file.
struct GraphRewrite {
  private let old: TaskGraph
  private var steps: FusedSteps
  private var layers: [Layer] = []
  private var dependencies = Adjacency()
  /// For each old task that stays the new one, for all layers that are done.
  private var newTasks: [TaskID]

  /// Makes the graph without the tasks that are gone.
  ///
  /// - Parameters:
  ///   - gone: Whether a task runs inside of each of its users. One that is not needed or replaced has none.
  ///   - replacement: For each task the one whose result its users take: an earlier one that stays, or itself.
  /// - Returns: The new graph, and the tasks in it that have the results of `outputs`.
  /// - Complexity: O(tasks + dependencies + steps of the new graph), but O(n log n) for layers that have to be split.
  static func apply(
    to graph: TaskGraph, outputs: [TaskID], gone: [Bool], replacement: [TaskID]? = nil
  ) -> (graph: TaskGraph, outputs: [TaskID]) {
    if !gone.contains(true) { return (graph, outputs) }
    var rewrite = GraphRewrite(graph, gone: gone, replacement: replacement)
    for layer in graph.layers.indices { rewrite.addTasks(ofLayer: layer) }
    return (
      TaskGraph(layers: rewrite.layers, dependencies: rewrite.dependencies),
      outputs.map { rewrite.newTasks[(replacement?[$0.offset] ?? $0).offset] }
    )
  }

  private init(_ graph: TaskGraph, gone: [Bool], replacement: [TaskID]?) {
    old = graph
    steps = FusedSteps(graph, gone: gone, replacement: replacement)
    newTasks = [TaskID](repeating: TaskID(index: 0), count: graph.taskCount)
  }

  /// Adds the new tasks whose last step is in this layer.
  private mutating func addTasks(ofLayer index: Int) {
    let layer = old.layers[index]
    let tasks = steps.gather(layer)
    var programs: [Int: StepProgram] = [:]
    for run in LayerRuns.order(tasks, of: layer.tasks) {
      let first = TaskID(index: UInt32(dependencies.starts.count - 1))
      for (place, task) in run.tasks.enumerated() { newTasks[tasks.last(of: task).offset] = first.advanced(by: place) }
      for task in run.tasks { dependencies.append(tasks.inputs[task].map { newTasks[$0.offset] }) }
      let range = first..<first.advanced(by: run.tasks.count)
      if run.group != 0 {
        let program = programs[run.group] ?? steps.program(shape: tasks.shapes[run.group])
        programs[run.group] = program
        let operation = FusedTasks(program, indices: steps.indices(of: run.tasks, in: tasks))
        layers.append(layer.replaced(program.name, operation, range))
      } else if run.tasks.count < layer.tasks.count || steps.replacesInputs(of: layer) {
        layers.append(layer.replaced(layer.name, selection(of: run.tasks, in: tasks, index), range))
      } else {
        let whole = layer.replaced(layer.name, layer.operation, range)
        // Computed anew it would be the same, but for a number where there was an equal layer before this one.
        whole.token.set(old.identity(ofLayer: index))
        layers.append(whole)
      }
    }
  }

  /// The operation that stands for some of the tasks of a layer.
  private func selection(of run: [Int], in tasks: LayerTasks, _ index: Int) -> any TaskOperation {
    let indices = steps.indices(of: run, in: tasks)
    switch old.layers[index].operation {
    case let fused as FusedTasks: return FusedTasks(fused.program, indices: indices)
    case let selected as SelectedTasks: return SelectedTasks(selected.layer, indices: indices)
    case let operation: return SelectedTasks(OriginLayer(operation, old.identity(ofLayer: index)), indices: indices)
    }
  }
}

extension Layer {
  /// A layer that takes the place of this one in another graph.
  fileprivate func replaced(_ name: String, _ operation: any TaskOperation, _ tasks: Range<TaskID>) -> Layer {
    Layer(name: name, operation: operation, kind: kind, resultBytes: resultBytes, tasks: tasks)
  }
}
