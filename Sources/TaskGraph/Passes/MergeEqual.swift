/// Makes one task of all tasks with equal operations, equal parameters, the same index and equal inputs.
///
///     scan[0]   scan[0]          scan[0]
///        |         |                |
///      sum[0]    sum[0]    ->     sum[0]        two layers of the same scan, and what follows from them
///         \       /                 ||
///          divide                 divide
///
/// Operations are equal if their digests are. One that cannot be encoded, such as a closure, is equal to itself alone: tasks
/// that use the same result of it may be merged, tasks that use results of two of them never are.
enum MergeEqual {
  static func apply(_ graph: TaskGraph, outputs: [TaskID]) -> (graph: TaskGraph, outputs: [TaskID]) {
    let operations = sharedOperations(graph)
    if operations.allSatisfy({ $0 == nil }) { return (graph, outputs) }
    var replacement = Array(TaskID(index: 0)..<graph.nextTask)
    var gone = [Bool](repeating: false, count: graph.taskCount)
    var firsts: [UInt128: TaskID] = [:]
    for (layer, operation) in zip(graph.layers, operations) {
      guard let operation else { continue }
      let selected = layer.operation as? SelectedTasks
      for (position, task) in layer.tasks.enumerated() {
        // Inputs come before their users, so theirs are replaced already.
        var digest = Digest()
        digest.absorb(UInt64(operation))
        digest.absorb(UInt64(selected?.originIndex(position) ?? position))
        for dependency in graph.dependencies[task] { digest.absorb(UInt64(replacement[dependency.offset].index)) }
        if let first = firsts[digest.value] {
          replacement[task.offset] = first
          gone[task.offset] = true
        } else {
          firsts[digest.value] = task
        }
      }
    }
    return GraphRewrite.apply(to: graph, outputs: outputs, gone: gone, replacement: replacement)
  }

  /// For each layer a number of its operation, which other layers have as well; nil if there are none.
  private static func sharedOperations(_ graph: TaskGraph) -> [Int?] {
    let operations = graph.layers.map { ($0.operation as? SelectedTasks)?.layer.operation.operation ?? $0.operation }
    // To encode a large operation takes long, and most names occur once.
    var nameCounts: [String: Int] = [:]
    for operation in operations { nameCounts[operation.wireName, default: 0] += 1 }
    var numbers: [UInt128: Int] = [:]
    var layerCounts = [Int](repeating: 0, count: operations.count)
    let ownNumbers: [Int?] = operations.map { operation in
      guard nameCounts[operation.wireName, default: 0] > 1 else { return nil }
      let digest = operation.digest
      guard digest.isExact else { return nil }
      let number = numbers[digest.value] ?? numbers.count
      numbers[digest.value] = number
      layerCounts[number] += 1
      return number
    }
    return ownNumbers.map { number in number.flatMap { layerCounts[$0] > 1 ? $0 : nil } }
  }
}
