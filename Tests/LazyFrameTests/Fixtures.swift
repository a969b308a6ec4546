import Foundation
import LazyFrame

/// Files that tests read, and temporary ones that they write.
enum Fixtures {
  static let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
    .deletingLastPathComponent()

  /// The sample of stock prices.
  static var prices: String { root.appending(path: "datasets/prices.csv").path() }

  /// The edge-case files with recorded answers.
  static var csv: URL { root.appending(path: "Tests/Fixtures/csv") }

  /// Calls `body` with the path of a file of this text, which is gone afterwards.
  static func withFile<Result>(_ text: String, _ body: (String) throws -> Result) throws -> Result {
    let path = FileManager.default.temporaryDirectory.appending(path: "lazyframe-\(UUID().uuidString).csv").path()
    try Data(text.utf8).write(to: URL(fileURLWithPath: path))
    defer { try? FileManager.default.removeItem(atPath: path) }
    return try body(path)
  }
}

/// The rows of a frame as values, bit for bit: doubles by their bits, so that NaN equals itself and 0.0 is not -0.0.
func bits(_ frame: DataFrame) -> [[String]] {
  frame.rows.map { row in
    row.map { value in
      if case .double(let number) = value { return "double \(number.bitPattern)" }
      return "\(value)"
    }
  }
}
