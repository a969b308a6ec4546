import Testing

@testable import CSV

@Suite("A field's text")
struct FieldTextTests {
  @Test(
    "is what stands between the quotes, doubled ones made single, and behind them",
    arguments: [
      ("", ""), ("a", "a"), ("\"\"", ""), ("\"a\"", "a"), ("\"a\"\"b\"", "a\"b"), ("\"\"\"\"", "\""),
      ("\"\"\"a\"\"\"", "\"a\""),
      ("\"a\"b", "ab"), ("\"a\"b\"c\"", "ab\"c\""), ("a\"b\"", "a\"b\""), ("\"", ""), ("\"a", "a"), ("\"a\" ", "a "),
      ("\"\"a", "a"), ("\"\"\"", "\""), ("\"a,\nb\"", "a,\nb"),
    ])
  func content(field: String, expected: String) {
    var text = field
    text.withUTF8 { bytes in
      let found = FieldText.withContent(UnsafeRawBufferPointer(bytes), quote: Quote(34)) {
        String(decoding: $0, as: UTF8.self)
      }
      #expect(found == expected)
      let same = FieldText.withContent(UnsafeRawBufferPointer(bytes), quote: nil) {
        String(decoding: $0, as: UTF8.self)
      }
      #expect(same == field)
    }
  }

  @Test(
    "loses spaces and tabs at its ends only where that is asked for",
    arguments: [("", ""), (" ", ""), (" \t ", ""), (" a b\t", "a b"), ("a", "a"), ("\u{A0}a", "\u{A0}a"), ("\n", "\n")])
  func trimmed(field: String, expected: String) {
    var field = field
    #expect(
      field.withUTF8 { String(decoding: FieldText.trimmed(UnsafeRawBufferPointer($0)), as: UTF8.self) } == expected)
  }

  @Test(
    "is valid UTF-8 or not",
    arguments: [
      ([], true), ([0x61], true), ([0xC3, 0xA9], true), ([0xC3], false), ([0xA9], false), ([0xC0, 0xAF], false),
      ([0xED, 0xA0, 0x80], false), ([0xF4, 0x90, 0x80, 0x80], false), ([0xF0, 0x9F, 0x98, 0x80], true),
      ([0xE2, 0x82], false),
      ([0xFF], false), ([0xE0, 0x80, 0x80], false),
    ] as [([UInt8], Bool)])
  func utf8(bytes: [UInt8], isValid: Bool) {
    #expect(bytes.withUnsafeBytes { FieldText.isValidUTF8($0) } == isValid)
  }
}
