/// Something that becomes tasks and, when they are run, a value: a frame, an array, a delayed call.
///
/// A collection is lazy: to make one, or to build others from it, computes nothing. `compute()` and `visualize(_:)` come with
/// the module `Scheduler`.
public protocol LazyCollection<Computed>: DelayedArgument {
  /// Adds the tasks that compute the collection.
  ///
  /// A collection that consists of others adds those by `GraphBuilder.add`, on the same stack: nested ten thousand deep, they
  /// would overflow it. Chains of delayed calls may be of any length.
  ///
  /// - Returns: The task whose result is the value.
  /// - Throws: When the collection is wrong in itself, such as a frame with an unknown column.
  func addTasks(to builder: inout GraphBuilder) throws -> TaskID

  /// Makes the value of the result of the collection's task. What `revise(after:)` changes must not matter here.
  func computed(_ result: any Sendable) throws -> Computed

  /// Mends an assumption that a run has proved wrong, so that the next run does better.
  ///
  /// A frame that found a value which does not fit a column's type widens the column. Asked only when one of the collection's
  /// own tasks has failed.
  ///
  /// - Returns: Whether anything was mended. If so the tasks are made and run again, else the error is thrown.
  /// - Throws: What the user is told in place of the error.
  mutating func revise(after error: TaskError) throws -> Bool

  /// The identity of an object that copies of the collection share, and no other collection has. By it the tasks are made
  /// once where the collection is used several times. Nil: they are made for each use.
  var identity: ObjectIdentifier? { get }
}

extension LazyCollection {
  public mutating func revise(after error: TaskError) throws -> Bool { false }

  public var identity: ObjectIdentifier? { nil }
}
