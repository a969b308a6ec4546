import Glibc
import LazyFrame
import Scheduler

/// Our worker of the benchmark group `h2o`: `FrameBenchmark THREADS groupby FILE` or `FrameBenchmark THREADS join FOLDER`.
///
/// Holds the data in memory and answers questions that it reads from standard input. See `Benchmarks/workers.py`.
@main
struct FrameBenchmark {
  static func main() throws {
    let words = CommandLine.arguments.dropFirst()
    guard words.count == 3, let threads = Int(words[1]), let task = H2OTask(rawValue: words[2]) else {
      print("usage: FrameBenchmark THREADS groupby FILE\n       FrameBenchmark THREADS join FOLDER")
      exit(2)
    }
    var options = ComputeOptions()
    options.executor = ThreadPoolExecutor(threads: threads)
    let questions = try task.questions(path: words[3], options)
    say("ready")
    while let name = readLine() {
      guard let question = questions[name] else { exit(2) }
      try say(answer(question, options))
    }
  }

  /// The times, the number of rows, and the sums of the value columns.
  private static func answer(_ question: LazyFrame, _ options: ComputeOptions) throws -> String {
    let (wall, cpu) = (seconds(CLOCK_MONOTONIC), seconds(CLOCK_PROCESS_CPUTIME_ID))
    let answer = try question.compute(options)
    let times = [seconds(CLOCK_MONOTONIC) - wall, seconds(CLOCK_PROCESS_CPUTIME_ID) - cpu]
    let values = answer.schema.fields.map(\.name).filter { !$0.hasPrefix("id") }
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
