import Glibc

/// The strings of a column: a view for each, and the blocks that hold the long ones.
package struct StringValues: Sendable {
  package let views: Buffer<StringView>
  package let blocks: [Storage]

  package init(views: Buffer<StringView>, blocks: [Storage]) {
    self.views = views
    self.blocks = blocks
  }

  package var count: Int { views.count }

  /// Calls `body` with the UTF-8 bytes at `index`. The pointer is valid only inside `body`.
  @inlinable package func withBytes<Result>(at index: Int, _ body: (UnsafeRawBufferPointer) throws -> Result) rethrows
    -> Result
  {
    try withBytes(of: views[index], body)
  }

  /// Calls `body` with the UTF-8 bytes of one of this column's views.
  @inlinable package func withBytes<Result>(of view: StringView, _ body: (UnsafeRawBufferPointer) throws -> Result)
    rethrows
    -> Result
  {
    if view.isInline {
      return try withUnsafeBytes(of: view) { bytes in
        try body(UnsafeRawBufferPointer(rebasing: bytes[4..<4 + view.length]))
      }
    }
    let block = blocks[view.bufferIndex]
    return try withExtendedLifetime(block) {
      try body(UnsafeRawBufferPointer(start: block.base + view.offset, count: view.length))
    }
  }

  package subscript(index: Int) -> String {
    withBytes(at: index) { String(decoding: $0, as: UTF8.self) }
  }

  /// Orders two strings by their bytes, which for UTF-8 is the order of their code points.
  package static func compare(_ left: UnsafeRawBufferPointer, _ right: UnsafeRawBufferPointer) -> Int {
    let shared = min(left.count, right.count)
    if shared > 0, let leftBase = left.baseAddress, let rightBase = right.baseAddress {
      let order = memcmp(leftBase, rightBase, shared)
      if order != 0 { return Int(order) }
    }
    return left.count - right.count
  }
}

/// Strings being collected, long ones copied into blocks of its own.
package struct StringBuilder: ~Copyable {
  private var views: MutableBuffer<StringView>
  /// The blocks so far, which hold the long strings.
  package private(set) var blocks: [Storage] = []
  private var used = 0

  package init(capacity: Int = 0) {
    views = MutableBuffer(capacity: capacity)
  }

  package var count: Int { views.count }

  package mutating func append(_ text: UnsafeRawBufferPointer) {
    views.append(makeView(text))
  }

  package mutating func append(_ text: String) {
    var text = text
    text.withUTF8 { append(UnsafeRawBufferPointer($0)) }
  }

  package mutating func appendEmpty() {
    views.append(.empty)
  }

  /// Copies the text of a long string and returns its view; a short one needs no copy.
  package mutating func makeView(_ text: UnsafeRawBufferPointer) -> StringView {
    guard let base = text.baseAddress, text.count > 0 else { return .empty }
    if text.count <= StringView.inlineLimit { return StringView(short: base, length: text.count) }
    precondition(text.count <= Int(UInt32.max), "a string of over 4 GB does not fit a column")
    if blocks.isEmpty || blocks[blocks.count - 1].byteCount - used < text.count {
      let doubled = min(2 * (blocks.last?.byteCount ?? 512), 1 << 20)
      blocks.append(Storage(byteCount: max(doubled, text.count)))
      used = 0
    }
    let block = blocks[blocks.count - 1]
    (block.base + used).copyMemory(from: base, byteCount: text.count)
    defer { used += text.count }
    return StringView(long: block.base + used, length: text.count, buffer: blocks.count - 1, offset: used)
  }

  package mutating func append(view: StringView) {
    views.append(view)
  }

  package consuming func freeze() -> StringValues {
    let blocks = blocks
    return StringValues(views: views.freeze(), blocks: blocks)
  }
}
