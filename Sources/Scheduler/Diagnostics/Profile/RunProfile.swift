/// What runs have done: every task, where it ran, when, and how large its result was.
///
/// Made by a monitor that records tasks, when the runs are over. `report()` shows it to people, `chromeTrace()` to the
/// timelines of Chrome and Perfetto.
public struct RunProfile: Sendable {
  /// The runs, in the order in which they began. Times are nanoseconds since the first of them.
  public let runs: [ProfiledRun]

  /// How many threads have run tasks at the same time at most. They are numbered from zero.
  public let threadCount: Int

  init(runs: [ProfiledRun], threadCount: Int) {
    self.runs = runs
    self.threadCount = threadCount
  }

  /// The time from the begin of the first run to the end of the last, in nanoseconds.
  public var duration: Int { runs.map(\.end).max() ?? 0 }

  /// How many tasks were run, those that failed included.
  public var taskCount: Int { runs.reduce(0) { $0 + $1.tasks.count } }
}

extension RunProfile {
  /// The profile of runs that are over.
  init(_ logs: [RunLog]) {
    let logs = logs.sorted { $0.startTime < $1.startTime }
    let origin = logs.first?.startTime ?? 0
    var spans: [ThreadNumbers.Span] = []
    for log in logs {
      log.forEachRecord { record, thread in
        spans.append(ThreadNumbers.Span(thread: thread, start: record.start, end: record.end))
      }
    }
    let threads = ThreadNumbers(spans)
    var first = 0
    runs = logs.map { log in
      defer { first += log.recordCount }
      return ProfiledRun(log, origin: origin, threads: threads.numbers[first..<first + log.recordCount])
    }
    threadCount = threads.count
  }
}
