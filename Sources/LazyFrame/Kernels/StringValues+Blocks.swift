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
  /// The strings end to end, over the blocks of all.
  static func concatenate(_ parts: [StringValues]) -> StringValues {
    var list = BlockList()
    var views = MutableBuffer<StringView>(capacity: parts.reduce(0) { $0 + $1.count })
    for part in parts {
      let numbers = list.add(part.blocks)
      part.views.withUnsafeBufferPointer { source in
        if numbers.enumerated().allSatisfy({ $0 == $1 }) {
          views.append(contentsOf: source)
        } else {
          for view in source { views.append(view.renumbered(numbers)) }
        }
      }
    }
    return StringValues(views: views.freeze(), blocks: list.blocks)
  }
}
