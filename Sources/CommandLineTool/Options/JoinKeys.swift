import LazyFrame

/// How two files are joined.
struct JoinKeys {
  var on: String?
  var left: String?
  var right: String?
  var kind = JoinKind.inner
  var suffix = "_right"
  var validation: JoinValidation?

  static var all: [CommandOption<Self>] {
    [
      CommandOption("on", .required("KEYS"), "what must be equal, in terms of either file's columns") { $0.on = $1 },
      CommandOption("left-on", .required("KEYS"), "the left file's keys, where they have other names") { $0.left = $1 },
      CommandOption("right-on", .required("KEYS"), "the right file's keys, in the same order") { $0.right = $1 },
      CommandOption("how", .required("KIND"), "\(JoinKind.names.joined(separator: ", ")); default: inner") {
        $0.kind = try OptionValue.word($1, "--how", JoinKind.names, JoinKind.init(name:))
      },
      CommandOption(
        "suffix", .required("TEXT"), "behind names of right columns that the left file has too; default: _right"
      ) { $0.suffix = $1 },
      CommandOption(
        "validate", .required("WORD"), "fail unless keys are \(JoinValidation.names.joined(separator: ", "))"
      ) {
        $0.validation = try OptionValue.word($1, "--validate", JoinValidation.names, JoinValidation.init(name:))
      },
    ]
  }

  /// The texts of the keys, none for a cross join.
  ///
  /// - Parameter shared: columns that both files have.
  /// - Throws: `UsageError` for keys that do not go together.
  func texts(shared: [String]) throws -> (left: String, right: String)? {
    if kind == .cross {
      if on == nil, left == nil, right == nil { return nil }
      throw UsageError("--how cross joins every row with every row, and takes no keys", hint: "leave the keys out")
    }
    switch (on, left, right) {
    case (let on?, nil, nil): return (on, on)
    case (nil, let left?, let right?): return (left, right)
    case (nil, nil, nil):
      throw UsageError(
        "join needs to know what must be equal",
        hint: shared.isEmpty
          ? "say it with --left-on KEYS --right-on KEYS; the files have no column of the same name"
          : "say it with --on KEYS; both files have: \(shared.joined(separator: ", "))")
    case (.some, _, _):
      throw UsageError("--on does not go with --left-on and --right-on", hint: "--on is for both files")
    case (nil, _, _):
      throw UsageError("--left-on and --right-on go together", hint: "or write --on KEYS for both files")
    }
  }
}
