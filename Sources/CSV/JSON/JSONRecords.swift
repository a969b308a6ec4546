import Columnar
import Glibc

/// Finds where the values of records lie in blocks of lines, for all columns or for some.
///
/// A value is checked and passed over, and its bounds noted if its column is wanted. Nothing is converted.
final class JSONRecords {
  /// Objects deeper inside each other than this are values as they are written.
  static let flatteningLimit = 16
  /// More columns than this are most likely keys that are data.
  static let columnLimit = 10_000

  /// What to do about a key that has no column.
  enum Mode {
    /// It gets one.
    case discover
    /// It is noted. Only the values of these columns are.
    case read(columns: [Bool])
  }

  let tree: JSONKeyTree
  private let mode: Mode
  /// Whether there was a key without a column, or a value of another kind than those that have one.
  private(set) var sawNewKey = false

  // Copies of the tree's, which change seldom.
  private var entries: [JSONKeyTree.Entry]
  private var names: [UInt8]

  /// For each column the starts of its values in the rows, behind them their ends; nil for one that is not wanted. Both are 0
  /// where a row has no such key.
  private var fields: [UnsafeMutablePointer<UInt32>?] = []
  private var storages: [Storage?] = []
  private var capacity = 0
  private var row = 0
  /// The number of the record, from 1 on, and for each node of the tree the last one that had an object there.
  private var record = 0
  private var visited: [Int] = []

  init(_ tree: JSONKeyTree, _ mode: Mode) {
    (self.tree, self.mode) = (tree, mode)
    (entries, names) = (tree.entries, tree.names)
  }

  /// The bounds of a column's values in the last block.
  func bounds(_ column: Int) -> (starts: UnsafePointer<UInt32>, ends: UnsafePointer<UInt32>)? {
    guard column < fields.count, let starts = fields[column] else { return nil }
    return (UnsafePointer(starts), UnsafePointer(starts + capacity))
  }

  /// Looks through a block, and returns how many records it has and whether strings in it have escapes.
  ///
  /// - Throws: `JSONMistake`.
  func parse(_ block: JSONLines.Block) throws -> (rowCount: Int, hasEscape: Bool) {
    prepare(rows: block.lineCount)
    var cursor = JSONCursor(block.data)
    row = 0
    while cursor.position < block.length {
      cursor.skipSpace()
      if cursor.next == UInt8(ascii: "\n") {
        cursor.position += 1
        continue
      }
      guard cursor.next == UInt8(ascii: "{") else { throw cursor.unexpected("an object") }
      record += 1
      try object(&cursor, node: 0, depth: 0)
      cursor.skipSpace()
      try cursor.expect(UInt8(ascii: "\n"), "the end of the line")
      row += 1
    }
    return (row, cursor.sawEscape)
  }

  /// Looks through a block that is one object, whose values are arrays: the columns. Returns as `parse` does.
  ///
  /// - Throws: `JSONMistake`.
  func parseColumns(_ block: JSONLines.Block) throws -> (rowCount: Int, hasEscape: Bool) {
    var cursor = JSONCursor(block.data)
    cursor.skipSpace()
    var rowCount: Int?
    var seen: Set<Int> = []
    repeat {
      cursor.position += 1
      cursor.skipSpace()
      let start = cursor.position
      let entry = try key(&cursor, 0, -1)
      cursor.skipSpace()
      try cursor.expect(UInt8(ascii: ":"), "':'")
      cursor.skipSpace()
      let array = cursor.position
      try cursor.skipNested()
      var elements: [Range<Int>] = []
      JSONField.forEachElement(block, array..<cursor.position) { elements.append($0) }
      if let rowCount, rowCount != elements.count {
        throw JSONMistake(
          offset: array, message: "this column has \(elements.count) values, and the first one has \(rowCount)")
      }
      if rowCount == nil { prepare(rows: elements.count) }
      rowCount = elements.count
      if entry >= 0 {
        guard seen.insert(entry).inserted else { throw JSONMistake(offset: start, message: "this key stands twice") }
        try set(elements, of: entry, block)
      }
      cursor.skipSpace()
    } while cursor.next == UInt8(ascii: ",")
    return (rowCount ?? 0, cursor.sawEscape)
  }

  private func set(_ elements: [Range<Int>], of entry: Int, _ block: JSONLines.Block) throws {
    try addColumn(of: entry, at: 0)
    let column = Int(entries[entry].column)
    guard column >= 0, let field = fields[column] else { return }
    for (row, range) in elements.enumerated() {
      let isNull = block.data[range.lowerBound] == UInt8(ascii: "n")
      field[row] = UInt32(truncatingIfNeeded: range.lowerBound)
      field[capacity + row] = UInt32(truncatingIfNeeded: isNull ? range.lowerBound : range.upperBound)
    }
  }

  /// Makes room for the values of so many rows.
  private func prepare(rows: Int) {
    if rows > capacity {
      capacity = rows
      storages = storages.map { $0.map { _ in makeStorage() } }
      fields = storages.map { $0?.base.assumingMemoryBound(to: UInt32.self) }
    }
    for column in fields.count..<max(fields.count, tree.paths.count) { addField(column) }
    for field in fields { if let field { memset(field, 0, 2 * capacity * MemoryLayout<UInt32>.stride) } }
  }

  private func makeStorage() -> Storage {
    let storage = Storage(byteCount: 2 * capacity * MemoryLayout<UInt32>.stride)
    memset(storage.base, 0, storage.byteCount)
    return storage
  }

  private func addField(_ column: Int) {
    var isWanted = true
    if case .read(let columns) = mode { isWanted = columns[column] }
    let storage = isWanted ? makeStorage() : nil
    storages.append(storage)
    fields.append(storage?.base.assumingMemoryBound(to: UInt32.self))
  }

  // MARK: Objects

  private func object(_ cursor: inout JSONCursor, node: Int, depth: Int) throws {
    cursor.position += 1
    cursor.skipSpace()
    if cursor.next == UInt8(ascii: "}") {
      cursor.position += 1
      return
    }
    var guess = tree.firsts[node]
    while true {
      guard cursor.next == UInt8(ascii: "\"") else { throw cursor.unexpected("a key in quotes") }
      let entry = try key(&cursor, node, guess)
      cursor.skipSpace()
      try cursor.expect(UInt8(ascii: ":"), "':'")
      cursor.skipSpace()
      if entry >= 0 {
        try value(&cursor, entry, depth)
        guess = entries[entry].next
      } else {
        try cursor.skipValue()
      }
      cursor.skipSpace()
      if cursor.next == UInt8(ascii: ",") {
        cursor.position += 1
        cursor.skipSpace()
        continue
      }
      return try cursor.expect(UInt8(ascii: "}"), "',' or '}'")
    }
  }

  /// Passes over a key, and returns its entry or -1.
  @inline(__always)
  private func key(_ cursor: inout JSONCursor, _ node: Int, _ guess: Int32) throws -> Int {
    if guess >= 0, entries[Int(guess)].isPlain {
      let entry = entries[Int(guess)]
      let length = Int(entry.length)
      let text = cursor.data + cursor.position + 1
      let isGuess = names.withUnsafeBufferPointer { names in
        // Byte by byte: it ends at the first that differs, at the latest at the quote behind the key.
        var index = 0
        while index < length, text[index] == names[Int(entry.name) &+ index] { index &+= 1 }
        return index == length && text[index] == UInt8(ascii: "\"")
      }
      if isGuess {
        cursor.position += length + 2
        return Int(guess)
      }
    }
    return try otherKey(&cursor, node, guess)
  }

  private func otherKey(_ cursor: inout JSONCursor, _ node: Int, _ guess: Int32) throws -> Int {
    let start = cursor.position
    try cursor.skipString()
    let raw = UnsafeRawBufferPointer(start: cursor.data + start + 1, count: cursor.position - start - 2)
    if raw.contains(UInt8(ascii: "\\")) {
      do {
        return find(try JSONString.unescaped(raw), node, guess)
      } catch is JSONString.LoneSurrogate {
        throw JSONMistake(offset: start, message: "half of a surrogate pair stands alone in a key")
      }
    }
    if let known = tree.find(raw, in: node, from: guess) { return known }
    return find(Array(raw), node, guess)
  }

  private func find(_ name: [UInt8], _ node: Int, _ guess: Int32) -> Int {
    if let known = name.withUnsafeBytes({ tree.find($0, in: node, from: guess) }) { return known }
    guard case .discover = mode else {
      sawNewKey = true
      return -1
    }
    defer { (entries, names) = (tree.entries, tree.names) }
    return tree.entry(name, in: node)
  }

  // MARK: Values

  @inline(__always)
  private func value(_ cursor: inout JSONCursor, _ entry: Int, _ depth: Int) throws {
    let start = cursor.position
    if cursor.next == UInt8(ascii: "{"), depth + 1 < JSONRecords.flatteningLimit {
      return try nested(&cursor, entry, depth)
    }
    let isNull = cursor.next == UInt8(ascii: "n")
    try cursor.skipValue()
    if entries[entry].column < 0 {
      if isNull, entries[entry].child >= 0 { return try visit(Int(entries[entry].child), at: start) }
      try addColumn(of: entry, at: start)
    }
    let column = Int(entries[entry].column)
    guard column >= 0, let field = fields[column] else { return }
    if field[row] != 0 { throw JSONMistake(offset: start, message: "the key of this value stands twice in the object") }
    field[row] = UInt32(truncatingIfNeeded: start)
    // A null has bounds, but is empty.
    field[capacity &+ row] = UInt32(truncatingIfNeeded: isNull ? start : cursor.position)
  }

  /// Notes that a key of objects has its value in this record.
  private func visit(_ node: Int, at offset: Int) throws {
    while visited.count <= node { visited.append(0) }
    if visited[node] == record {
      throw JSONMistake(offset: offset, message: "the key of this value stands twice in the object")
    }
    visited[node] = record
  }

  /// A column for a key, if it has none: when keys are looked for; else that is noted.
  private func addColumn(of entry: Int, at offset: Int) throws {
    if entries[entry].column >= 0 { return }
    guard case .discover = mode else { return sawNewKey = true }
    guard tree.paths.count < JSONRecords.columnLimit else {
      throw JSONMistake(
        offset: offset, message: "there are over \(JSONRecords.columnLimit) different keys, which are columns")
    }
    addField(tree.column(of: entry))
    entries = tree.entries
  }

  private func nested(_ cursor: inout JSONCursor, _ entry: Int, _ depth: Int) throws {
    var node = Int(entries[entry].child)
    var inner = cursor
    inner.position += 1
    inner.skipSpace()
    if inner.next == UInt8(ascii: "}") {
      // A key of empty objects only is a column of nulls, so that it is known.
      cursor.position = inner.position + 1
      return node < 0 ? try addColumn(of: entry, at: cursor.position) : ()
    }
    if node < 0 {
      guard case .discover = mode else {
        sawNewKey = true
        return try cursor.skipNested()
      }
      node = tree.child(of: entry)
      entries = tree.entries
    }
    try visit(node, at: cursor.position)
    try object(&cursor, node: node, depth: depth + 1)
  }
}
