import Columnar

/// A key column that is being made of the words of keys.
struct KeyColumn {
  /// Where the values go, by how they lie in memory. The storage below keeps the memory alive.
  enum Values {
    case none
    case bits(UnsafeMutablePointer<UInt64>)
    case int32(UnsafeMutablePointer<Int32>)
    /// 64-bit integers, moments, and floats as they are.
    case word(UnsafeMutablePointer<UInt64>)
    case float32(UnsafeMutablePointer<Float>)
    case views(UnsafeMutablePointer<StringView>)
  }

  let values: Values
  private let type: DType
  private let count: Int
  private let storage: Storage
  private var nulls: [UInt32] = []
  private var texts: Texts?

  private final class Texts {
    var builder = StringBuilder()
  }

  init(_ type: DType, count: Int) {
    self.type = type
    self.count = count
    switch type.kind {
    case .null:
      storage = Storage(byteCount: 0)
      values = .none
    case .bool:
      let words = Bitmap.wordCount(count)
      storage = Storage(byteCount: words * 8)
      let target = storage.base.bindMemory(to: UInt64.self, capacity: words)
      target.initialize(repeating: 0, count: words)
      values = .bits(target)
    case .int32, .date:
      storage = Storage(byteCount: count * 4)
      values = .int32(storage.base.bindMemory(to: Int32.self, capacity: count))
    case .int64, .datetime, .float64:
      storage = Storage(byteCount: count * 8)
      values = .word(storage.base.bindMemory(to: UInt64.self, capacity: count))
    case .float32:
      storage = Storage(byteCount: count * 4)
      values = .float32(storage.base.bindMemory(to: Float.self, capacity: count))
    case .string:
      storage = Storage(byteCount: count * 16)
      values = .views(storage.base.bindMemory(to: StringView.self, capacity: count))
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
    func buffer<Element>(_ type: Element.Type) -> Buffer<Element> { Buffer(storage: storage, count: count) }
    let values: Column.Values =
      switch type.kind {
      case .null: .null(count: count)
      case .bool: .bool(Bitmap(words: Buffer(storage: storage, count: Bitmap.wordCount(count)), count: count))
      case .int32, .date: .int32(buffer(Int32.self))
      case .int64, .datetime: .int64(buffer(Int64.self))
      case .float32: .float32(buffer(Float.self))
      case .float64: .float64(buffer(Double.self))
      case .string: .string(StringValues(views: buffer(StringView.self), blocks: texts?.builder.blocks ?? []))
      }
    return Column(type: type, values: values, validity: type == .null ? nil : validity)
  }
}
