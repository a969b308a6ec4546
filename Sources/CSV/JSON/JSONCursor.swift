/// Why bytes are no JSON, and where in the block.
struct JSONMistake: Error {
  let offset: Int
  let message: String
}

/// Walks over JSON text (RFC 8259) in a block, checks it, and says where values lie. It copies and converts nothing.
///
/// The text ends with a newline, which no step passes: it is no space here, and strings cannot hold one. So no step looks for
/// the end of the block.
struct JSONCursor {
  let data: UnsafePointer<UInt8>
  /// Where the next byte lies.
  var position = 0
  /// Whether a backslash was seen in any string.
  private(set) var sawEscape = false
  /// The brackets that are open while a nested value is passed over. Nothing recurses, however deep they are.
  private var open: [UInt8] = []

  init(_ data: UnsafePointer<UInt8>, at position: Int = 0) {
    self.data = data
    self.position = position
  }

  var next: UInt8 {
    @inline(__always) get { data[position] }
  }

  @inline(__always)
  mutating func skipSpace() {
    while true {
      let byte = data[position]
      if byte > 0x20 || (byte != 0x20 && byte != 0x09 && byte != 0x0D) { return }
      position &+= 1
    }
  }

  /// Passes over a byte that must come.
  @inline(__always)
  mutating func expect(_ byte: UInt8, _ name: String) throws {
    guard data[position] == byte else { throw unexpected(name) }
    position &+= 1
  }

  /// Passes over a value of any kind.
  mutating func skipValue() throws {
    switch data[position] {
    case UInt8(ascii: "\""): try skipString()
    case UInt8(ascii: "-"), UInt8(ascii: "0")...UInt8(ascii: "9"): try skipNumber()
    case UInt8(ascii: "{"), UInt8(ascii: "["): try skipNested()
    case UInt8(ascii: "t"): try skip("true")
    case UInt8(ascii: "f"): try skip("false")
    case UInt8(ascii: "n"): try skip("null")
    default: throw unexpected("a value")
    }
  }

  /// Passes over a string, eight bytes a step up to the next quote, backslash or control character.
  @inline(__always)
  mutating func skipString() throws {
    let ones: UInt64 = 0x0101_0101_0101_0101
    var at = position &+ 1
    while true {
      let word = UnsafeRawPointer(data + at).loadUnaligned(as: UInt64.self)
      let quotes = word ^ (ones &* UInt64(UInt8(ascii: "\"")))
      let backslashes = word ^ (ones &* UInt64(UInt8(ascii: "\\")))
      // The lowest set top bit is that of the first such byte; those above it may be set wrongly.
      let found =
        ((quotes &- ones) & ~quotes | (backslashes &- ones) & ~backslashes | (word &- ones &* 0x20) & ~word)
        & (ones &* 0x80)
      if found == 0 {
        at &+= 8
        continue
      }
      at &+= found.trailingZeroBitCount &>> 3
      if data[at] == UInt8(ascii: "\"") {
        position = at &+ 1
        return
      }
      position = at
      try skipEscape()
      at = position
    }
  }

  /// Passes over a backslash and what it stands for.
  private mutating func skipEscape() throws {
    guard data[position] == UInt8(ascii: "\\") else {
      if data[position] == UInt8(ascii: "\n") { throw unexpected("'\"'") }
      throw JSONMistake(offset: position, message: "a control character stands in a string, where it is written \\u00…")
    }
    sawEscape = true
    position += 1
    switch data[position] {
    case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"), UInt8(ascii: "b"), UInt8(ascii: "f"),
      UInt8(ascii: "n"), UInt8(ascii: "r"), UInt8(ascii: "t"):
      position += 1
    case UInt8(ascii: "u"):
      position += 1
      for _ in 0..<4 {
        guard JSONString.hexDigit(data[position]) != nil else { throw unexpected("a hexadecimal digit") }
        position += 1
      }
    default: throw unexpected("one of \"\\/bfnrtu")
    }
  }

  @inline(__always)
  mutating func skipNumber() throws {
    if data[position] == UInt8(ascii: "-") { position &+= 1 }
    if data[position] == UInt8(ascii: "0") {
      position &+= 1
      if isDigit { throw JSONMistake(offset: position &- 1, message: "a number begins with a zero that means nothing") }
    } else {
      try skipDigits()
    }
    if data[position] == UInt8(ascii: ".") {
      position &+= 1
      try skipDigits()
    }
    if data[position] | 0x20 == UInt8(ascii: "e") {
      position &+= 1
      if data[position] == UInt8(ascii: "-") || data[position] == UInt8(ascii: "+") { position &+= 1 }
      try skipDigits()
    }
  }

  private var isDigit: Bool {
    @inline(__always) get { data[position] &- UInt8(ascii: "0") < 10 }
  }

  /// Passes over one digit and all that follow.
  @inline(__always)
  private mutating func skipDigits() throws {
    guard isDigit else { throw unexpected("a digit") }
    repeat { position &+= 1 } while isDigit
  }

  @inline(__always)
  mutating func skip(_ word: StaticString) throws {
    for index in 0..<word.utf8CodeUnitCount where data[position &+ index] != word.utf8Start[index] {
      throw unexpected("a value")
    }
    position &+= word.utf8CodeUnitCount
  }

  /// Passes over an array or object.
  mutating func skipNested() throws {
    open.removeAll(keepingCapacity: true)
    open.append(data[position])
    position += 1
    var isFirst = true
    while let bracket = open.last {
      skipSpace()
      let isObject = bracket == UInt8(ascii: "{")
      if !(isFirst && next == (isObject ? UInt8(ascii: "}") : UInt8(ascii: "]"))) {
        if isObject { try skipKey() }
        if next == UInt8(ascii: "{") || next == UInt8(ascii: "[") {
          open.append(next)
          position += 1
          isFirst = true
          continue
        }
        try skipValue()
      }
      isFirst = false
      try closeAll()
    }
  }

  /// Passes over a key and the colon behind it.
  mutating func skipKey() throws {
    guard next == UInt8(ascii: "\"") else { throw unexpected("a key in quotes") }
    try skipString()
    skipSpace()
    try expect(UInt8(ascii: ":"), "':'")
    skipSpace()
  }

  /// Passes over the brackets that close behind a value, and the comma behind those.
  private mutating func closeAll() throws {
    while let bracket = open.last {
      skipSpace()
      if next == UInt8(ascii: ",") {
        position += 1
        return
      }
      let closing = bracket == UInt8(ascii: "{") ? UInt8(ascii: "}") : UInt8(ascii: "]")
      try expect(closing, bracket == UInt8(ascii: "{") ? "',' or '}'" : "',' or ']'")
      open.removeLast()
    }
  }

  /// What stands here, where something else should.
  func unexpected(_ wanted: String) -> JSONMistake {
    if next == UInt8(ascii: "\n") {
      return JSONMistake(offset: position, message: "the line ends where \(wanted) should stand")
    }
    let rest = UnsafeBufferPointer(start: data + position, count: 4).prefix { $0 != UInt8(ascii: "\n") }
    let found = String(decoding: rest, as: UTF8.self).unicodeScalars.first.map { $0.escaped(asASCII: true) } ?? ""
    return JSONMistake(offset: position, message: "'\(found)' stands where \(wanted) should stand")
  }
}
