/// Why CSV data could not be read or written, where, and what to do about it.
public struct CSVError: Error, Sendable {
  /// The kind of failure, for programs.
  public struct Code: Hashable, Sendable {
    let name: String

    /// The file cannot be opened or read.
    public static let unreadable = Code(name: "unreadable")
    /// The file has no header and no rows.
    public static let empty = Code(name: "empty")
    /// The bytes are no text: NULs, or what is invalid in the file's encoding.
    public static let notText = Code(name: "notText")
    /// A row has too few or too many fields.
    public static let badRow = Code(name: "badRow")
    /// A quoted field does not end.
    public static let openQuote = Code(name: "openQuote")
    /// A record is longer than the limit.
    public static let recordTooLong = Code(name: "recordTooLong")
    /// A value does not fit the type that was given for its column.
    public static let badValue = Code(name: "badValue")
    /// Compressed data are cut off or damaged.
    public static let damaged = Code(name: "damaged")
    /// A library that the file needs is not installed.
    public static let missingLibrary = Code(name: "missingLibrary")
    /// The file changed while it was read.
    public static let changed = Code(name: "changed")
    /// Several files do not have the same columns.
    public static let mismatchedFiles = Code(name: "mismatchedFiles")
    /// The bytes are no JSON, or no records.
    public static let notJSON = Code(name: "notJSON")
    /// An option contradicts the file.
    public static let badOption = Code(name: "badOption")
  }

  /// The kind of failure.
  public let code: Code
  /// What happened, without the place.
  public let message: String
  /// The path of the file, as it was opened.
  public let file: String
  /// The line, from 1, counting every newline.
  public var line: Int?
  /// The byte of the line, from 1; of JSON files.
  public var byte: Int?
  /// The column's name.
  public var column: String?
  /// What to do about it.
  public var hint: String?

  init(
    _ code: Code, _ message: String, file: String, line: Int? = nil, byte: Int? = nil, column: String? = nil,
    hint: String? = nil
  ) {
    self.code = code
    self.message = message
    self.file = file
    self.line = line
    self.byte = byte
    self.column = column
    self.hint = hint
  }
}

extension CSVError {
  /// Whether the error depends on where records are thought to start.
  var isAboutRecords: Bool {
    [.notText, .badRow, .openQuote, .recordTooLong, .badValue].contains(code)
  }
}

extension CSVError: CustomStringConvertible {
  /// One line with the place in front, and the hint on a line of its own.
  public var description: String {
    var place = file
    if let line { place += ", line \(line)" }
    if let byte { place += ", byte \(byte)" }
    if let column { place += ", column \(column)" }
    return "\(place): \(message)" + (hint.map { "\n\($0)" } ?? "")
  }
}
