import LazyFrame

/// Reads the arguments of options.
enum OptionValue {
  /// A whole number of at least 0.
  static func count(_ text: String, _ option: String, least: Int = 0) throws -> Int {
    guard let count = Int(text), count >= least else {
      throw UsageError("\(option): '\(text)' is no whole number of at least \(least)")
    }
    return count
  }

  static func seed(_ text: String, _ option: String) throws -> UInt64 {
    guard let seed = UInt64(text) else {
      throw UsageError("\(option): '\(text)' is no whole number from 0 to \(UInt64.max)")
    }
    return seed
  }

  static func size(_ text: String, _ option: String) throws -> Int {
    guard let size = ByteSize(text), size.bytes > 0 else {
      throw UsageError("\(option): '\(text)' is no size", hint: "write it like this: 64KB, 16MiB, 1G")
    }
    return size.bytes
  }

  /// A character of ASCII; `\t` and `tab` are the tab.
  static func byte(_ text: String, _ option: String) throws -> UInt8 {
    if ["\\t", "tab", "\t"].contains(text) { return UInt8(ascii: "\t") }
    guard text.utf8.count == 1, let byte = text.utf8.first, byte >= UInt8(ascii: " ") else {
      throw UsageError("\(option): '\(text)' is no single character", hint: "write one ASCII character, or 'tab'")
    }
    return byte
  }

  /// `COLUMN:TYPE,…` as types by columns. The last colon counts, so that a column's name may hold others.
  static func types(_ text: String, _ option: String) throws -> [String: DType] {
    var types: [String: DType] = [:]
    for item in text.split(separator: ",", omittingEmptySubsequences: false) {
      guard let colon = item.lastIndex(of: ":"), colon > item.startIndex else {
        throw UsageError(
          "\(option): '\(item)' is no COLUMN:TYPE", hint: "write it like this: --types date:date,id:string")
      }
      let name = String(item[item.index(after: colon)...])
      guard let type = DType(languageName: name) else {
        let known = DType.all.filter { $0 != .null }.map(\.description)
        throw UsageError(
          "\(option): unknown type '\(name)'",
          hint: UsageError.suggestion(name, among: DType.languageNames)
            ?? "the types are: \(known.joined(separator: ", "))")
      }
      types[String(item[..<colon])] = type
    }
    return types
  }

  /// An encoding that the system knows.
  static func encoding(_ text: String, _ option: String) throws -> TextEncoding {
    if let encoding = TextEncoding(name: text) { return encoding }
    let names = TextEncoding.commonNames
    throw UsageError(
      "\(option): unknown encoding '\(text)'",
      hint: UsageError.suggestion(text.lowercased(), among: names)
        ?? "write one of: \(names.joined(separator: ", ")); or what is listed by: iconv -l")
  }

  /// One of a few words.
  static func word<Value>(_ text: String, _ option: String, _ names: [String], _ value: (String) -> Value?) throws
    -> Value
  {
    if let value = value(text) { return value }
    throw UsageError(
      "\(option): unknown value '\(text)'",
      hint: UsageError.suggestion(text, among: names) ?? "write one of: \(names.joined(separator: ", "))")
  }
}
