/// Something that becomes tasks and, when they are run, a value: a frame, an array, a delayed call.
///
/// A collection is lazy: to make one, or to build others from it, computes nothing. `compute()` and `visualize(_:)` come with
/// the module `Scheduler`.
public protocol LazyCollection<Computed>: Sendable {
  /// What `compute()` gives.
  associatedtype Computed: Sendable

  /// Adds the tasks that compute the collection.
  ///
  /// - Returns: The task whose result is the value.
  /// - Throws: When the collection is wrong in itself, such as a frame with an unknown column.
  func addTasks(to builder: inout GraphBuilder) throws -> TaskID

  /// Makes the value of the result of the collection's task.
  func computed(_ result: any Sendable) throws -> Computed

  /// Mends an assumption that a run has proved wrong, so that the next run does better.
  ///
  /// A frame that found a value which does not fit a column's type widens the column.
  ///
  /// - Returns: Whether anything was mended. If so the tasks are made and run again, else the error is thrown.
  mutating func revise(after error: TaskError) throws -> Bool
}

extension LazyCollection {
  public mutating func revise(after error: TaskError) throws -> Bool { false }
}

/// A graph that is being made of several collections, in which what they share comes once.
public struct GraphBuilder {
  /// The tasks so far.
  public var graph = TaskGraph()

  /// The tasks of shared parts, by the identity of the object that stands for the part.
  private var shared: [ObjectIdentifier: TaskID] = [:]

  /// Starts with an empty graph.
  public init() {}

  /// The task of a shared part, if it was added already.
  ///
  /// The object must stay alive as long as the builder is used: its identity is the key.
  public subscript(part: AnyObject) -> TaskID? {
    get { shared[ObjectIdentifier(part)] }
    set { shared[ObjectIdentifier(part)] = newValue }
  }
}
