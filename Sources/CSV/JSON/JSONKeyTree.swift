import Glibc

/// The keys of a data set's objects, and which column the value of each is.
///
///     {"id": 7, "at": {"x": 1, "y": 2}}        node 0: id → column 0, at → node 1
///                                              node 1: x → column 1, y → column 2
///
/// Objects repeat their keys in the same order, so the key behind the last one is tried first. Only another one is looked for,
/// from there on and around.
final class JSONKeyTree {
  struct Entry {
    /// Where the name lies in `names`, and how long it is.
    var name: Int32
    var length: Int32
    /// The column that values have which are no objects; none: -1.
    var column: Int32
    /// The node of the keys of values which are objects; none: -1.
    var child: Int32
    /// The entry behind this one in its node, or -1.
    var next: Int32
    /// Whether the name is written as it is: without quotes, backslashes and control characters.
    var isPlain: Bool
  }

  private(set) var names: [UInt8] = []
  private(set) var entries: [Entry] = []
  /// The first entry of each node, or -1.
  private(set) var firsts: [Int32] = [-1]
  /// The keys that lead to each column.
  private(set) var paths: [[String]] = []
  /// The keys that lead to each node.
  private var places: [[String]] = [[]]
  /// The node of each entry.
  private var nodes: [Int] = []

  /// A tree that knows the columns at these paths.
  init(_ paths: [[String]]) {
    for path in paths {
      var node = 0
      for key in path.dropLast() { node = child(of: entry(Array(key.utf8), in: node)) }
      _ = column(of: entry(Array((path.last ?? "").utf8), in: node))
    }
  }

  /// The entry of a key in a node, which is added when there is none.
  func entry(_ name: [UInt8], in node: Int) -> Int {
    if let known = name.withUnsafeBytes({ find($0, in: node, from: -1) }) { return known }
    let added = Int32(entries.count)
    let isPlain = name.allSatisfy { $0 >= 0x20 && $0 != UInt8(ascii: "\"") && $0 != UInt8(ascii: "\\") }
    entries.append(
      Entry(
        name: Int32(names.count), length: Int32(name.count), column: -1, child: -1, next: -1, isPlain: isPlain))
    names += name
    if firsts[node] < 0 {
      firsts[node] = added
    } else {
      var last = firsts[node]
      while entries[Int(last)].next >= 0 { last = entries[Int(last)].next }
      entries[Int(last)].next = added
    }
    nodes.append(node)
    return Int(added)
  }

  private func path(_ entry: Int) -> [String] {
    let name = names[Int(entries[entry].name)...].prefix(Int(entries[entry].length))
    return places[nodes[entry]] + [String(decoding: name, as: UTF8.self)]
  }

  /// The column of an entry, which is added when there is none.
  func column(of entry: Int) -> Int {
    if entries[entry].column < 0 {
      entries[entry].column = Int32(paths.count)
      paths.append(path(entry))
    }
    return Int(entries[entry].column)
  }

  /// The node of an entry's objects, which is added when there is none.
  func child(of entry: Int) -> Int {
    if entries[entry].child < 0 {
      entries[entry].child = Int32(firsts.count)
      firsts.append(-1)
      places.append(path(entry))
    }
    return Int(entries[entry].child)
  }

  /// The entry of a key, looked for from another one of its node on.
  func find(_ name: UnsafeRawBufferPointer, in node: Int, from start: Int32) -> Int? {
    let first = firsts[node]
    if first < 0 { return nil }
    let start = start < 0 ? first : start
    var entry = start
    repeat {
      if isName(of: Int(entry), name) { return Int(entry) }
      entry = entries[Int(entry)].next
      if entry < 0 { entry = first }
    } while entry != start
    return nil
  }

  private func isName(of entry: Int, _ name: UnsafeRawBufferPointer) -> Bool {
    guard Int(entries[entry].length) == name.count else { return false }
    guard let bytes = name.baseAddress, name.count > 0 else { return true }
    return names.withUnsafeBytes { names in
      names.baseAddress.map { memcmp($0 + Int(entries[entry].name), bytes, name.count) == 0 } ?? false
    }
  }
}
