import Columnar

/// How a CSV file is to be read. The defaults suit RFC 4180 files with a header; the delimiter is sniffed.
public struct CSVOptions: Sendable, Hashable, Codable {
  /// The byte between fields. Nil: the most consistent of comma, semicolon, tab and bar in the first records.
  public var delimiter: UInt8?
  /// The byte around fields that hold delimiters, quotes (doubled) or newlines. Nil: no quoting.
  public var quote: UInt8? = UInt8(ascii: "\"")
  /// The byte that makes the next one mean itself inside quoted fields, as the backslash in `"5\" pipe"`; elsewhere it is a byte as
  /// any other. Nil: there is none; quotes inside fields are doubled, which they may be in any case.
  public var escape: UInt8?
  /// Lines that begin with this byte are passed over. Nil: there are none.
  public var comment: UInt8?
  /// How the bytes stand for text. A file of another encoding than UTF-8 is one partition, and so is a compressed one.
  public var encoding = TextEncoding.utf8
  /// Whether the first record holds the columns' names. Without it they are `column_1`, `column_2`…
  public var hasHeader = true
  /// How many lines come before the header.
  public var skippedLines = 0
  /// Fields that mean null. Nil: `NullValues.standard`.
  public var nullValues: [String]?
  /// Types that are given, not inferred. A value that does not fit such a type is an error.
  public var types: [String: DType] = [:]
  /// What happens to a row with too few or too many fields.
  public var badRows = BadRowPolicy.error
  /// How many bytes of a file one task reads. It decides where partial results are cut, never the number of threads.
  public var partitionSize = 16 << 20
  /// A record longer than this is an error: most likely a quote was never closed, or the file is no CSV.
  public var maximumRecordSize = 64 << 20

  /// The defaults.
  public init() {}
}

/// What happens to a row whose number of fields is not the header's.
public struct BadRowPolicy: Hashable, Sendable, Codable {
  private enum Choice: String, Codable { case error, skip, keep }
  private let choice: Choice

  /// The run stops with an error that names the line.
  public static let error = BadRowPolicy(choice: .error)
  /// The row is left out. ``CSVScan/writeRejectedRows(to:)`` tells which.
  public static let skip = BadRowPolicy(choice: .skip)
  /// The row is kept: missing fields are empty, which is null unless `nullValues` says otherwise, and those behind the last column
  /// are dropped. How many were dropped is counted.
  public static let keep = BadRowPolicy(choice: .keep)

  /// The policy with this name, or nil.
  public init?(name: String) {
    guard let choice = Choice(rawValue: name) else { return nil }
    self.choice = choice
  }

  private init(choice: Choice) {
    self.choice = choice
  }
}
