import Testing

@testable import CommandLineTool

@Suite("Options of how a query is run")
struct QueryOptionsTests {
  @Test("set the threads and the memory of the run, which are left to it otherwise")
  func running() throws {
    func parse(_ arguments: [String]) throws -> QueryOptions {
      var options = QueryOptions()
      _ = try OptionParser(QueryOptions.running, command: "test").parse(arguments, into: &options)
      return options
    }
    let chosen = try parse(["--threads", "3", "--memory-limit", "64KiB"]).compute
    #expect(chosen.threads == 3 && chosen.memoryLimit == 65_536)
    let left = try parse([]).compute
    #expect(left.threads == nil && left.memoryLimit == nil)
  }
}
