import Columnar
import Testing

@testable import CSV

@Suite("Inferred types")
struct DTypeInferenceTests {
  private static let types: [DType] = [.null, .bool, .int64, .float64, .date, .datetime, .string]

  @Test("widen by the laws of a lattice: in any order, in any grouping, and to themselves")
  func laws() {
    for a in Self.types {
      #expect(a.widened(with: a) == a)
      #expect(a.widened(with: .null) == a && DType.null.widened(with: a) == a)
      #expect(a.widened(with: .string) == .string)
      for b in Self.types {
        let both = a.widened(with: b)
        #expect(both == b.widened(with: a), "\(a), \(b)")
        #expect(both.widened(with: a) == both && both.widened(with: b) == both, "\(a), \(b)")
        for c in Self.types {
          #expect(both.widened(with: c) == a.widened(with: b.widened(with: c)), "\(a), \(b), \(c)")
        }
      }
    }
  }

  @Test(
    "widen to the narrowest type that holds both",
    arguments: [
      (.int64, .float64, .float64), (.date, .datetime, .datetime), (.int64, .date, .string), (.bool, .int64, .string),
      (.float64, .datetime, .string), (.bool, .date, .string),
    ] as [(DType, DType, DType)])
  func widening(a: DType, b: DType, expected: DType) {
    #expect(a.widened(with: b) == expected)
  }

  @Test(
    "are the narrowest for what a field says",
    arguments: [
      ("", .null), ("  ", .null), ("\t", .null), ("NA", .null), (" NA ", .null), ("null", .null), ("\"\"", .null),
      ("\"NA\"", .null), ("na", .string), ("NaN", .float64), ("nan", .float64), ("inf", .float64),
      ("Infinity", .float64),
      ("0", .int64), ("-1", .int64), ("+1", .int64), (" 1 ", .int64), ("\"1\"", .int64),
      ("9223372036854775807", .int64),
      ("9223372036854775808", .string), ("12345678901234567890", .string), ("-9223372036854775808", .int64),
      ("-9223372036854775809", .string), ("007", .string), ("-007", .string), ("00", .string), ("-0", .float64),
      ("1.0", .float64), ("1.", .float64), (".5", .float64), ("1e5", .float64), ("-.5", .float64), ("00.5", .float64),
      ("12345678901234567890.0", .float64), ("-inf", .float64), ("-", .string), (".", .string), ("1,5", .string),
      ("1 2", .string), ("2020-01-31", .date), ("2020-02-30", .string), ("2020-01-31 10:00", .datetime),
      ("2020-01-31T10:00:00.5Z", .datetime), ("\"2020-01-31\"", .date), ("true", .bool), ("FALSE", .bool),
      ("\"true\"", .bool),
      ("t", .string), ("no", .string), ("yes", .string), ("5\"", .string), ("\"5\"x", .string), ("\"a\"\"b\"", .string),
      ("\"1\"\"2\"", .string), ("é", .string), ("\"1\"0", .int64),
    ] as [(String, DType)])
  func inference(text: String, expected: DType) {
    #expect(infer(text) == expected)
  }

  private func infer(_ text: String, nulls: NullValues = NullValues(nil)) -> DType {
    var text = text
    return text.withUTF8 {
      DType.inferred(from: UnsafeRawBufferPointer($0), quote: Quote(UInt8(ascii: "\"")), nulls: nulls)
    }
  }

  /// Parsing and inference must agree, or a scan would be widened for ever, or never.
  @Test("agree with the parsers: a field is refused exactly where its type says that the column must widen")
  func agreement() throws {
    let texts = [
      "", " ", "NA", "null", "\"\"", "\" \"", "\"NA\"", "0", "-0", "+0", "00", "007", "-007", "5", "+5", "-5", " 5 ",
      "5.", ".5",
      "5.0", "005.0", "1e5", "1e999", "-1e999", "nan", "-nan", "+nan", "NaN", "inf", "+inf", "-inf", "infinity",
      "9223372036854775807",
      "9223372036854775808", "-9223372036854775808", "-9223372036854775809", "99999999999999999999",
      "+99999999999999999999",
      "99999999999999999999.0", "9007199254740993", "12345678901234567", "true", "True", "tRUE", "FALSE", "f",
      "2020-01-31",
      "2020-02-30", "2020-01-31 10:00", "2020-01-31T10:00:00Z", "2020-01-31 25:00", "text", "-", "+", ".", "-.",
      "\"5\"", "\"5", "\"5\"\"\"",
      "\"5\"6", "\"2020-01-31\"", "\"true\"", "é", "-999", "-999.0", "1900-01-01", "false", "1_000", "0x10", "1e", "e5",
      "\t7\t", "\" 7 \"", "7\r", "0000-01-01", "9999-12-31", "10000-01-01", "-001-01-01",
    ]
    let nullWords: [[String]?] = [nil, [], ["NA"], ["-999", "NaN", "1900-01-01", "false"], ["", "007", "text"]]
    for given in nullWords {
      let nulls = NullValues(given)
      let quote = UInt8(ascii: "\"")
      for text in texts {
        let field = Self.isolated(text)
        let inferred = infer(field, nulls: nulls)
        let file = TemporaryFile("\(field),b\n")
        let input = try InputFile(path: file.path, encoding: .utf8)
        let reader = RecordReader(
          file: input, dialect: Dialect(delimiter: 44, quote: quote, escape: nil, comment: nil), start: 0,
          end: input.size,
          maximumRecordSize: 1000)
        let block = try #require(try reader.next(fieldCount: 2, onBadRow: { _ in false }), "\(text)")
        for type in Self.types where type != .string {
          let column = try? ColumnParser(type: type, nulls: nulls, quote: Quote(quote)).parse(block, column: 0)
          // A whole number that no double equals asks for text.
          let losesDigits = type == .float64 && Self.roundedByDoubles.contains(field)
          let mustWiden = type.widened(with: inferred) != type || losesDigits
          #expect(
            (column == nil) == mustWiden,
            "'\(text)' is \(inferred), read as \(type), null words \(given ?? ["standard"])")
          if let column { #expect(column.isNull(at: 0) == (inferred == .null), "'\(text)' read as \(type)") }
        }
      }
    }
  }

  private static let roundedByDoubles = ["9223372036854775807", "9007199254740993", "12345678901234567"]

  /// An open quote would swallow the rest of the file.
  private static func isolated(_ text: String) -> String { text == "\"5" ? "5\"" : text }
}
