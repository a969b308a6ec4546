@preconcurrency import GetoptLong
import Glibc
import LazyFrame
import Synchronization

/// Reads a command line by GNU's rules, with `getopt_long`: `--name value`, `--name=value`, unambiguous beginnings of
/// names, bundles of short options, `--` before operands, options and operands in any order.
struct OptionParser<Values> {
  /// What a command line asks for.
  enum Outcome: Equatable {
    case help
    case operands([String])
  }

  private let options: [CommandOption<Values>]
  private let command: String

  init(_ options: [CommandOption<Values>], command: String) {
    self.options = options
    self.command = command
  }

  /// Applies the options in their order.
  ///
  /// - Throws: `UsageError` for what is no option, and what an option says about its argument.
  func parse(_ arguments: [String], into values: inout Values) throws -> Outcome {
    var operands: [String] = []
    for word in try words(of: arguments) {
      switch word {
      case .operand(let text): operands.append(text)
      case .help: return .help
      case .option(let index, let argument): try options[index].apply(&values, argument)
      }
    }
    return .operands(operands)
  }

  private enum Word {
    case operand(String)
    case help
    case option(index: Int, argument: String)
  }

  // What getopt_long returns for a word: a character for operands and mistakes, and these numbers for options.
  private var firstCode: Int32 { 1000 }
  private var helpCode: Int32 { firstCode + Int32(options.count) }

  private func words(of arguments: [String]) throws -> [Word] {
    var strings = CStrings()
    let argv = strings.list(["lazyframe"] + arguments)
    var longOptions = options.enumerated().map { index, option in
      let argument =
        switch option.argument {
        case .none: no_argument
        case .required: required_argument
        case .optional: optional_argument
        }
      return GetoptLong.option(
        name: strings.add(option.name), has_arg: argument, flag: nil, val: firstCode + Int32(index))
    }
    longOptions.append(
      GetoptLong.option(name: strings.add("help"), has_arg: no_argument, flag: nil, val: helpCode))
    longOptions.append(GetoptLong.option())
    // The minus returns operands where they stand, the colon tells a missing argument from an unknown option.
    let shortOptions = "-:h" + options.compactMap(\.shortForm).joined()

    return try OptionParserState.lock.withLock { _ in
      optind = 0
      opterr = 0
      var words: [Word] = []
      while true {
        let position = max(1, Int(optind))
        let code = getopt_long(Int32(arguments.count + 1), argv, shortOptions, longOptions, nil)
        let argument = optarg.map { String(cString: $0) } ?? ""
        switch code {
        case -1: return words + arguments[min(arguments.count, Int(optind) - 1)...].map { .operand($0) }
        case 1: words.append(.operand(argument))
        case helpCode, Int32(UInt8(ascii: "h")): words.append(.help)
        case Int32(UInt8(ascii: ":")): throw missingArgument(code: optopt)
        case Int32(UInt8(ascii: "?")): throw mistake(arguments[position - 1], code: optopt)
        default:
          let index =
            code >= firstCode ? Int(code - firstCode) : options.firstIndex { $0.short?.asciiValue == UInt8(code) }
          guard let index else { preconditionFailure("getopt_long returns the codes that it was given") }
          words.append(.option(index: index, argument: argument))
        }
      }
    }
  }

  // MARK: Mistakes

  private var help: String { "see: lazyframe \(command) --help" }

  private func missingArgument(code: Int32) -> UsageError {
    guard let option = option(code: code), case .required(let placeholder) = option.argument else {
      return UsageError("an option needs an argument", hint: help)
    }
    return UsageError("option '--\(option.name)' needs an argument: --\(option.name) \(placeholder)", hint: help)
  }

  /// - Parameter code: what getopt_long leaves: an option's code when it was given an argument it does not take, a short
  ///   option's character when that is unknown, else 0.
  private func mistake(_ word: String, code: Int32) -> UsageError {
    if let option = option(code: code), word.hasPrefix("--") {
      return UsageError("option '--\(option.name)' takes no argument", hint: help)
    }
    guard word.hasPrefix("--") else {
      let character = Unicode.Scalar(UInt8(truncatingIfNeeded: code))
      return UsageError("unknown option '-\(character)'", hint: help)
    }
    let name = String(word.dropFirst(2).prefix { $0 != "=" })
    let beginnings = names.filter { $0.hasPrefix(name) }
    if beginnings.count > 1 {
      return UsageError(
        "option '--\(name)' can mean several", hint: "write one of: --\(beginnings.joined(separator: ", --"))")
    }
    return UsageError("unknown option '--\(name)'", hint: UsageError.suggestion(name, among: names, "--") ?? help)
  }

  private var names: [String] { options.map(\.name) + ["help"] }

  private func option(code: Int32) -> CommandOption<Values>? {
    let index = Int(code) - Int(firstCode)
    if options.indices.contains(index) { return options[index] }
    return options.first { $0.short?.asciiValue.map(Int32.init) == code }
  }
}

/// `getopt_long` keeps its state in global variables.
private enum OptionParserState {
  static let lock = Mutex(())
}

extension CommandOption {
  /// As `getopt_long` wants it.
  fileprivate var shortForm: String? {
    short.map { short in
      switch argument {
      case .none: "\(short)"
      case .required: "\(short):"
      case .optional: "\(short)::"
      }
    }
  }
}
