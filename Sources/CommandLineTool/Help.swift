/// What `--help` prints.
enum Help {
  private static let exitStatus = """
    Exit status:
      0  done
      1  the work failed
      2  the command line is wrong

    """

  static func program(_ commands: [any Command.Type]) -> String {
    let width = commands.map { $0.name.count }.max() ?? 0
    let list = commands.map { "  \(padded($0.name, width))  \($0.summary)\n" }.joined()
    return """
      Usage: lazyframe COMMAND [OPTION…] [FILE…]

      Groups, filters, sorts, joins and converts the rows of CSV and JSON files of any size.

      Commands:
      \(list)
      Options:
        -h, --help     print this, or behind a command its options
            --version  print the version

      Examples:
      \(examples(commands.compactMap { $0.examples.first }))
      \(exitStatus)
      """
  }

  static func command<Subject: Command>(_ command: Subject.Type) -> String {
    let help = OptionSection<Subject>(
      "Help", [CommandOption("help", short: "h", .none, "print this") { _, _ in }])
    let sections = Subject.sections + [help]
    let width = sections.flatMap(\.options).map(\.form.count).max() ?? 0
    let tables = sections.map { section in
      section.title + ":\n" + section.options.map { "  \(padded($0.form, width))  \($0.help)\n" }.joined()
    }
    return """
      Usage: lazyframe \(Subject.name) \(Subject.operands) [OPTION…]

      \(Subject.details)

      \(tables.joined(separator: "\n"))
      Examples:
      \(examples(Subject.examples))
      \(exitStatus)
      """
  }

  private static func examples(_ examples: [String]) -> String {
    examples.map { "  lazyframe \($0)\n" }.joined()
  }

  static func padded(_ text: String, _ width: Int) -> String {
    text + String(repeating: " ", count: max(0, width - text.count))
  }

  /// A text as one word of a shell's command line.
  static func quotedForShell(_ text: String) -> String {
    "'" + text.split(separator: "'", omittingEmptySubsequences: false).joined(separator: "'\\''") + "'"
  }
}
