import Foundation
import Testing

@Suite("The article on getting started") struct GettingStartedTests {
  /// The blocks of the page, those of Swift and the others.
  private static func blocks() throws -> (code: [String], shown: [String]) {
    let page = try Repository.text("Sources/LazyFrame/LazyFrame.docc/GettingStarted.md")
    let blocks = page.components(separatedBy: "```").enumerated().filter { $0.offset % 2 == 1 }.map(\.element)
    return (
      blocks.filter { $0.hasPrefix("swift\n") }.map { String($0.dropFirst(6)) },
      // The first is a line for `Package.swift`.
      blocks.filter { !$0.hasPrefix("swift\n") }.dropFirst().map { String($0.dropFirst()) }
    )
  }

  @Test("it prints what the page shows")
  func output() throws {
    let output = try GettingStartedExample.output().replacing(Repository.root.path(), with: "")
    #expect(output == (try GettingStartedTests.blocks().shown.joined()))
  }

  @Test("its code is what is run here")
  func code() throws {
    let own = try Repository.text(GettingStartedExample.file)
    let parts = own.components(separatedBy: "// The page ")
    try #require(parts.count == 3)
    let code = parts[1].drop { $0 != "\n" }.replacing("scanCSV(path)", with: "scanCSV(\"datasets/prices.csv\")")
      .replacing("// swift-format-ignore", with: "")
    let page = try GettingStartedTests.blocks().code.joined().replacing("import LazyFrame\n", with: "")
    // The page breaks lines more freely than the formatter does.
    #expect(code.filter { !$0.isWhitespace } == page.filter { !$0.isWhitespace })
  }
}
