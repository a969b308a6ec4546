import Columnar

/// The blocks of several columns under one numbering, each block once.
struct BlockList {
  private(set) var blocks: [Storage] = []
  private var numbers: [ObjectIdentifier: Int] = [:]

  /// Takes up a column's blocks, and returns the new number of each.
  mutating func add(_ added: [Storage]) -> [Int] {
    added.map { block in
      if let number = numbers[ObjectIdentifier(block)] { return number }
      numbers[ObjectIdentifier(block)] = blocks.count
      blocks.append(block)
      return blocks.count - 1
    }
  }
}

extension StringView {
  /// The same string, whose block has another number.
  func renumbered(_ numbers: [Int]) -> StringView {
    isInline ? self : StringView(low: low, high: high & ~0xFFFF_FFFF | UInt64(numbers[bufferIndex]))
  }
}

extension StringValues {
  /// The same strings, all over one list of blocks, so that a view of one can stand among those of another.
  static func sharingBlocks(_ parts: [StringValues]) -> [StringValues] {
    var list = BlockList()
    let views = parts.map { part -> Buffer<StringView> in
      let numbers = list.add(part.blocks)
      if numbers.enumerated().allSatisfy({ $0 == $1 }) { return part.views }
      let views = MutableBuffer<StringView>(count: part.count)
      for index in 0..<part.count { views.pointer[index] = part.views.pointer[index].renumbered(numbers) }
      return views.freeze()
    }
    return views.map { StringValues(views: $0, blocks: list.blocks) }
  }
}
