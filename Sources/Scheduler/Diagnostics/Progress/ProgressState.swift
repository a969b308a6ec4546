/// How far the runs of a monitor are, at one moment.
struct ProgressState: Equatable, Sendable {
  /// How many tasks are done, of the runs that go on.
  let done: Int
  /// How many tasks they have.
  let total: Int
  /// How long the oldest of them has been going on, in nanoseconds.
  let elapsed: UInt64
  /// How long they will probably take from now on, in nanoseconds; nil when there is nothing to go by.
  let remaining: UInt64?
  /// The layer of most of the tasks that run at this moment.
  let layer: String?
}
