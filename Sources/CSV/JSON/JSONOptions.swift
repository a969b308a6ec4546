import Columnar

/// How JSON files are to be read.
public struct JSONOptions: Sendable, Hashable, Codable {
  /// How the records of a file follow each other.
  public var layout = JSONLayout.lines
  /// How the bytes stand for text. A file of another encoding than UTF-8 is one partition, and so is a compressed one.
  public var encoding = TextEncoding.utf8
  /// Types that are given by the columns' names, not inferred. A value that does not fit such a type is an error.
  public var types: [String: DType] = [:]
  /// How many bytes of a file of lines one task reads. It decides where partial results are cut, never the number of threads.
  public var partitionSize = 16 << 20
  /// A record longer than this is an error: most likely the file is no JSON with a record a line.
  public var maximumRecordSize = 64 << 20

  /// The defaults.
  public init() {}
}

/// How the records of a JSON file follow each other.
public struct JSONLayout: Hashable, Sendable, Codable {
  private enum Choice: String, Codable { case lines, document }
  private let choice: Choice

  /// An object a line: NDJSON, also called JSON Lines.
  public static let lines = JSONLayout(choice: .lines)
  /// One value: an array of objects; or an object whose values are arrays of equal lengths, which are the columns; or any other
  /// object, which is the only record. A file is read by one task, which holds all of it in memory.
  public static let document = JSONLayout(choice: .document)

  private init(choice: Choice) {
    self.choice = choice
  }
}
