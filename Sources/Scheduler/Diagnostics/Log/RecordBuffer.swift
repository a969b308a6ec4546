import TaskGraph

/// One task that was run.
struct TaskRecord {
  /// Stands for the bytes of the result of a task that failed.
  static let failed = -1

  let task: TaskID
  let start: UInt64
  let end: UInt64
  let bytes: Int
}

/// The records of a slot, in chunks that never move: to append is to write 32 bytes.
struct RecordBuffer {
  private static let smallestChunk = 128
  private static let largestChunk = 16384

  private var next: UnsafeMutablePointer<TaskRecord>?
  private var limit: UnsafeMutablePointer<TaskRecord>?
  private var thread: UInt = 0
  /// All chunks; the last is full up to `next`.
  private var chunks: [UnsafeMutableBufferPointer<TaskRecord>] = []
  /// Which thread had the slot from which record on.
  private var shifts: [(thread: UInt, firstRecord: Int)] = []

  mutating func append(_ record: TaskRecord, by thread: UInt) {
    if thread != self.thread { noteThread(thread) }
    if next == limit { addChunk() }
    next?.initialize(to: record)
    next = next?.advanced(by: 1)
  }

  private mutating func noteThread(_ thread: UInt) {
    self.thread = thread
    shifts.append((thread, count))
  }

  private mutating func addChunk() {
    let size = min((chunks.last?.count ?? Self.smallestChunk / 2) * 2, Self.largestChunk)
    let chunk = UnsafeMutableBufferPointer<TaskRecord>.allocate(capacity: size)
    chunks.append(chunk)
    next = chunk.baseAddress
    limit = next?.advanced(by: size)
  }

  /// How many there are.
  var count: Int {
    guard let next, let limit else { return 0 }
    return chunks.reduce(0) { $0 + $1.count } - (limit - next)
  }

  func forEach(_ body: (TaskRecord, _ thread: UInt) -> Void) {
    var position = 0
    var shift = 0
    let count = count
    for chunk in chunks {
      for record in chunk.prefix(count - position) {
        while shift + 1 < shifts.count, shifts[shift + 1].firstRecord <= position { shift += 1 }
        body(record, shifts[shift].thread)
        position += 1
      }
    }
  }

  func deallocate() {
    for chunk in chunks { chunk.deallocate() }
  }
}
