import TaskGraph

/// The words of the command line were wrong: what is, and what to type instead.
struct UsageError: Error, Equatable {
  let message: String
  let hint: String?

  init(_ message: String, hint: String? = nil) {
    self.message = message
    self.hint = hint
  }

  /// `did you mean '--filter'?`, or nil when nothing is near.
  static func suggestion(_ name: String, among names: [String], _ prefix: String = "") -> String? {
    NearestName.find(name, among: names).map { "did you mean '\(prefix)\($0)'?" }
  }
}
