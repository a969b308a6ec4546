import Columnar

/// A key column that is being made of the words of keys.
struct KeyColumn {
  /// Where the values go, by how they lie in memory. The storage below keeps the memory alive.
  enum Values {
    case none
    case bits(UnsafeMutablePointer<UInt64>)
    /// Whole numbers of any meaning, by their width; floats of 64 bits too.
    case byte(UnsafeMutablePointer<UInt8>)
    case short(UnsafeMutablePointer<UInt16>)
    case half(UnsafeMutablePointer<UInt32>)
    case word(UnsafeMutablePointer<UInt64>)
    /// The numbers of categories, and the last one that has a meaning.
    case codes(UnsafeMutablePointer<UInt32>, last: UInt64)
    case float32(UnsafeMutablePointer<Float>)
    case views(UnsafeMutablePointer<StringView>)
  }

  let values: Values
  private let type: DType
  private let count: Int
  private let empty: Column.Values
  private let dictionary: CategoryDictionary?
  private let storage: Storage
  private var nulls: [UInt32] = []
  private var texts: Texts?

  private final class Texts {
    var builder = StringBuilder()
  }

  /// - Parameter dictionary: that of categories, if their numbers will be written; else they are made of texts at the end.
  init(_ type: DType, count: Int, dictionary: CategoryDictionary? = nil) {
    self.type = type
    self.count = count
    self.dictionary = dictionary
    empty = Column.Values(emptyOf: type == .categorical && dictionary == nil ? .string : type)
    switch empty {
    case .categorical:
      storage = Storage(byteCount: count * 4)
      let last = UInt64((dictionary?.count ?? 1) - 1)
      values = .codes(storage.base.bindMemory(to: UInt32.self, capacity: count), last: last)
    case .null:
      storage = Storage(byteCount: 0)
      values = .none
    case .bool:
      let words = Bitmap.wordCount(count)
      storage = Storage(byteCount: words * 8)
      let target = storage.base.bindMemory(to: UInt64.self, capacity: words)
      target.initialize(repeating: 0, count: words)
      values = .bits(target)
    case .float32:
      storage = Storage(byteCount: count * 4)
      values = .float32(storage.base.bindMemory(to: Float.self, capacity: count))
    case .string:
      storage = Storage(byteCount: count * 16)
      values = .views(storage.base.bindMemory(to: StringView.self, capacity: count))
    case let others:
      guard let width = others.fixed?.width else { preconditionFailure("\(type) is no key") }
      storage = Storage(byteCount: count * width)
      switch width {
      case 1: values = .byte(storage.base.bindMemory(to: UInt8.self, capacity: count))
      case 2: values = .short(storage.base.bindMemory(to: UInt16.self, capacity: count))
      case 4: values = .half(storage.base.bindMemory(to: UInt32.self, capacity: count))
      default: values = .word(storage.base.bindMemory(to: UInt64.self, capacity: count))
      }
    }
  }

  mutating func setNull(_ row: Int) { nulls.append(UInt32(truncatingIfNeeded: row)) }

  /// The view of a copy of a long string.
  mutating func copy(_ text: UnsafeRawBufferPointer) -> StringView {
    let texts = texts ?? Texts()
    self.texts = texts
    return texts.builder.makeView(text)
  }

  func finish() -> Column {
    var validity: Bitmap?
    if !nulls.isEmpty {
      var bits = MutableBitmap(repeating: true, count: count)
      for row in nulls { bits.clear(Int(row)) }
      validity = bits.freeze()
    }
    switch empty {
    case .null: return Column(type: type, values: .null(count: count))
    case .bool:
      let words = Buffer<UInt64>(storage: storage, count: Bitmap.wordCount(count))
      let bits = Bitmap(words: words, count: count)
      return Column(type: type, values: .bool(bits), validity: validity)
    case .categorical:
      let codes = CategoricalValues(
        codes: Buffer(storage: storage, count: count), dictionary: dictionary ?? .none)
      return Column(type: type, values: .categorical(codes), validity: validity)
    case .string:
      let strings = StringValues(
        views: Buffer(storage: storage, count: count), blocks: texts?.builder.blocks ?? [])
      let column = Column(type: .string, values: .string(strings), validity: validity)
      return type == .categorical ? column.categorized : column
    case let others:
      let values = others.moving { FixedValues(storage: storage, count: count, width: $0.width) }
      return Column(type: type, values: values, validity: validity)
    }
  }
}
