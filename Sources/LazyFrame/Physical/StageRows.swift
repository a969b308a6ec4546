import Synchronization

/// How many rows came to each step of a task's pipeline: first those of the source, last those that reached the sink.
final class PassedRows {
  var counts: [Int]

  init(stepCount: Int) { counts = [Int](repeating: 0, count: stepCount + 1) }
}

/// The same over all tasks of a stage.
final class StageRows: Sendable {
  private let sums: Mutex<[Int]>

  init(stepCount: Int) { sums = Mutex([Int](repeating: 0, count: stepCount + 1)) }

  var counts: [Int] { sums.withLock { $0 } }

  func add(_ passed: PassedRows) {
    let counts = passed.counts
    sums.withLock { sums in
      for index in counts.indices { sums[index] += counts[index] }
    }
  }
}

extension StageRows: Encodable {
  /// Nothing: whether somebody counts makes no other task.
  func encode(to encoder: any Encoder) throws {
    var container = encoder.singleValueContainer()
    try container.encodeNil()
  }
}
