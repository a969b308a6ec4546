// How calls become layers
//
// A layer holds calls of one name, and a task may only use results of earlier layers and of earlier tasks of its own. So the
// calls are put in an order in which each comes behind what it uses, and each uninterrupted run of one name becomes a layer:
//
//     load  load  load  load
//       |     |     |     |           load   4 tasks
//     clean clean clean clean   ->    clean  4 tasks
//        \   /      \   /             add    3 tasks, one of which uses the other two
//         add        add
//            \      /
//              add
//
// Fewer and longer layers make smaller graphs and clearer pictures. We count for each call the inputs that have no place yet;
// calls without such inputs are ready. Then, again and again, we choose a name and give places to its ready calls and to those
// that become ready thereby, until no call of that name is ready. We prefer a name of which every call that is left is
// ready, as it will need no further layer; otherwise we take the name that has waited longest.
//
//     f  f  g         f has three calls, one of which waits for g: g first, and f becomes one layer
//            \
//             f
//
// Nothing here recurses, and nothing depends on hashing order.

extension GraphBuilder {
  /// Adds the tasks of nodes and of all that they use, but for those that were added before.
  ///
  /// - Returns: The tasks of the nodes.
  /// - Complexity: O(nodes + inputs).
  package mutating func add(_ roots: [DelayedNode]) throws -> [TaskID] {
    let calls = NewCalls(try reachable(roots), self)
    calls.addLayers(to: &self)
    return roots.map(task(of:))
  }

  /// The nodes that are not in the graph yet, depth first, each behind those that it uses. The tasks of other collections are
  /// added on the way, and with them calls that both they and the roots use.
  private mutating func reachable(_ roots: [DelayedNode]) throws -> [CallNode] {
    var calls: [CallNode] = []
    var seen: Set<ObjectIdentifier> = []
    var stack: [(node: DelayedNode, nextInput: Int)] = []
    func push(_ node: DelayedNode) {
      if self[node] == nil, seen.insert(ObjectIdentifier(node)).inserted { stack.append((node, 0)) }
    }
    for root in roots {
      push(root)
      while let (node, input) = stack.last {
        if input < node.inputs.count {
          stack[stack.count - 1].nextInput = input + 1
          push(node.inputs[input])
          continue
        }
        stack.removeLast()
        switch node {
        case let call as CallNode: calls.append(call)
        case let node as CollectionNode: self[node] = try add(node.collection, as: node)
        default: preconditionFailure("A node is a call or another collection.")
        }
      }
    }
    return calls
  }

  fileprivate func task(of node: DelayedNode) -> TaskID {
    guard let task = self[node] else { preconditionFailure("What a call uses is added before it.") }
    return task
  }
}

/// The calls that are not in the graph yet, and how they use each other. See the head of this file.
private struct NewCalls {
  private enum Input {
    /// The result of another of these calls.
    case call(Int)
    /// The result of a task of the graph.
    case task(TaskID)
  }

  /// Each behind those that it uses.
  private var calls: [CallNode] = []
  private var places: [ObjectIdentifier: Int] = [:]

  /// The inputs of all calls, and for each call where its inputs end.
  private var inputs: [Input] = []
  private var inputEnds: [Int] = []

  /// For each call the places of those among these calls that it uses, once for each use.
  private var uses = Adjacency()
  private var usesOfLast: [TaskID] = []

  /// For each call the number of its name.
  private var names: [Int] = []
  private var numbers: [String: Int] = [:]

  /// - Parameter calls: Each behind those that it uses. Those that the graph has by now are left out.
  init(_ calls: [CallNode], _ builder: GraphBuilder) {
    for call in calls where builder[call] == nil { append(call, builder) }
  }

  private mutating func append(_ call: CallNode, _ builder: GraphBuilder) {
    usesOfLast.removeAll(keepingCapacity: true)
    for input in call.inputs {
      if let place = places[ObjectIdentifier(input)] {
        inputs.append(.call(place))
        usesOfLast.append(TaskID(index: UInt32(place)))
      } else {
        inputs.append(.task(builder.task(of: input)))
      }
    }
    inputEnds.append(inputs.count)
    uses.append(usesOfLast)
    names.append(number(of: call.name))
    places[ObjectIdentifier(call)] = calls.count
    calls.append(call)
  }

  private mutating func number(of name: String) -> Int {
    if let last = calls.last, last.name == name { return names[names.count - 1] }
    if let number = numbers[name] { return number }
    numbers[name] = numbers.count
    return numbers.count - 1
  }

  private func inputs(of call: Int) -> ArraySlice<Input> {
    inputs[(call == 0 ? 0 : inputEnds[call - 1])..<inputEnds[call]]
  }

  /// Gives the calls places in the graph, name after name.
  func addLayers(to builder: inout GraphBuilder) {
    let users = Adjacency(reversing: uses)
    var missing = calls.indices.map { uses.starts[$0 + 1] - uses.starts[$0] }
    var tasks = [TaskID](repeating: TaskID(index: 0), count: calls.count)
    var queue = NameQueue(names, count: numbers.count)
    for call in calls.indices where missing[call] == 0 { queue.push(call, names[call]) }
    while let name = queue.next() {
      var run: [CallNode] = []
      var dependencies: [[TaskID]] = []
      let first = builder.graph.nextTask
      while let call = queue.pop(name) {
        tasks[call] = first.advanced(by: run.count)
        builder[calls[call]] = tasks[call]
        run.append(calls[call])
        dependencies.append(
          inputs(of: call).map { input in
            switch input {
            case .call(let other): tasks[other]
            case .task(let task): task
            }
          })
        for user in users[TaskID(index: UInt32(call))] {
          missing[user.offset] -= 1
          if missing[user.offset] == 0 { queue.push(user.offset, names[user.offset]) }
        }
      }
      builder.graph.addLayer(run[0].name, DelayedCalls(name: run[0].name, calls: run), dependencies: dependencies)
    }
  }
}

/// The calls that are ready, by name.
private struct NameQueue {
  private struct Name {
    /// The calls that are ready, in the order in which they became so, behind those that were taken.
    var ready: [Int] = []
    var taken = 0
    /// The number of calls that have not become ready.
    var waiting = 0
  }

  private var names: [Name]
  /// Names of which every call that is left is, or was, ready; and all names that had a call become ready.
  private var whole: [Int] = []
  private var any: [Int] = []
  private var nextWhole = 0
  private var nextAny = 0

  init(_ nameOfCall: [Int], count: Int) {
    names = Array(repeating: Name(), count: count)
    for name in nameOfCall { names[name].waiting += 1 }
  }

  mutating func push(_ call: Int, _ name: Int) {
    if names[name].taken == names[name].ready.count { any.append(name) }
    names[name].ready.append(call)
    names[name].waiting -= 1
    if names[name].waiting == 0 { whole.append(name) }
  }

  mutating func pop(_ name: Int) -> Int? {
    guard names[name].taken < names[name].ready.count else { return nil }
    defer { names[name].taken += 1 }
    return names[name].ready[names[name].taken]
  }

  /// A name with calls that are ready, or nil when there is none.
  mutating func next() -> Int? {
    while nextWhole < whole.count {
      nextWhole += 1
      let name = whole[nextWhole - 1]
      if names[name].taken < names[name].ready.count { return name }
    }
    while nextAny < any.count {
      nextAny += 1
      let name = any[nextAny - 1]
      if names[name].taken < names[name].ready.count { return name }
    }
    return nil
  }
}
