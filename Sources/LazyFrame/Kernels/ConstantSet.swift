import Columnar

/// The constants of `x in (1, 2, …)`, where a value is looked up by its hash: rows cost the same however many there are.
///
///     values   different ones, in their order, none null      17   4   9
///     slots    the number of a value plus one, 0 for none      2 0 0 3 0 1 0 0
///
/// A value's first slot is given by its hash; when that is taken by another one, the next is looked at. At most half of the
/// slots are taken. The hash of what has up to eight bytes is a permutation of them: equal hashes are equal values. Texts with
/// one hash are compared.
struct ConstantSet: Sendable {
  /// From so many constants on it is quicker than to compare one after the other.
  static let least = 2

  /// The different constants that are not null, of the type of the values that are looked up.
  let values: Column
  let hasNull: Bool
  private let hashes: [Int64]
  private let slots: [UInt32]

  /// Nil where comparing one after the other is as good, or the only way. Constants that no value of the type equals are left
  /// out.
  ///
  /// - Parameters:
  ///   - constants: literals, perhaps cast.
  ///   - type: that of the values that are looked up.
  init?(_ constants: some Collection<ResolvedExpression>, among type: DType) {
    guard constants.count >= ConstantSet.least, type.element == nil, type != .null, type != .categorical else {
      return nil
    }
    // Neighbours of one type are cast together.
    var runs: [(type: DType, values: [Value])] = []
    for constant in constants {
      let literal: (value: Value, type: DType)
      switch constant {
      case .literal(let value, let type), .cast(.literal(let value, let type), _): literal = (value, type)
      default: return nil
      }
      if runs.last?.type != literal.type { runs.append((literal.type, [])) }
      runs[runs.count - 1].values.append(literal.value)
    }
    var parts: [Column] = []
    var hasNull = false
    for run in runs {
      let known = run.values.filter { !$0.isNull }
      hasNull = hasNull || known.count < run.values.count
      guard let column = Column(run.type, known) else { return nil }
      let cast = CastKernels.cast(column, to: type)
      let rows = (0..<UInt32(cast.count)).filter { !cast.isNull(at: Int($0)) }
      parts.append(rows.withUnsafeBufferPointer { RowKernels.take(cast, $0) })
    }
    self.init(RowKernels.concatenate(parts), hasNull: hasNull)
  }

  private init(_ all: Column, hasNull: Bool) {
    let allHashes = HashKernels.hash(all).int64s
    var slots = [UInt32](repeating: 0, count: 2)
    while slots.count < 2 * all.count { slots += slots }
    var kept: [UInt32] = []
    for row in 0..<all.count {
      let (slot, isFound) = ConstantSet.slot(allHashes[row], slots) { number in
        allHashes[Int(kept[number])] == allHashes[row] && ConstantSet.isSame(all, Int(kept[number]), all, row)
      }
      if isFound { continue }
      kept.append(UInt32(row))
      slots[slot] = UInt32(kept.count)
    }
    values = kept.withUnsafeBufferPointer { RowKernels.take(all, $0) }
    hashes = kept.map { allHashes[Int($0)] }
    self.slots = slots
    self.hasNull = hasNull
  }

  /// Where a value stands, or the free slot where it belongs.
  @inline(__always)
  private static func slot(
    _ hash: Int64, _ slots: UnsafeBufferPointer<UInt32>, _ isIt: (_ number: Int) -> Bool
  ) -> (slot: Int, isFound: Bool) {
    let mask = slots.count - 1
    var slot = Int(truncatingIfNeeded: hash) & mask
    while slots[slot] != 0 {
      if isIt(Int(slots[slot]) - 1) { return (slot, true) }
      slot = (slot + 1) & mask
    }
    return (slot, false)
  }

  private static func slot(
    _ hash: Int64, _ slots: [UInt32], _ isIt: (_ number: Int) -> Bool
  ) -> (slot: Int, isFound: Bool) {
    slots.withUnsafeBufferPointer { slot(hash, $0, isIt) }
  }

  /// Whether two values of one hash are equal.
  private static func isSame(_ left: Column, _ leftRow: Int, _ right: Column, _ rightRow: Int) -> Bool {
    guard case .string(let a) = left.values, case .string(let b) = right.values else { return true }
    return a.withBytes(of: a.views[leftRow]) { left in
      b.withBytes(of: b.views[rightRow]) { StringValues.compare(left, $0) == 0 }
    }
  }

  /// Whether each value is among the constants. As in SQL null, where the value is null, or where it is not found and one of
  /// the constants is null. O(rows).
  func contains(_ column: Column) -> Column {
    let wanted = HashKernels.hash(column).int64s
    let bits = MutableBitmap(repeating: false, count: column.count)
    let words = bits.pointer
    func find(_ isEqual: (_ number: Int, _ row: Int) -> Bool) {
      hashes.withUnsafeBufferPointer { hashes in
        slots.withUnsafeBufferPointer { slots in
          for row in 0..<column.count {
            let hash = wanted.pointer[row]
            let found = ConstantSet.slot(hash, slots) { hashes[$0] == hash && isEqual($0, row) }.isFound
            words[row >> 6] |= (found ? 1 : 0) << UInt64(row & 63)
          }
        }
      }
    }
    if case .string(let texts) = column.values, case .string(let constants) = values.values {
      texts.read { texts in
        constants.read { constants in
          find { number, row in StringValues.compare(constants[number], texts[row]) == 0 }
        }
      }
    } else {
      find { _, _ in true }
    }
    let found = bits.freeze()
    let known = hasNull ? Bitmap.both(found, column.validity) : column.validity
    return Column(type: .bool, values: .bool(found), validity: known)
  }

  /// The constants as they could be written, null last.
  var literals: [Expression] {
    (0..<values.count).map { lit(values[$0]) } + (hasNull ? [lit(.null)] : [])
  }
}

extension ConstantSet: Hashable {
  // By their bytes: Swift's equality of texts is canonical equivalence.
  static func == (left: ConstantSet, right: ConstantSet) -> Bool {
    left.values.type == right.values.type && left.hasNull == right.hasNull && left.hashes == right.hashes
      && (0..<left.values.count).allSatisfy { isSame(left.values, $0, right.values, $0) }
  }

  func hash(into hasher: inout Hasher) {
    hasher.combine(values.type)
    hasher.combine(hasNull)
    hasher.combine(hashes.count)
    hasher.combine(hashes.first)
  }
}

extension ConstantSet: Codable {
  private enum CodingKeys: CodingKey {
    case type, values, hasNull
  }

  init(from decoder: any Decoder) throws {
    let container = try decoder.container(keyedBy: CodingKeys.self)
    let type = try container.decode(DType.self, forKey: .type)
    guard let values = Column(type, try container.decode([Value].self, forKey: .values)) else {
      throw DecodingError.dataCorruptedError(
        forKey: .values, in: container, debugDescription: "the constants are not of the type \(type)")
    }
    self.init(values, hasNull: try container.decode(Bool.self, forKey: .hasNull))
  }

  func encode(to encoder: any Encoder) throws {
    var container = encoder.container(keyedBy: CodingKeys.self)
    try container.encode(values.type, forKey: .type)
    try container.encode((0..<values.count).map { values[$0] }, forKey: .values)
    try container.encode(hasNull, forKey: .hasNull)
  }
}
