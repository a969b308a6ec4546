/// A graph that is being made of several collections, in which what they share comes once.
public struct GraphBuilder {
  /// The tasks so far.
  public var graph = TaskGraph()

  /// The names of optimiser passes that collections should leave out.
  public let disabledPasses: Set<String>

  /// The tasks of shared parts, by the identity of the object that stands for the part.
  private var shared: [ObjectIdentifier: TaskID] = [:]

  /// A collection that was added, as it is by now.
  private struct Member {
    var collection: any LazyCollection
    /// What it has added, together with the collections that it consists of. They come behind it among the members.
    var tasks: Range<TaskID>
  }

  private var members: [Member] = []
  private var memberIndices: [ObjectIdentifier: Int] = [:]

  /// Starts with an empty graph.
  public init(disabledPasses: Set<String> = []) {
    self.disabledPasses = disabledPasses
  }

  /// The task of a shared part, if it was added already.
  ///
  /// The object must stay alive as long as the builder is used: its identity is the key.
  public subscript(part: AnyObject) -> TaskID? {
    get { shared[ObjectIdentifier(part)] }
    set { shared[ObjectIdentifier(part)] = newValue }
  }

  /// Adds a collection that others may use too, or finds it if it was added already.
  ///
  /// - Parameters:
  ///   - collection: What is added.
  ///   - part: Stands for a collection without an identity. Must stay alive as long as the builder is used.
  /// - Returns: The collection's task.
  public mutating func add(_ collection: some LazyCollection, as part: AnyObject) throws -> TaskID {
    let identity = collection.identity ?? ObjectIdentifier(part)
    if let task = shared[identity] { return task }
    let first = graph.nextTask
    let index = memberIndices[identity] ?? members.count
    if index == members.count {
      members.append(Member(collection: collection, tasks: first..<first))
      memberIndices[identity] = index
    }
    let current = members[index].collection
    let task = try current.addTasks(to: &self)
    members[index].tasks = first..<graph.nextTask
    shared[identity] = task
    return task
  }

  /// Lets the collection whose task has failed mend its assumptions. If it did, the graph is empty again, and the
  /// collections are to be added once more.
  ///
  /// - Returns: Whether anything was mended.
  /// - Throws: What a collection throws in place of the error.
  package mutating func revise(after error: TaskError) throws -> Bool {
    guard let failed = graph.task(key: error.key) else { return false }
    var isMended = false
    // From the inside out: what consists of a collection that was mended need not be asked.
    for index in members.indices.reversed() where !isMended && members[index].tasks.contains(failed) {
      isMended = try members[index].collection.revise(after: error)
    }
    if !isMended { return false }
    graph = TaskGraph()
    shared = [:]
    for index in members.indices { members[index].tasks = graph.nextTask..<graph.nextTask }
    return true
  }
}

extension TaskGraph {
  /// The first task with this key.
  fileprivate func task(key: String) -> TaskID? {
    guard let bracket = key.lastIndex(of: "["), let place = Int(key[bracket...].dropFirst().dropLast()) else {
      return nil
    }
    for index in layers.indices where key.hasPrefix(layers[index].name) && key[..<bracket] == label(ofLayer: index) {
      let tasks = layers[index].tasks
      return (0..<tasks.count).contains(place) ? tasks.lowerBound.advanced(by: place) : nil
    }
    return nil
  }
}
