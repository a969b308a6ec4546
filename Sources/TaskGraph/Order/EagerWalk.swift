// Running what frees memory
//
// The walk goes through the tasks depth first, the heaviest inputs first. But whenever a result has only one user left,
// it is that user which keeps it alive. If the user's other inputs are there too, and it makes no more than it frees,
// it is run at once, before its turn. Here two sums are wanted over the same blocks, each of ten bytes, where all the
// rest is of one:
//
//        block           a           b           c
//                       / \         / \         / \
//        part         m0   s0     m1   s1     m2   s2
//
//        sum          m = m0 + m1 + m2        s = s0 + s1 + s2
//
//        plain        a m0  b m1  c m2  m  s0 s1 s2 s           a, b and c wait for s0, s1 and s2: peak 34 bytes
//        eager        a m0 s0  b m1 s1  c m2 m s2  s            a goes as soon as s0 is there: peak 16 bytes
//
// Where a result is split among many users, none of them frees it alone. If all that are left of them are ready, and
// together make no more than the result weighs, all are run. Here partitions of 32 bytes are merged two at a time by two
// buckets, of 8 bytes each:
//
//        partition      p0   p1           p2   p3
//                        | \/ |            | \/ |
//        bucket a       a0 /\ |  -----    a1 /\ |      a1 = a0 + p2 + p3
//        bucket b          b0    -----       b1       b1 = b0 + p2 + p3
//
//        plain        p0 p1 a0  p2 p3 a1  b0 b1          four partitions wait for b0 and b1: peak 144 bytes
//        eager        p0 p1 a0 b0  p2 p3 a1 b1           p0 and p1 go before p2 comes: peak 88 bytes
//
// Users that make more than they free wait for their turn, so the walk does not rush ahead into results that nobody can
// use yet. To run all that is ready, whatever it makes, has half again the peak on a product of matrices in 12 x 12
// blocks.
//
// What a task would free is kept in `freed`: the weight of the inputs of which it is the last user. That grows when an
// input comes down to one user, which happens once to each. What is ready of an input's users is counted when they become
// ready and when they run, once for each input of theirs. So the walk takes linear time, and there is no queue to sort.

/// An order of tasks that goes depth first and runs what frees memory at once, and its peak. See the head of this file.
struct EagerWalk {
  /// The order.
  private(set) var order: [TaskID] = []

  private let tasks: NeededTasks
  private let users: Adjacency
  private var live: LiveResults
  /// For each task the number of its inputs that are not there yet.
  private var missingInputs: [UInt32]
  /// For each task the weight of the inputs of which no other user is left.
  private var freed: [Int]
  private var isDone: [Bool]
  /// For each task the users of its result that are ready and did not run yet.
  private var ready: [ReadyUsers]
  /// What is to run next, the last one first.
  private var stack: [TaskID] = []

  private struct ReadyUsers {
    var count: UInt32 = 0
    var weight = 0
    /// Whether all of them are on their way.
    var areReleased = false
  }

  /// Walks through all tasks.
  ///
  /// - Complexity: O(tasks + inputs).
  init(_ tasks: NeededTasks) {
    let count = tasks.weights.count
    let all = TaskID(index: 0)..<TaskID(index: UInt32(count))
    self.tasks = tasks
    users = Adjacency(reversing: tasks.inputs)
    live = LiveResults(of: all, inputs: tasks.inputs, weights: tasks.weights, outputs: tasks.outputs)
    missingInputs = all.map { UInt32(tasks.inputs.edges(of: $0).count) }
    freed = Array(repeating: 0, count: count)
    isDone = Array(repeating: false, count: count)
    ready = Array(repeating: ReadyUsers(), count: count)
    order.reserveCapacity(count)
    for input in all where live.uses[input.offset] == 1 {
      for edge in users.edges(of: input) { freed[users.targets[edge].offset] += tasks.weights[input.offset] }
    }
    for task in tasks.inputs.depthFirst(from: tasks.outputs) {
      stack.append(task)
      while let next = stack.popLast() {
        if !isDone[next.offset] { run(next) }
      }
    }
  }

  /// The most that is alive at a time.
  var peak: Int { live.peak }

  private mutating func run(_ task: TaskID) {
    isDone[task.offset] = true
    order.append(task)
    live.run(task)
    for edge in tasks.inputs.edges(of: task) {
      let input = tasks.inputs.targets[edge]
      ready[input.offset].count -= 1
      ready[input.offset].weight -= tasks.weights[task.offset]
      if live.uses[input.offset] == 1 { leaveToLastUser(input) } else { pushIfAllFree(input) }
    }
    // The first user is pushed last, to be run first.
    for edge in users.edges(of: task).reversed() {
      let user = users.targets[edge]
      missingInputs[user.offset] -= 1
      if missingInputs[user.offset] == 0 { isReady(user) }
      pushIfItFrees(user)
    }
  }

  private mutating func leaveToLastUser(_ input: TaskID) {
    for edge in users.edges(of: input) where !isDone[users.targets[edge].offset] {
      freed[users.targets[edge].offset] += tasks.weights[input.offset]
      pushIfItFrees(users.targets[edge])
    }
  }

  private mutating func isReady(_ task: TaskID) {
    for edge in tasks.inputs.edges(of: task) {
      let input = tasks.inputs.targets[edge]
      ready[input.offset].count += 1
      ready[input.offset].weight += tasks.weights[task.offset]
      pushIfAllFree(input)
    }
  }

  /// Runs the users that are left of a result if they are ready and make no more than it weighs.
  private mutating func pushIfAllFree(_ input: TaskID) {
    let users = ready[input.offset]
    guard users.count > 1, users.count == live.uses[input.offset], users.weight <= tasks.weights[input.offset],
      !users.areReleased
    else { return }
    ready[input.offset].areReleased = true
    for edge in self.users.edges(of: input).reversed() where !isDone[self.users.targets[edge].offset] {
      stack.append(self.users.targets[edge])
    }
  }

  private mutating func pushIfItFrees(_ task: TaskID) {
    if missingInputs[task.offset] == 0, freed[task.offset] >= tasks.weights[task.offset] { stack.append(task) }
  }
}
