import TaskGraph

extension Executor {
  /// Starts work and gives its result as a future. Does not wait.
  ///
  ///     let table = executor.submit("load") { try load(path) }
  ///     let model = executor.submit("fit", table) { table in try fit(table) }
  ///     print(try model.result())
  ///
  /// The closure runs once all inputs are there, in a thread of the pool, or in the calling thread with `SerialExecutor`.
  /// If an input fails, the future fails with the same error and the closure does not run; of several failed inputs it is the
  /// first in order. If an input is cancelled, so is the future.
  ///
  /// - Parameters:
  ///   - name: What errors call it.
  ///   - inputs: Futures, of any executor, whose results the closure is given.
  ///   - priority: Among what waits for a thread of the pool, the higher the sooner; then as they came.
  ///   - retries: How often the closure is run again when it fails.
  ///   - body: The work. It may wait for other futures.
  /// - Complexity: O(inputs); about a microsecond.
  public func submit<each Input: Sendable, Value: Sendable>(
    _ name: String, _ inputs: repeat Future<each Input>, priority: Int = 0, retries: Int = 0,
    _ body: @escaping @Sendable (repeat each Input) throws -> Value
  ) -> Future<Value> {
    var tasks: [FutureTask] = []
    for input in repeat each inputs { tasks.append(input.task) }
    return future(FutureName(name: name), tasks, priority, retries) { _ in
      try body(repeat (each inputs).result())
    }
  }

  /// Starts work that can be stopped.
  ///
  /// As `submit` without a token. The closure is given a token that is cancelled with the future; one that takes long should
  /// look at it every few milliseconds.
  public func submit<each Input: Sendable, Value: Sendable>(
    _ name: String, _ inputs: repeat Future<each Input>, priority: Int = 0, retries: Int = 0,
    _ body: @escaping @Sendable (CancellationToken, repeat each Input) throws -> Value
  ) -> Future<Value> {
    var tasks: [FutureTask] = []
    for input in repeat each inputs { tasks.append(input.task) }
    return future(FutureName(name: name), tasks, priority, retries) { token in
      try body(token, repeat (each inputs).result())
    }
  }

  /// Starts work on the results of a list of futures, which the closure is given in their order.
  ///
  ///     let total = executor.submit("sum", squares) { $0.reduce(0, +) }
  public func submit<Input: Sendable, Value: Sendable>(
    _ name: String, _ inputs: [Future<Input>], priority: Int = 0, retries: Int = 0,
    _ body: @escaping @Sendable ([Input]) throws -> Value
  ) -> Future<Value> {
    future(FutureName(name: name), inputs.map(\.task), priority, retries) { _ in
      try body(inputs.map { try $0.result() })
    }
  }

  /// Starts the same work on each element, which gives a future for each, in their order.
  ///
  /// Errors call them `name[0]`, `name[1]` and so on.
  public func map<Element: Sendable, Value: Sendable>(
    _ name: String, _ elements: some Sequence<Element>, priority: Int = 0, retries: Int = 0,
    _ body: @escaping @Sendable (Element) throws -> Value
  ) -> [Future<Value>] {
    var work = FutureWork()
    defer { work.finish() }
    return elements.enumerated().map { index, element in
      future(FutureName(name: name, index: index), [], priority, retries, &work) { _ in try body(element) }
    }
  }

  /// Starts the same work on the result of each future, which gives a future for each, in their order.
  public func map<Input: Sendable, Value: Sendable>(
    _ name: String, over inputs: some Sequence<Future<Input>>, priority: Int = 0, retries: Int = 0,
    _ body: @escaping @Sendable (Input) throws -> Value
  ) -> [Future<Value>] {
    var work = FutureWork()
    defer { work.finish() }
    return inputs.enumerated().map { index, input in
      future(FutureName(name: name, index: index), [input.task], priority, retries, &work) { _ in
        try body(input.result())
      }
    }
  }

  private func future<Value>(
    _ name: FutureName, _ inputs: [FutureTask], _ priority: Int, _ retries: Int,
    _ body: @escaping @Sendable (CancellationToken) throws -> Value
  ) -> Future<Value> {
    var work = FutureWork()
    defer { work.finish() }
    return future(name, inputs, priority, retries, &work, body)
  }

  private func future<Value>(
    _ name: FutureName, _ inputs: [FutureTask], _ priority: Int, _ retries: Int, _ work: inout FutureWork,
    _ body: @escaping @Sendable (CancellationToken) throws -> Value
  ) -> Future<Value> {
    let task = FutureComputation(
      name: name, inputs: inputs, place: FuturePlace(self, isRun: false), priority: priority, retries: retries,
      body: body)
    task.begin(&work)
    return Future(task: task)
  }
}
