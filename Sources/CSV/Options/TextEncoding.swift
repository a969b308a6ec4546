import Glibc

/// How a file's bytes stand for characters. Text that is not UTF-8 is converted while it is read, by the C library's iconv.
public struct TextEncoding: Sendable, Hashable, Codable {
  /// The name in small letters.
  public let name: String

  /// The encoding of all text that is not said to have another.
  public static let utf8 = TextEncoding(known: "utf-8")
  /// ISO 8859-1: a byte is the character of the same number.
  public static let latin1 = TextEncoding(known: "latin-1")
  /// What Windows programs of Western Europe and America write.
  public static let windows1252 = TextEncoding(known: "windows-1252")
  /// UTF-16 in the order of bytes that the byte order mark at the file's beginning says.
  public static let utf16 = TextEncoding(known: "utf-16")
  /// UTF-16 with the lower byte first. A byte order mark is dropped.
  public static let utf16LittleEndian = TextEncoding(known: "utf-16le")
  /// UTF-16 with the higher byte first. A byte order mark is dropped.
  public static let utf16BigEndian = TextEncoding(known: "utf-16be")

  /// The names of the common ones.
  public static let commonNames = [
    "utf-8", "latin-1", "iso-8859-1", "windows-1252", "utf-16", "utf-16le", "utf-16be",
  ]

  private static let otherNames = [
    "utf8": "utf-8", "latin1": "latin-1", "iso-8859-1": "latin-1", "iso8859-1": "latin-1", "cp1252": "windows-1252",
    "utf16": "utf-16", "utf16le": "utf-16le", "utf16be": "utf-16be",
  ]

  /// The encoding of a name that `iconv -l` lists, in letters of any size; nil when the system does not know it.
  public init?(name: String) {
    let name = name.lowercased()
    self.init(known: TextEncoding.otherNames[name] ?? name)
    guard self != .utf8 else { return }
    guard let converter = makeConverter() else { return nil }
    iconv_close(converter)
  }

  private init(known name: String) { self.name = name }

  /// What converts to UTF-8, to be closed by the caller; nil when the system does not know the encoding.
  func makeConverter() -> iconv_t? {
    // iconv takes the empty name for the terminal's encoding, and a suffix such as //IGNORE for leave to drop characters.
    guard !name.isEmpty, !name.contains("/") else { return nil }
    let converter = iconv_open("UTF-8", self == .latin1 ? "ISO-8859-1" : name)
    return converter == iconv_t(bitPattern: -1) ? nil : converter
  }

  /// How many bytes a character has at least.
  var unitSize: Int { name.contains("16") ? 2 : name.contains("32") ? 4 : 1 }
}

extension TextEncoding: CustomStringConvertible {
  /// `windows-1252`.
  public var description: String { name }
}
