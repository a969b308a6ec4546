import Synchronization

/// A number that threads count with.
final class Counter: Sendable {
  private let stored = Atomic(0)

  var value: Int { stored.load(ordering: .acquiring) }

  func add(_ amount: Int) { stored.wrappingAdd(amount, ordering: .acquiringAndReleasing) }
}
