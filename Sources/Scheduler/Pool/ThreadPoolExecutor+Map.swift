import TaskGraph

extension ThreadPoolExecutor {
  /// The results of `body` for `0..<count`, in order, computed by the pool's threads.
  ///
  /// - Throws: the error of the smallest index that failed.
  /// - Complexity: about a microsecond for each index besides the work itself.
  public func map<Result: Sendable>(
    _ count: Int, _ body: @escaping @Sendable (Int) throws -> Result
  ) throws -> [Result] {
    var graph = TaskGraph()
    let tasks = graph.addLayer("map", LocalFunction(body), dependencies: Array(repeating: [], count: count))
    do {
      return try run(graph, outputs: tasks).map { value in
        guard let result = value as? Result else {
          preconditionFailure("a task of a map gives what its function gives")
        }
        return result
      }
    } catch let error as TaskError {
      throw error.cause
    }
  }
}
