/// A command of the program: its options, its help, and what it does.
protocol Command {
  static var name: String { get }
  /// What it does, in a line of the program's help.
  static var summary: String { get }
  /// What stands behind the command's name: `FILE… [option…]`.
  static var operands: String { get }
  /// What the help says below the usage, in lines.
  static var details: String { get }
  /// Command lines to copy, without the program's name.
  static var examples: [String] { get }
  static var sections: [OptionSection<Self>] { get }

  init()

  /// Does the work.
  ///
  /// - Parameter operands: what is left of the command line without the options.
  func run(_ operands: [String]) throws
}

/// Options that stand under one title in the help.
struct OptionSection<Values> {
  let title: String
  let options: [CommandOption<Values>]

  init(_ title: String, _ options: [CommandOption<Values>]) {
    self.title = title
    self.options = options
  }
}

extension Command {
  /// Reads the options and runs the command, or prints its help.
  static func run(_ arguments: [String]) throws {
    var command = Self()
    switch try OptionParser(sections.flatMap(\.options), command: name).parse(arguments, into: &command) {
    case .help: try StandardOutput.write(Help.command(self))
    case .operands(let operands): try command.run(operands)
    }
  }
}
