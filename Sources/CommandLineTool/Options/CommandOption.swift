/// What follows an option's name; the text names it in the help.
enum OptionArgument {
  case none
  case required(String)
  /// Given only as `--name=value`.
  case optional(String)
}

/// An option of a command: how it is written, what the help says, and what it sets.
struct CommandOption<Values> {
  let name: String
  let short: Character?
  let argument: OptionArgument
  let help: String
  /// Takes the argument, empty where there is none.
  let apply: (inout Values, String) throws -> Void

  init(
    _ name: String, short: Character? = nil, _ argument: OptionArgument, _ help: String,
    apply: @escaping (inout Values, String) throws -> Void
  ) {
    self.name = name
    self.short = short
    self.argument = argument
    self.help = help
    self.apply = apply
  }

  /// How it is written in the help: `-o, --output FILE`.
  var form: String {
    let name = (short.map { "-\($0), " } ?? "    ") + "--\(name)"
    return switch argument {
    case .none: name
    case .required(let placeholder): "\(name) \(placeholder)"
    case .optional(let placeholder): "\(name)[=\(placeholder)]"
    }
  }
}

extension Array {
  /// The same options for a command that holds their values in one of its properties.
  func lifted<Part, Whole>(to path: WritableKeyPath<Whole, Part>) -> [CommandOption<Whole>]
  where Element == CommandOption<Part> {
    map { option in
      CommandOption<Whole>(
        option.name, short: option.short, option.argument, option.help
      ) { whole, argument in try option.apply(&whole[keyPath: path], argument) }
    }
  }
}
