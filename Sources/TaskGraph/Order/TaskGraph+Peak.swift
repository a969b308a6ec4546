extension TaskGraph {
  /// The most that is alive at a time when one worker runs a graph.
  public struct Peak: Hashable, Sendable {
    /// The largest number of results.
    public let results: Int

    /// About the largest number of bytes, where a layer says how large its results are.
    public let bytes: Int?
  }

  /// Simulates one worker that runs tasks in an order, and tells how much is alive at a time.
  ///
  /// A result is alive from when its task runs until the last of its users has run; a task's inputs and its own result
  /// are alive together. Outputs stay to the end. The two peaks need not fall on the same task.
  ///
  /// - Parameters:
  ///   - order: Tasks, each once and behind all that it depends on; to name them otherwise traps.
  ///   - outputs: The tasks whose results are kept. All of them are in the order.
  /// - Complexity: O(tasks + dependencies).
  public func peak(of order: [TaskID], outputs: [TaskID]) -> Peak {
    let places = priorities(order: order)
    for (place, task) in order.enumerated() {
      precondition(places[task.offset] == place, "The order has task \(task.index) twice.")
      for input in dependencies(of: task) {
        precondition(
          places[input.offset] < place,
          "The order does not have task \(input.index) before task \(task.index), which depends on it.")
      }
    }
    for output in outputs {
      precondition(places[output.offset] != Self.notNeeded, "The order lacks the output \(output.index).")
    }
    func peak(_ weights: [Int]) -> Int {
      LiveResults(running: order, inputs: dependencies, weights: weights, outputs: outputs).peak
    }
    return Peak(results: peak(Array(repeating: 1, count: taskCount)), bytes: resultBytes().map(peak))
  }

  /// About how many bytes the result of each task holds: what its layer says, or the mean of all results whose layer
  /// says it. Nothing when no layer says it. All together are at most `Int.max`, so that sums do not overflow.
  func resultBytes() -> [Int]? {
    let limit = Int.max / max(1, taskCount)
    var bytes = 0
    var count = 0
    for layer in layers {
      guard let known = layer.resultBytes else { continue }
      bytes += min(known, limit) * layer.tasks.count
      count += layer.tasks.count
    }
    if count == 0 { return nil }
    var all: [Int] = []
    all.reserveCapacity(taskCount)
    for layer in layers {
      let one = layer.resultBytes.map { min($0, limit) } ?? bytes / count
      all.append(contentsOf: repeatElement(one, count: layer.tasks.count))
    }
    return all
  }
}
