/// How a profile is written to a file.
public struct ProfileFormat: Hashable, Sendable {
  private let ending: String

  /// The format that `chrome://tracing` and https://ui.perfetto.dev open: files that end in `.json`.
  public static let chromeTrace = ProfileFormat(ending: ".json")
  /// A page for a browser: files that end in `.html`.
  public static let report = ProfileFormat(ending: ".html")

  private init(ending: String) {
    self.ending = ending
  }

  /// The format that the ending of a file's name asks for.
  ///
  /// - Throws: For any other ending; the error lists those that are known.
  public init(path: String) throws(ProfileError) {
    let name = path.lowercased()
    guard let format = [ProfileFormat.chromeTrace, .report].first(where: { name.hasSuffix($0.ending) }) else {
      throw ProfileError(
        "'\(path)' has no ending that says what to write",
        hint: "end it in .json for a trace that Chrome and Perfetto open, or in .html for a report")
    }
    self = format
  }
}
