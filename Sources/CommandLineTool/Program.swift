import Glibc

/// The program `lazyframe`: finds the command, runs it, and turns errors into messages and exit statuses.
@main
enum Program {
  static let version = "0.1.0"

  static var commands: [any Command.Type] {
    [
      GroupByCommand.self, SelectCommand.self, JoinCommand.self, DescribeCommand.self, HeadCommand.self,
      TailCommand.self, ConvertCommand.self, SchemaCommand.self, DatasetsCommand.self,
    ]
  }

  static func main() {
    // A closed pipe and a file that may not grow are then errors of write(2), and not the end of the process.
    signal(SIGPIPE, SIG_IGN)
    signal(SIGXFSZ, SIG_IGN)
    Interruption.removeUnfinishedFiles()
    Descriptor.occupyStandardStreams()
    exit(run(Array(CommandLine.arguments.dropFirst())))
  }

  /// Runs a command line and returns the exit status.
  static func run(_ arguments: [String]) -> Int32 {
    do {
      guard let first = arguments.first else { throw UsageError("no command given", hint: "see: lazyframe --help") }
      switch first {
      case "-h", "--help": try StandardOutput.write(Help.program(commands))
      case "--version": try StandardOutput.write("lazyframe \(version)\n")
      default: try command(first).run(Array(arguments.dropFirst()))
      }
      return 0
    } catch is ClosedPipe {
      return 0
    } catch {
      let report = ErrorReport(error)
      StandardError.write(report.text)
      return report.status
    }
  }

  private static func command(_ name: String) throws -> any Command.Type {
    if let command = commands.first(where: { $0.name == name }) { return command }
    if name.hasPrefix("-") {
      throw UsageError("unknown option '\(name)' before the command", hint: "see: lazyframe --help")
    }
    let names = commands.map { $0.name }
    throw UsageError(
      "unknown command '\(name)'",
      hint: UsageError.suggestion(name, among: names) ?? "the commands are: \(names.joined(separator: ", "))")
  }
}
