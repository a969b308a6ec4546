import Columnar
import TestSupport
import Testing

@testable import CSV

@Suite("Escapes")
struct EscapeTests {
  private func options(_ change: (inout CSVOptions) -> Void = { _ in }) -> CSVOptions {
    var options = CSVOptions()
    options.escape = UInt8(ascii: "\\")
    options.delimiter = UInt8(ascii: ",")
    change(&options)
    return options
  }

  /// DuckDB 2.0 gives the same with `escape = '\'`, but for the doubled quote, which it refuses.
  @Test(
    "mean what follows them, inside quotes only",
    arguments: [
      (#""x\"y""#, #"x"y"#), (#""x\\""#, #"x\"#), (#""x\n""#, "xn"), (#""x\,y""#, "x,y"), ("\"x\\\ny\"", "x\ny"),
      (#""x,\",y""#, #"x,",y"#), (#"x\y"#, #"x\y"#), (#"x\"y"#, #"x\"y"#), (#"x\"#, #"x\"#), (#""x""y""#, #"x"y"#),
      (#""\"""#, #"""#), (#""\\\"""#, #"\""#), (#""a"b\"#, #"ab\"#), (#""\é""#, "é"),
    ])
  func fields(field: String, expected: String) throws {
    let file = TemporaryFile("a,b\n\(field),2\n")
    #expect(try Reading.texts(Reading.openAsText(file.path, options())) == [[expected, "2"]])
  }

  @Test("outside quotes are bytes as any other, so that a delimiter behind one is a delimiter")
  func delimiters() throws {
    let file = TemporaryFile("a,b\nx\\,y,2\n")
    let error = Reading.error { _ = try Reading.rows(CSVScan.open([file.path], options: options())) }
    #expect(error?.message == "the row has 3 fields, the header has 2")
  }

  @Test("stand in names, numbers, lines behind comments and at the end of a file")
  func places() throws {
    let file = TemporaryFile("# \"\n\"a\\\"b\",n\n\"x\n# no comment \\\"\n\",\"1\\2\"\n# \"\\\n\"y\\\"\",3")
    let scan = try CSVScan.open([file.path], options: options { $0.comment = UInt8(ascii: "#") })
    #expect(scan.columns.map(\.name) == ["a\"b", "n"])
    #expect(scan.schema.fields[1].type == .int64)
    #expect(try Reading.texts(scan) == [["x\n# no comment \"\n", "12"], ["y\"", "3"]])
    #expect(scan.dialect.description == #"delimiter ',', quote '"', escape '\', comment '#'"#)
  }

  @Test("without which a quote stays open are found at the quote")
  func openQuote() throws {
    let file = TemporaryFile("a,b\n1,2\n1,\"x\\\"\n")
    let error = Reading.error { _ = try Reading.rows(CSVScan.open([file.path], options: options())) }
    #expect(error?.code == .openQuote)
    #expect(error?.line == 3)
  }

  @Test("that are the quote are doubled quotes; those of another meaning, or without quotes, are refused")
  func roles() throws {
    let file = TemporaryFile("a,b\n\"x\"\"y\",2\n")
    let doubled = options { $0.escape = UInt8(ascii: "\"") }
    #expect(try Reading.texts(Reading.openAsText(file.path, doubled)) == [["x\"y", "2"]])
    let comma = Reading.error { _ = try CSVScan.open([file.path], options: options { $0.escape = UInt8(ascii: ",") }) }
    #expect(comma?.message == "',' cannot be both delimiter and escape")
    let unquoted = Reading.error { _ = try CSVScan.open([file.path], options: options { $0.quote = nil }) }
    #expect(unquoted?.message == "an escape means something inside quotes only, and there are none")
  }
}
