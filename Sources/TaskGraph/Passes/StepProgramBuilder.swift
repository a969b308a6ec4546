/// Puts tasks of a graph together to a program, one after the other. The steps of fused tasks become steps of the program.
struct StepProgramBuilder {
  private let graph: TaskGraph
  private var layers: [OriginLayer] = []
  private var steps: [UInt32] = []
  private var inputCounts: [UInt32] = []
  private var inputs: [Int32] = []
  /// For each task the step that gives its result.
  private var results: [Int32] = []
  private var outsideCount: Int32 = 0
  /// For each layer of the graph that was met the layers of the program that it is made of.
  private var numbers: [Int: [UInt32]] = [:]
  private var numberOfLabel: [String: UInt32] = [:]

  init(_ graph: TaskGraph) {
    self.graph = graph
  }

  var program: StepProgram {
    StepProgram(layers: layers, steps: steps, inputCounts: inputCounts, inputs: inputs)
  }

  /// Adds a task of a layer, which uses the results of earlier tasks, or, where nil, the next input of the program.
  mutating func append(_ layer: Int, inputs tasks: [Int?]) {
    let sources = tasks.map { task in
      if let task { return results[task] }
      outsideCount += 1
      return -outsideCount
    }
    let numbers = numbers(ofLayer: layer)
    if let program = (graph.layers[layer].operation as? FusedTasks)?.program {
      let first = Int32(steps.count)
      for step in 0..<program.stepCount {
        let list = program.inputs(of: step).map { $0 < 0 ? sources[Int(-1 - $0)] : first + $0 }
        append(step: numbers[Int(program.steps[step])], list)
      }
    } else {
      append(step: numbers[0], sources)
    }
    results.append(Int32(steps.count - 1))
  }

  private mutating func append(step: UInt32, _ list: [Int32]) {
    steps.append(step)
    inputCounts.append(UInt32(list.count))
    inputs.append(contentsOf: list)
  }

  private mutating func numbers(ofLayer layer: Int) -> [UInt32] {
    if let known = numbers[layer] { return known }
    let operation = graph.layers[layer].operation
    let found =
      switch operation {
      case let fused as FusedTasks: fused.program.layers
      case let selected as SelectedTasks: [selected.layer]
      default: [OriginLayer(operation, graph.identity(ofLayer: layer))]
      }
    let new = found.map { layer in
      if let number = numberOfLabel[layer.identity.label] { return number }
      let number = UInt32(layers.count)
      numberOfLabel[layer.identity.label] = number
      layers.append(layer)
      return number
    }
    numbers[layer] = new
    return new
  }
}
