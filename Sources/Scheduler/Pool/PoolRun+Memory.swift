import Synchronization
import TaskGraph

// How a run keeps to its memory budget: see `MemoryLedger`.

extension PoolRun {
  /// Counts what a source will probably make.
  ///
  /// - Returns: Whether it may start.
  func reserve(_ priority: UInt32, _ slot: RunSlot, _ evenWithoutMemory: Bool) -> Bool {
    guard let memory else { return true }
    slot.local.pointee.layer = tasks.layer(of: tasks.order[Int(priority)], guess: slot.local.pointee.layer)
    let bytes = memory.estimate(layer: slot.local.pointee.layer, isSource: true)
    if bytes == 0 { return true }
    let ledger = memory.ledger
    if !ledger.reserve(bytes) {
      do {
        try ledger.makeRoom(for: bytes)
      } catch {
        fail(0, error)
        return false
      }
      if evenWithoutMemory {
        ledger.add(bytes)
      } else if !ledger.reserve(bytes) {
        heldBack.store(.held, ordering: .sequentiallyConsistent)
        ledger.isHeldBack.store(true, ordering: .sequentiallyConsistent)
        // Memory that was freed before the flags were up has woken nobody.
        guard ledger.reserve(bytes) else { return false }
        heldBack.store(.easing, ordering: .sequentiallyConsistent)
      }
    }
    slot.local.pointee.reserved = bytes
    return true
  }

  /// Counts what a task that is no source will probably make, and makes room for it.
  func expect(_ memory: RunMemory, _ slot: RunSlot) throws {
    slot.local.pointee.reserved = memory.estimate(layer: slot.local.pointee.layer, isSource: false)
    if slot.local.pointee.reserved == 0 { return }
    memory.ledger.add(slot.local.pointee.reserved)
    try memory.ledger.makeRoom(for: 0)
  }

  /// Takes back what was counted beforehand.
  func settle(_ slot: RunSlot) {
    if slot.local.pointee.reserved == 0 { return }
    memory?.ledger.add(-slot.local.pointee.reserved)
    slot.local.pointee.reserved = 0
  }

  /// Lets threads come back for sources that did not fit.
  func memoryWasFreed() {
    let isHeld = heldBack.compareExchange(expected: .held, desired: .easing, ordering: .sequentiallyConsistent)
    if isHeld.exchanged, wantsWorker { wakeHelpers(1) }
  }

  /// A source has found room: wakes a thread for the next one, if threads have yet to come back.
  func wakeNextHeldBack() {
    if heldBack.load(ordering: .relaxed) != .easing { return }
    if wantsWorker {
      wakeHelpers(1)
    } else {
      _ = heldBack.compareExchange(expected: .easing, desired: .no, ordering: .sequentiallyConsistent)
    }
  }
}
