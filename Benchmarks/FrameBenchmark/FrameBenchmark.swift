import Glibc
import LazyFrame
import Scheduler

/// What is asked of the data.
typealias Question = (ComputeOptions) throws -> DataFrame

/// Our worker of the benchmark groups `h2o` and `verbs`: `FrameBenchmark THREADS groupby FILE`, `… join FOLDER` or
/// `… verbs FILE`.
///
/// Holds the data in memory and answers questions that it reads from standard input. See `Benchmarks/workers.py`.
@main
struct FrameBenchmark {
  static func main() throws {
    let words = CommandLine.arguments.dropFirst()
    guard words.count == 3, let threads = Int(words[1]) else { usage() }
    var options = ComputeOptions()
    options.executor = ThreadPoolExecutor(threads: threads)
    let questions: [String: Question]
    if words[2] == "verbs" {
      questions = try VerbTask.questions(path: words[3], options)
    } else if let task = H2OTask(rawValue: words[2]) {
      questions = try task.questions(path: words[3], options).mapValues { frame in { try frame.compute($0) } }
    } else {
      usage()
    }
    say("ready")
    while let name = readLine() {
      guard let question = questions[name] else { exit(2) }
      try say(answer(question, options))
    }
  }

  private static func usage() -> Never {
    print("usage: FrameBenchmark THREADS groupby FILE\n       … join FOLDER\n       … verbs FILE")
    exit(2)
  }

  /// The times, the number of rows, and the sums of the value columns.
  private static func answer(_ question: Question, _ options: ComputeOptions) throws -> String {
    let (wall, cpu) = (seconds(CLOCK_MONOTONIC), seconds(CLOCK_PROCESS_CPUTIME_ID))
    let answer = try question(options)
    let times = [seconds(CLOCK_MONOTONIC) - wall, seconds(CLOCK_PROCESS_CPUTIME_ID) - cpu]
    let values = answer.schema.fields.filter { $0.type.isNumeric && !$0.name.hasPrefix("id") }.map(\.name)
    let sums = try LazyFrame(answer).groupBy().aggregate(values.map { col($0).sum() }).compute(options)
    return "\(times[0]) \(times[1]) \(answer.rowCount) " + sums.row(0).map { "\($0)" }.joined(separator: " ")
  }

  private static func seconds(_ clock: clockid_t) -> Double {
    var time = timespec()
    clock_gettime(clock, &time)
    return Double(time.tv_sec) + Double(time.tv_nsec) * 1e-9
  }

  private static func say(_ line: String) {
    print(line)
    fflush(nil)
  }
}
