import Testing

@testable import TaskGraph

@Suite("The JSON parser")
struct JSONParserTests {
  private func again(_ text: String) throws(GraphError) -> String {
    var written = JSONText()
    written.append(try JSONParser.parse(text))
    return String(decoding: written.bytes, as: UTF8.self)
  }

  @Test(
    "keeps numbers as they are written",
    arguments: [
      "0", "-0", "1.0", "1e5", "1E+05", "0.10", "-0.0e-0", "123456789012345678901234567890.5", "1e999", "5e-324",
    ])
  func numbers(text: String) throws {
    #expect(try again(text) == text)
  }

  @Test("sorts the keys of an object by their bytes")
  func keys() throws {
    #expect(
      try again(#" { "b" : 1 , "a" : [ ] , "B" : { } , "" : null } "#) == #"{"": null, "B": {}, "a": [], "b": 1}"#)
  }

  @Test(
    "says where a text is no JSON, and what should stand there",
    arguments: [
      ("", "line 1, column 1: the text ends where a value should stand"),
      (" \n ", "line 2, column 2: the text ends where a value should stand"),
      ("[1,\n 2,\n x]", #"line 3, column 2: "x" stands where a value should stand"#),
      ("[1 2]", #"line 1, column 4: "2" stands where ',' or ']' should stand"#),
      ("[1,]", #"line 1, column 4: "]" stands where a value should stand"#),
      (#"{"a" 1}"#, #"line 1, column 6: "1" stands where ':' should stand"#),
      (#"{"a": 1,}"#, #"line 1, column 9: "}" stands where a key in quotes should stand"#),
      ("{1: 2}", #"line 1, column 2: "1" stands where a key in quotes should stand"#),
      (#"{"a": 1"#, "line 1, column 8: the text ends where ',' or '}' should stand"),
      ("[1] 2", #"line 1, column 5: "2" stands where the end of the text should stand"#),
      ("01", #"line 1, column 2: "1" stands where the end of the text should stand"#),
      ("-", "line 1, column 2: the text ends where a digit should stand"),
      ("1.", "line 1, column 3: the text ends where a digit should stand"),
      ("1e+", "line 1, column 4: the text ends where a digit should stand"),
      (".5", #"line 1, column 1: "." stands where a value should stand"#),
      ("+1", #"line 1, column 1: "+" stands where a value should stand"#),
      ("NaN", #"line 1, column 1: "N" stands where a value should stand"#),
      ("tru", #"line 1, column 1: "t" stands where a value should stand"#),
      ("\"a", #"line 1, column 3: the text ends where '"' should stand"#),
      ("\"a\nb\"", #"line 1, column 3: "\n" stands where '"' should stand"#),
      (#""\x""#, #"line 1, column 3: "x" stands where one of "\/bfnrtu should stand"#),
      (#""\"#, #"line 1, column 3: the text ends where one of "\/bfnrtu should stand"#),
      (#""\u12g4""#, #"line 1, column 6: "g" stands where a hexadecimal digit should stand"#),
      (#""\ud83d""#, "line 1, column 2: half of a surrogate pair stands alone"),
      (#""\ude00\ud83d""#, "line 1, column 2: half of a surrogate pair stands alone"),
      (#""\ud83d\ud83d""#, "line 1, column 2: half of a surrogate pair stands alone"),
      ("\u{FEFF}1", #"line 1, column 1: "\u{FEFF}" stands where a value should stand"#),
      ("é", #"line 1, column 1: "\u{00E9}" stands where a value should stand"#),
      ("\u{0}", #"line 1, column 1: "\0" stands where a value should stand"#),
      (#"[{"a": 1, "b": 2, "a": 3}]"#, "line 1, column 2: this object has the key 'a' twice"),
      (
        String(repeating: "[", count: 100_000),
        "line 1, column 513: arrays and objects lie more than 512 deep in each other"
      ),
    ])
  func errors(text: String, expected: String) {
    #expect {
      try JSONParser.parse(text)
    } throws: {
      "\($0)" == "the text is no JSON: " + expected
    }
  }

  @Test("reads arrays and objects up to the limit deep in each other")
  func deep() throws {
    let text = String(repeating: "[", count: 512) + String(repeating: "]", count: 512)
    #expect(try again(text) == text)
  }
}
