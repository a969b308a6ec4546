import Foundation
import TestSupport
import Testing

/// The program of `Examples/MorningTasks`, run as it is built.
@Suite("Morning tasks") struct MorningTasksTests {
  private static let folder = "Examples/MorningTasks/Output"

  /// The tasks that the program says it knows.
  static func names() throws -> [String] {
    try run([]).split(separator: "\n").compactMap { $0.split(separator: " ").first.map(String.init) }
  }

  @Test("each task prints what is kept beside it")
  func output() throws {
    let names = try MorningTasksTests.names()
    #expect(names.count == 10)
    for name in names {
      let scratch = TemporaryFolder()
      let printed = try MorningTasksTests.run([name, scratch.path])
      let path = "\(MorningTasksTests.folder)/\(name).txt"
      if Repository.isRecording {
        try Repository.write(printed, path)
      } else {
        #expect(printed == (try? Repository.text(path)), "swift run MorningTasks \(name)")
      }
    }
    let kept = TemporaryFolder.names(in: Repository.root.appending(path: MorningTasksTests.folder).path())
    #expect(kept == names.map { "\($0).txt" }.sorted())
  }

  @Test("the page of examples lists them, and shows what they print")
  func page() throws {
    let page = try Repository.text("Examples/README.md")
    for name in try MorningTasksTests.names() { #expect(page.contains("swift run MorningTasks \(name)`")) }
    // Blocks behind `MorningTasks NAME` begin or end like the output.
    for part in page.components(separatedBy: "\n$ swift run MorningTasks ").dropFirst() {
      let (name, shown) = (part.prefix { $0 != "\n" }, part.drop { $0 != "\n" }.dropFirst())
      let block = shown.components(separatedBy: "\n```")[0]
      let output = try Repository.text("\(MorningTasksTests.folder)/\(name).txt")
      #expect(output.contains(block), "swift run MorningTasks \(name)")
    }
  }

  /// What the program prints. It lies beside the tests, and runs in the folder of the package.
  private static func run(_ arguments: [String]) throws -> String {
    let tests = URL(fileURLWithPath: try FileManager.default.destinationOfSymbolicLink(atPath: "/proc/self/exe"))
    let process = Process()
    let output = Pipe()
    process.executableURL = tests.deletingLastPathComponent().appending(path: "MorningTasks")
    process.arguments = arguments
    process.currentDirectoryURL = Repository.root
    process.standardOutput = output
    try process.run()
    let printed = try output.fileHandleForReading.readToEnd() ?? Data()
    process.waitUntilExit()
    #expect(process.terminationStatus == 0, "MorningTasks \(arguments.joined(separator: " "))")
    return String(decoding: printed, as: UTF8.self)
  }
}
