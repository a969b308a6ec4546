import Foundation

/// An example of a page: a function of one statement, whose lines the page shows, and what they print.
struct Example: Sendable {
  /// The heading that it stands below.
  let heading: String
  /// The name of the function.
  let function: String
  let value: @Sendable () throws -> any Printed

  init(_ heading: String, function: String? = nil, _ value: @escaping @Sendable () throws -> any Printed) {
    (self.heading, self.function, self.value) = (heading, function ?? heading, value)
  }

  /// The lines of the function's body in a file, from the margin.
  func source(in file: String) throws -> [String] {
    let lines = try Repository.text(file).components(separatedBy: "\n")
    guard let start = lines.firstIndex(where: { $0.hasPrefix("  static func \(function)() throws -> any Printed {") }),
      let end = lines[start...].firstIndex(of: "  }")
    else { throw Missing(description: "there is no function '\(function)' in \(file)") }
    return lines[(start + 1)..<end].map { String($0.dropFirst(4)) }
  }

  /// The code and what it prints, as the page has them.
  func lines(in file: String) throws -> [String] {
    let printed = try value().printed().components(separatedBy: "\n")
    return ["```swift"] + (try source(in: file)) + ["```", "", "```"] + printed + ["```"]
  }
}

struct Missing: Error, CustomStringConvertible {
  let description: String
}
