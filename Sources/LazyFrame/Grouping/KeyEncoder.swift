import Columnar

/// Turns the keys of rows into machine words: two rows have equal keys exactly when their words are equal.
///
/// So the tables that find groups compare and hash words and know no types. For the keys `symbol, id`:
///
///     word 0              word 1          word 2         word 3
///     symbol: length,     symbol: next    nulls: a bit   id
///     first 4 bytes       8 bytes         for each key
///                                         like id
///
/// Most types leave some words unused, of which one stands for null. Where every word is a value, as with 64-bit integers, a
/// bit in one more word says which keys are null.
///
/// A key whose `KeyForm` is known takes as many bits as that needs, and several of them share a word. If all keys fit a few bits
/// together, these are the number of the group's slot (`directBits`), and no hash is needed to find it:
///
///     word 0
///     nothing │ id2: 7 bits │ id1: 7 bits
///
/// A string of more than 12 bytes does not fit its view. It is interned: the second word is then a number that a
/// `StringInterner` gives to each different long string. Zero and minus zero are one key, and so are all NaNs.
struct KeyEncoder: Sendable {
  /// The word of nulls has a bit for each key.
  static let keyLimit = 64

  /// Where a key lies: in words of its own, or in some bits of one that it shares.
  struct Place {
    let type: DType
    let form: KeyForm?
    /// Its first word.
    var offset = 0
    /// The first of its bits.
    var shift: UInt64 = 0
    /// The bits that it has, moved to the end of the word.
    var mask: UInt64 = .max
    /// Whether others have put their bits into the word before it.
    var isShared = false

    /// What is added to the bits to have the value.
    var base: UInt64 {
      if case .range(let range) = form { return range.lowest }
      return 0
    }
  }

  let places: [Place]
  /// How many bits of the only word are used, if these are few enough to be the number of a slot.
  let directBits: Int?
  /// Where the word of nulls is, if some key needs it.
  let nullOffset: Int?
  /// Where the words of each string begin.
  let stringOffsets: [Int]
  /// How many words a row has.
  let wordCount: Int

  /// - Parameters:
  ///   - types: those of the keys.
  ///   - forms: what is known of the values of each key; all rows must keep to it.
  ///   - rowCount: about how many rows there will be.
  ///   - hasFlag: whether the lowest bit of the first word stays zero, for others to use. Some key must have a form then.
  init(types: [DType], forms: [KeyForm?] = [], rowCount: Int = 0, hasFlag: Bool = false) {
    var places = types.indices.map { Place(type: types[$0], form: $0 < forms.count ? forms[$0] : nil) }
    let used = KeyEncoder.share(&places, reserved: hasFlag ? 1 : 0)
    var next = used.count
    let isDirect =
      next == 1 && !hasFlag && places.allSatisfy { $0.form != nil } && KeyEncoder.isDirect(used[0], rowCount)
    directBits = isDirect ? used[0] : nil
    for key in places.indices where places[key].form == nil {
      places[key].offset = next
      next += KeyEncoder.wordCount(places[key].type)
    }
    let needsBits = places.contains { $0.form == nil && KeyEncoder.nullWord($0.type) == nil }
    nullOffset = needsBits ? next : nil
    stringOffsets = places.filter { $0.form == nil && $0.type.isText }.map(\.offset)
    wordCount = next + (needsBits ? 1 : 0)
    self.places = places
  }

  /// Gives each key that has a form its bits: the widest first, in the first word that has room for them.
  ///
  /// - Parameter reserved: how many bits of the first word are left alone.
  /// - Returns: how many bits of each word are used.
  private static func share(_ places: inout [Place], reserved: Int) -> [Int] {
    let bits = places.map { $0.form?.bits }
    let packed = places.indices.filter { bits[$0] != nil }.sorted { (bits[$0] ?? 0, $1) > (bits[$1] ?? 0, $0) }
    var used: [Int] = []
    for key in packed {
      let width = bits[key] ?? 0
      var word = 0
      while word < used.count, used[word] + width > UInt64.bitWidth { word += 1 }
      if word == used.count { used.append(word == 0 ? reserved : 0) }
      places[key].offset = word
      places[key].shift = UInt64(used[word] % UInt64.bitWidth)
      places[key].mask = width == UInt64.bitWidth ? .max : 1 << UInt64(width) - 1
      used[word] += width
    }
    // Keys are written in their order: who comes first need not keep what is there.
    var written = Set<Int>()
    for key in packed.sorted() { places[key].isShared = !written.insert(places[key].offset).inserted }
    return used
  }

  /// Whether a table with a slot for every number of so many bits stays in the second-level cache, and is worth emptying.
  private static func isDirect(_ bits: Int, _ rowCount: Int) -> Bool {
    bits <= 17 && 1 << bits <= max(rowCount, 1 << 12)
  }

  static func wordCount(_ type: DType) -> Int {
    switch type.kind {
    case .null: 0
    case .string, .categorical: 2
    default: 1
    }
  }

  /// The first word of a null, which no value has; nil where every word is a value.
  static func nullWord(_ type: DType) -> UInt64? {
    switch type.kind {
    case .null: 0
    // A string has no such length.
    case .string, .categorical: 0xFFFF_FFFF
    // Values have at most 32 bits.
    case .bool, .int8, .int16, .int32, .uint8, .uint16, .uint32, .date: 1 << 32
    // All NaNs are one, which has other bits.
    case .float32, .float64: Double.nan.bitPattern | 1
    case .int64, .uint64, .datetime, .duration, .list: nil
    }
  }
}
