import Synchronization
import TaskGraph

// What a thread does with a task that it has taken.

extension PoolRun {
  /// Runs a task that the thread has taken.
  func run(_ priority: UInt32, _ slot: RunSlot) {
    let task = tasks.order[Int(priority)]
    slot.current.priority = priority
    slot.local.pointee.layer = tasks.layer(of: task, guess: slot.local.pointee.layer)
    let start = slot.log?.taskBegan(task)
    do {
      let value = try evaluate(task, slot)
      let bytes = store(value, of: task, slot)
      if let start { slot.log?.taskEnded(task, since: start, bytes: bytes) }
      complete(task, slot)
    } catch {
      if let start { slot.log?.taskFailed(task, since: start) }
      settle(slot)
      fail(priority, error)
    }
    slot.current.priority = 0
    if let ledger = memory?.ledger, ledger.isHeldBack.load(ordering: .relaxed),
      ledger.isHeldBack.exchange(false, ordering: .sequentiallyConsistent)
    {
      pool.memoryWasFreed()
    }
  }

  /// Runs a task. Its inputs are let go when this returns.
  private func evaluate(_ task: TaskID, _ slot: RunSlot) throws -> any Sendable {
    let list = tasks.dependencies[task.offset]
    var inputs: [any Sendable] = []
    if !list.isEmpty {
      if let memory { try expect(memory, slot) }
      inputs.reserveCapacity(list.count)
      for input in list {
        inputs.append(try memory?.value(of: Int(input)) ?? tasks.values[Int(input)])
      }
    }
    let index = Int(task.index - tasks.layerStarts[slot.local.pointee.layer])
    return try tasks.operations[slot.local.pointee.layer].run(
      TaskContext(
        index: index, inputs: inputs, cancellation: slot.token, memoryLimit: memory?.ledger.limit))
  }

  private func store(_ value: any Sendable, of task: TaskID, _ slot: RunSlot) -> Int {
    guard let memory else {
      (tasks.values + task.offset).initialize(to: value)
      return monitor?.recordsTasks ?? false ? byteCount(of: value) : 0
    }
    let isSource = tasks.dependencies[task.offset].isEmpty
    let bytes = memory.store(
      value, of: task, layer: slot.local.pointee.layer, isSource: isSource, &slot.local.pointee.memory)
    settle(slot)
    return bytes
  }

  /// Makes tasks ready whose last input is there now, and frees results that were used for the last time.
  private func complete(_ task: TaskID, _ slot: RunSlot) {
    slot.local.pointee.completed += 1
    tasks.missingInputs[task.offset].store(RunTasks.done, ordering: .releasing)
    var pushed = 0
    for dependent in tasks.dependents[task.offset] {
      let priority = tasks.priorities[Int(dependent)]
      if priority == TaskGraph.notNeeded { continue }
      let missing = tasks.missingInputs[Int(dependent)]
        .wrappingSubtract(1, ordering: .acquiringAndReleasing).newValue
      if missing > 0 { continue }
      // The thread goes on with the first of them itself.
      if slot.local.pointee.next != RunSlot.none {
        slot.push(max(slot.local.pointee.next, priority))
        pushed += 1
      }
      slot.local.pointee.next = min(slot.local.pointee.next, priority)
    }
    if pushed > 0 { wakeHelpers(pushed) }
    for input in tasks.dependencies[task.offset] {
      let uses = tasks.pendingUses[Int(input)].wrappingSubtract(1, ordering: .acquiringAndReleasing).newValue
      if uses > 0 { continue }
      if let memory {
        _ = memory.release(Int(input), &slot.local.pointee.memory)
      } else {
        (tasks.values + Int(input)).deinitialize(count: 1)
      }
    }
  }

  /// Takes up that a task has failed.
  func fail(_ priority: UInt32, _ error: any Error) {
    if cancellation.isCancelled { isCancelled.store(true, ordering: .sequentiallyConsistent) }
    failure.add(priority, error)
  }
}
