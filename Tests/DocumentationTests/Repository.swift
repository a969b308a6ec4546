import Foundation

/// The folder of the package, whose pages and examples are checked.
enum Repository {
  static let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
    .deletingLastPathComponent()

  /// Whether what is printed today is written into the pages:
  /// `LAZYFRAME_RECORD=1 swift test --filter DocumentationTests`.
  static let isRecording = ProcessInfo.processInfo.environment["LAZYFRAME_RECORD"] == "1"

  static func text(_ path: String) throws -> String {
    try String(contentsOf: root.appending(path: path), encoding: .utf8)
  }

  static func write(_ text: String, _ path: String) throws {
    try Data(text.utf8).write(to: root.appending(path: path))
  }

  /// The paths of the Swift files below a folder, in order.
  static func swiftFiles(in folder: String) throws -> [String] {
    try FileManager.default.subpathsOfDirectory(atPath: root.appending(path: folder).path())
      .filter { $0.hasSuffix(".swift") }.sorted().map { "\(folder)/\($0)" }
  }
}
