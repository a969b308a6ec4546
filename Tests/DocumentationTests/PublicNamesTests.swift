import Foundation
import Testing

@Suite("Everything public is on a page") struct PublicNamesTests {
  /// What is there for executors, and means nothing to those who write queries.
  private static let plumbing: Set = ["addTasks", "computed", "revise", "identity"]

  /// The names of the public functions and properties in files whose path ends like this.
  private static func names(_ isChosen: (String) -> Bool) throws -> [String] {
    let declaration = /^ *public (?:static |mutating )*(?:func|var|let) `?(\w+)/
    var names: [String] = []
    for file in try Repository.swiftFiles(in: "Sources/LazyFrame") where isChosen(file) {
      for line in try Repository.text(file).components(separatedBy: "\n") {
        if let name = line.firstMatch(of: declaration)?.1, !names.contains(String(name)) { names.append(String(name)) }
      }
    }
    return names
  }

  @Test("each verb of a lazy frame has a heading")
  func verbs() throws {
    let headings = Set(try Article("Verbs").sections.map(\.heading))
    let names = try PublicNamesTests.names { path in
      let file = path.split(separator: "/").last ?? ""
      return file == "LazyFrame.swift" || file.hasPrefix("LazyFrame+")
    }
    #expect(names.count > 40)
    for name in names where !PublicNamesTests.plumbing.contains(name) && name != "lazy" {
      let isThere = headings.contains(name)
      #expect(isThere, "Verbs.md lacks '\(name)'")
    }
  }

  @Test("each aggregate is in a table")
  func aggregates() throws {
    let page = try Repository.text("Sources/LazyFrame/LazyFrame.docc/Aggregates.md")
    let names = try PublicNamesTests.names { $0.hasSuffix("Aggregates+Expression.swift") }
    #expect(names.count > 30)
    // What `callAsFunction` makes of a property.
    for name in names + ["list"] {
      let isThere = page.contains(".\(name)(")
      #expect(isThere, "Aggregates.md lacks '\(name)'")
    }
  }

  @Test("each function of expressions is in a table")
  func functions() throws {
    let page = try Repository.text("Sources/LazyFrame/LazyFrame.docc/Expressions.md")
    let words = Set(page.split { !$0.isLetter && !$0.isNumber })
    let names = try PublicNamesTests.names { path in
      let file = path.split(separator: "/").last ?? ""
      return path.contains("/Expression/Expression")
        || ["Expression+Window.swift", "RollingExpression.swift"].contains(file)
    }
    #expect(names.count > 140)
    for name in names where !["children", "start", "end", "description", "callAsFunction"].contains(name) {
      let isThere = words.contains(Substring(name))
      #expect(isThere, "Expressions.md lacks '\(name)'")
    }
  }
}
