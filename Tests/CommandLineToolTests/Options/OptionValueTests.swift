import LazyFrame
import Testing

@testable import CommandLineTool

@Suite("Arguments of options")
struct OptionValueTests {
  @Test("a byte is one character of ASCII, or the tab by name")
  func bytes() throws {
    #expect(try OptionValue.byte(";", "--delimiter") == UInt8(ascii: ";"))
    #expect(try OptionValue.byte("\\t", "--delimiter") == UInt8(ascii: "\t"))
    #expect(try OptionValue.byte("tab", "--delimiter") == UInt8(ascii: "\t"))
    #expect(try OptionValue.byte("\t", "--delimiter") == UInt8(ascii: "\t"))
    for text in ["", "ab", "é", "\n", "\u{1}"] {
      #expect(throws: UsageError.self) { try OptionValue.byte(text, "--delimiter") }
    }
  }

  @Test("types are named by column, whose names may hold colons")
  func types() throws {
    #expect(try OptionValue.types("a:int64,b:c:date", "--types") == ["a": .int64, "b:c": .date])
    for text in ["", "a", ":int64", "a:", "a:int64,", "a:null"] {
      #expect(throws: UsageError.self, "\(text)") { try OptionValue.types(text, "--types") }
    }
  }

  @Test("a new column is a name and an expression behind the first equals sign")
  func newColumns() throws {
    var options = QueryOptions()
    let with = try #require(QueryOptions.rows().first { $0.name == "with" })
    try with.apply(&options, " a b = x = 1")
    #expect(options.columns.map(\.name) == ["a b"])
    #expect(options.columns.map(\.expression) == [" x = 1"])
    for text in ["", "a", "=1"] {
      #expect(throws: UsageError.self, "\(text)") { try with.apply(&options, text) }
    }
  }

  @Test(
    "a format is the one asked for, else the file's ending, else by where it goes",
    arguments: [
      (nil, nil, true, .table), (nil, nil, false, .csv), (.json, nil, true, .json), (nil, "a.json", false, .json),
      (nil, "a.JSONL", false, .ndjson), (nil, "a.md", false, .markdown), (nil, "a.tsv", false, .tsv),
      (nil, "a.txt", false, .csv), (.table, "a.csv", false, .table), (nil, "-", true, .table),
    ] as [(OutputFormat?, String?, Bool, OutputFormat)])
  func formats(format: OutputFormat?, path: String?, isTerminal: Bool, expected: OutputFormat) {
    #expect(OutputOptions(path: path, format: format).resolvedFormat(isTerminal: isTerminal) == expected)
  }

  @Test("texts are quoted for the shell")
  func shellQuoting() {
    #expect(Help.quotedForShell("mean(close)") == "'mean(close)'")
    #expect(Help.quotedForShell("a = 'x'") == "'a = '\\''x'\\'''")
  }
}
