import Glibc

/// C strings for calls that want `char *`, freed together.
struct CStrings: ~Copyable {
  private var strings: [UnsafeMutablePointer<CChar>] = []
  private var lists: [UnsafeMutablePointer<UnsafeMutablePointer<CChar>?>] = []

  /// A copy of a text that lives as long as this.
  mutating func add(_ text: String) -> UnsafePointer<CChar>? {
    guard let copy = strdup(text) else { return nil }
    strings.append(copy)
    return UnsafePointer(copy)
  }

  /// Copies of texts in a list that ends with a null pointer, as `argv` does.
  mutating func list(_ texts: [String]) -> UnsafeMutablePointer<UnsafeMutablePointer<CChar>?> {
    let list = UnsafeMutablePointer<UnsafeMutablePointer<CChar>?>.allocate(capacity: texts.count + 1)
    list.initialize(repeating: nil, count: texts.count + 1)
    for (index, text) in texts.enumerated() { list[index] = UnsafeMutablePointer(mutating: add(text)) }
    lists.append(list)
    return list
  }

  deinit {
    for list in lists { list.deallocate() }
    for string in strings { free(string) }
  }
}
