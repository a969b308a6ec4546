/// Ten things that one does with tables in a morning, each in a file of its own.
///
///     swift run MorningTasks            lists them
///     swift run MorningTasks join       runs one, from the folder of the package
@main
struct MorningTasks {
  private static let tasks: [(name: String, summary: String, run: @Sendable () throws -> Void)] = [
    ("clean", "load a messy file, and make a table of it", { try clean() }),
    ("derive", "add columns that follow from others", { try derive() }),
    ("pivot", "group, and turn values into columns", { try pivot() }),
    ("join", "put two files together, and find what does not match", { try join() }),
    ("rolling", "a moving average for each share, and where the price crosses it", { try rolling() }),
    ("top", "the largest few of each group", { try top() }),
    ("resample", "days become months and weeks", { try resample() }),
    ("dedupe", "find repeated rows, and keep one of each", { try dedupe() }),
    ("describe", "look at a file that one does not know", { try describe() }),
    ("write", "write tables to files, and read them again", { try write() }),
  ]

  static func main() throws {
    let name = CommandLine.arguments.dropFirst().first
    if let task = tasks.first(where: { $0.name == name }) { return try task.run() }
    let width = tasks.map(\.name.count).max() ?? 0
    for task in tasks {
      print(task.name + String(repeating: " ", count: width - task.name.count + 2) + task.summary)
    }
  }
}
