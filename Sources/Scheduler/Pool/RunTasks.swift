import Synchronization
import TaskGraph

/// What a run knows of its tasks, in flat arrays that all threads work on.
///
///     bytes a task   4 order, 4 priority, 4 missing inputs, 4 pending uses, 32 result, and lists of neighbours:
///                    8 + 8 for each dependency
///
/// Arrays of the standard library would be counted up and down by every thread at every task, and the threads would wait for
/// each other's counting; so this is memory of our own.
final class RunTasks: @unchecked Sendable {
  // Safe to share: the lists never change; the counts are atomic; a result is written before its users are told by
  // an atomic count that it is there, and taken out by the one thread that brings `pendingUses` to zero. (Large results of
  // a run with a memory budget move in between, and are touched with a lock only: see `RunMemory`.)

  /// Stands in `missingInputs` for a task that was run.
  static let done = UInt32.max

  /// The tasks in the order of their priorities.
  let order: [TaskID]
  let taskCount: Int
  /// For each task its priority, or `TaskGraph.notNeeded`.
  let priorities: UnsafeMutablePointer<UInt32>
  /// For each task the number of its inputs that are not there yet.
  let missingInputs: UnsafeMutablePointer<Atomic<UInt32>>
  /// For each task how often its result is still to be used. An output is used once more by the caller.
  let pendingUses: UnsafeMutablePointer<Atomic<UInt32>>
  /// The results. There is one for each task that was run and whose result has not been released; of the rest the memory
  /// holds nothing.
  let values: UnsafeMutablePointer<any Sendable>
  let dependencies: FlatLists
  let dependents: FlatLists
  /// The priorities of the tasks without inputs, ascending.
  let sources: [UInt32]
  let operations: UnsafeMutablePointer<any TaskOperation>
  /// For each layer its first task, and at the end the number of tasks.
  let layerStarts: UnsafeMutablePointer<UInt32>
  let layerCount: Int

  init(_ graph: TaskGraph, order: [TaskID], outputs: [TaskID]) {
    self.order = order
    taskCount = graph.taskCount
    let isWhole = order.count == taskCount
    dependencies = FlatLists(graph.dependencies)
    dependents = FlatLists(graph.dependents())
    priorities = .allocate(capacity: taskCount)
    missingInputs = .allocate(capacity: taskCount)
    pendingUses = .allocate(capacity: taskCount)
    values = .allocate(capacity: taskCount)
    priorities.initialize(repeating: TaskGraph.notNeeded, count: taskCount)
    var sources: [UInt32] = []
    for (priority, task) in order.enumerated() {
      priorities[task.offset] = UInt32(priority)
      if dependencies.starts[task.offset] == dependencies.starts[task.offset + 1] { sources.append(UInt32(priority)) }
    }
    self.sources = sources
    for task in 0..<taskCount {
      missingInputs.advanced(by: task).initialize(
        to: Atomic(dependencies.starts[task + 1] - dependencies.starts[task]))
      // When all tasks are needed, all dependents use the result.
      let uses = isWhole ? dependents.starts[task + 1] - dependents.starts[task] : 0
      pendingUses.advanced(by: task).initialize(to: Atomic(uses))
    }
    if !isWhole {
      for task in order {
        for input in dependencies[task.offset] { pendingUses[Int(input)].wrappingAdd(1, ordering: .relaxed) }
      }
    }
    for output in outputs { pendingUses[output.offset].wrappingAdd(1, ordering: .relaxed) }
    layerCount = graph.layers.count
    operations = .allocate(capacity: layerCount)
    layerStarts = .allocate(capacity: layerCount + 1)
    for (index, layer) in graph.layers.enumerated() {
      operations.advanced(by: index).initialize(to: layer.operation)
      layerStarts[index] = layer.tasks.lowerBound.index
    }
    layerStarts[layerCount] = UInt32(taskCount)
  }

  /// Lets the results go that are left: those of the outputs, and of a run that did not come to its end. To be called once, when
  /// no task runs any more. (Not left to `deinit`: a thread may hold the run a moment longer than the caller waits.)
  func freeResults() {
    for task in order {
      let isDone = missingInputs[task.offset].load(ordering: .relaxed) == RunTasks.done
      if isDone, pendingUses[task.offset].load(ordering: .relaxed) > 0 {
        (values + task.offset).deinitialize(count: 1)
      }
    }
  }

  deinit {
    dependencies.deallocate()
    dependents.deallocate()
    priorities.deallocate()
    missingInputs.deallocate()
    pendingUses.deallocate()
    values.deallocate()
    operations.deinitialize(count: layerCount)
    operations.deallocate()
    layerStarts.deallocate()
  }

  /// The layer of a task. `guess` is looked at first.
  ///
  /// - Complexity: O(log layers); O(1) when the guess is right.
  func layer(of task: TaskID, guess: Int) -> Int {
    if layerStarts[guess] <= task.index, task.index < layerStarts[guess + 1] { return guess }
    var low = 0
    var high = layerCount - 1
    while low < high {
      let middle = (low + high) / 2
      if layerStarts[middle + 1] > task.index { high = middle } else { low = middle + 1 }
    }
    return low
  }
}

/// Lists of tasks in memory that no thread has to count references to: a copy of an `Adjacency`.
struct FlatLists {
  let starts: UnsafeMutablePointer<UInt32>
  let targets: UnsafeMutablePointer<UInt32>

  init(_ lists: Adjacency) {
    starts = .allocate(capacity: lists.starts.count)
    starts.initialize(from: lists.starts, count: lists.starts.count)
    targets = .allocate(capacity: lists.targets.count)
    for (index, task) in lists.targets.enumerated() { targets[index] = task.index }
  }

  func deallocate() {
    starts.deallocate()
    targets.deallocate()
  }

  /// The list of one task.
  subscript(task: Int) -> UnsafeBufferPointer<UInt32> {
    UnsafeBufferPointer(start: targets + Int(starts[task]), count: Int(starts[task + 1] - starts[task]))
  }
}
