/// What the tasks of a fused layer run: steps, each of which gives its result to later ones. The last gives that of the task.
///
///     layers         steps                 inputs
///     0  read-csv    0  read-csv           outside 0
///     1  add         1  read-csv           outside 1
///                    2  add                step 0, step 1
struct StepProgram: Sendable, Codable {
  /// The layers of the graph before that the steps come from.
  let layers: [OriginLayer]

  /// For each step its layer among `layers`.
  let steps: [UInt32]

  /// For each step the number of its inputs.
  let inputCounts: [UInt32]

  /// The inputs of all steps, one after the other: the number of an earlier step, or -1 for the task's first input, -2 for
  /// its second, and so on.
  let inputs: [Int32]

  /// Where the inputs of each step begin in `inputs`.
  private let inputStarts: [Int]

  /// For each input whether it is the last to use its step's result.
  private let isLastUse: [Bool]

  init(layers: [OriginLayer], steps: [UInt32], inputCounts: [UInt32], inputs: [Int32]) {
    self.layers = layers
    self.steps = steps
    self.inputCounts = inputCounts
    self.inputs = inputs
    var starts = [0]
    starts.reserveCapacity(inputCounts.count + 1)
    for count in inputCounts { starts.append(starts[starts.count - 1] + Int(count)) }
    inputStarts = starts
    var isUsed = [Bool](repeating: false, count: steps.count)
    var isLastUse = [Bool](repeating: false, count: inputs.count)
    for (position, input) in inputs.enumerated().reversed() where input >= 0 {
      isLastUse[position] = !isUsed[Int(input)]
      isUsed[Int(input)] = true
    }
    self.isLastUse = isLastUse
  }

  var stepCount: Int { steps.count }

  /// The number of inputs that come from outside.
  var outsideCount: Int { -Int(min(0, inputs.min() ?? 0)) }

  /// The layer that a step comes from.
  func layer(of step: Int) -> OriginLayer { layers[Int(steps[step])] }

  /// What a step runs.
  func operation(of step: Int) -> any TaskOperation { layers[Int(steps[step])].operation.operation }

  /// The inputs of a step as written in `inputs`.
  func inputs(of step: Int) -> ArraySlice<Int32> { inputs[inputStarts[step]..<inputStarts[step + 1]] }

  /// The inputs of a step as results. What no later step uses is taken out of the results of the steps.
  func takeInputs(
    of step: Int, from outside: [any Sendable], _ results: inout [(any Sendable)?]
  ) -> [any Sendable] {
    (inputStarts[step]..<inputStarts[step + 1]).map { position in
      let input = Int(inputs[position])
      if input < 0 { return outside[-1 - input] }
      guard let result = isLastUse[position] ? results[input].take() : results[input] else {
        preconditionFailure("step \(step) uses step \(input), which has not run")
      }
      return result
    }
  }
}

extension StepProgram {
  /// The names of its layers in the order of running, each once: `read·double·sum`. Of more than four, the first two and the
  /// last: `read·double·…·sum`.
  var name: String {
    var seen: Set<String> = []
    var names = layers.map(\.identity.name).filter { seen.insert($0).inserted }
    if names.count > 4 { names = names[..<2] + ["…", layer(of: stepCount - 1).identity.name] }
    return names.joined(separator: "·")
  }
}

extension StepProgram {
  private enum CodingKeys: CodingKey { case layers, steps, inputCounts, inputs }

  /// - Throws: `DecodingError` also if a step uses one that is not before it, or the numbers contradict each other.
  init(from decoder: any Decoder) throws {
    let container = try decoder.container(keyedBy: CodingKeys.self)
    let layers = try container.decode([OriginLayer].self, forKey: .layers)
    let steps = try container.decode([UInt32].self, forKey: .steps)
    let inputCounts = try container.decode([UInt32].self, forKey: .inputCounts)
    let inputs = try container.decode([Int32].self, forKey: .inputs)
    var isValid = !steps.isEmpty && steps.count == inputCounts.count && steps.allSatisfy { $0 < layers.count }
    var rest = inputs[...]
    for (step, count) in inputCounts.enumerated() {
      isValid = isValid && rest.count >= count && rest.prefix(Int(count)).allSatisfy { $0 < step }
      rest = rest.dropFirst(Int(count))
    }
    guard isValid, rest.isEmpty else {
      throw DecodingError.dataCorrupted(
        DecodingError.Context(codingPath: decoder.codingPath, debugDescription: "the steps are no program"))
    }
    self.init(layers: layers, steps: steps, inputCounts: inputCounts, inputs: inputs)
  }

  func encode(to encoder: any Encoder) throws {
    var container = encoder.container(keyedBy: CodingKeys.self)
    try container.encode(layers, forKey: .layers)
    try container.encode(steps, forKey: .steps)
    try container.encode(inputCounts, forKey: .inputCounts)
    try container.encode(inputs, forKey: .inputs)
  }
}
