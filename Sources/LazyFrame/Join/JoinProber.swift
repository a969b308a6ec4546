import Columnar

/// Looks the rows of one task up in a join's table.
///
/// The keys of a batch are encoded and hashed; then the first slots of all rows are read, and after that the entries that they
/// point to. The loads of a pass do not wait for one another, so that a table that is larger than the cache costs a row some
/// nanoseconds and not some hundred.
final class JoinProber {
  /// How many pairs of rows are handed on at once.
  private static let pairLimit = 65_536
  /// Stands for a row that is not there.
  static let missing = UInt32.max

  let probe: JoinProbe
  let table: JoinTable
  private let keyRows: KeyRows
  private let strings = StringInterner()
  private let candidates = Words(capacity: 0)
  /// For each row of a batch its first partner's entry plus one, or 0.
  private var heads: [UInt32] = []
  private var leftRows: [UInt32] = []
  private var rightRows: [UInt32] = []
  /// The right rows that had a partner, if somebody wants to know.
  private var matched: MutableBitmap?
  /// How many rows came, and how many were made of them.
  private(set) var seenCount = 0
  private(set) var madeCount = 0

  init(_ probe: JoinProbe, _ table: JoinTable) {
    (self.probe, self.table) = (probe, table)
    keyRows = KeyRows(wordCount: table.encoder.wordCount)
    matched = probe.kind == .full ? MutableBitmap(repeating: false, count: table.rows.rowCount) : nil
  }

  /// Hands on the joined rows of a batch, until `isFull` says that there are enough. O(rows + pairs).
  func run(_ batch: RecordBatch, until isFull: () -> Bool, _ sink: (RecordBatch) throws -> Void) throws {
    seenCount += batch.rowCount
    if probe.kind == .cross { return try cross(batch, isFull, sink) }
    try findHeads(batch)
    switch probe.kind {
    case .semi, .anti: try select(batch, sink)
    case .left where probe.asof != nil: try nearest(batch, sink)
    default:
      if table.isUnique { try single(batch, sink) } else { try multiple(batch, isFull, sink) }
    }
  }

  /// The right rows that had a partner, if the join is a full one. No rows may come after that.
  func takeMatched() -> Bitmap? {
    if let bits = matched.take() { return bits.freeze() }
    return nil
  }

  // MARK: Finding

  private func findHeads(_ batch: RecordBatch) throws {
    let rowCount = batch.rowCount
    if heads.count < rowCount { heads = [UInt32](repeating: 0, count: rowCount) }
    let columns = try probe.keys.map { try Evaluator.evaluate($0, batch) }
    table.encoder.encode(columns, rowCount: rowCount, into: keyRows, strings)
    let hasNulls = !probe.nullsAreEqual && columns.contains { $0.nullCount > 0 }
    let hasLongStrings = strings.count > 0
    lookAhead(rowCount)
    heads.withUnsafeMutableBufferPointer { heads in
      guard let heads = heads.baseAddress else { return }
      if hasNulls || hasLongStrings {
        withUnsafeTemporaryAllocation(of: UInt64.self, capacity: table.encoder.wordCount) { scratch in
          for row in 0..<rowCount { heads[row] = findCarefully(row, scratch) }
        }
      } else {
        switch table.encoder.wordCount {
        case 1: find(rowCount, 1, heads) { $0[0] == $1[0] }
        case 2: find(rowCount, 2, heads) { ($0[0] ^ $1[0]) | ($0[1] ^ $1[1]) == 0 }
        case let count: find(rowCount, count, heads) { JoinBucket.isEqual($0, $1, count) }
        }
      }
    }
  }

  private func lookAhead(_ rowCount: Int) {
    candidates.reserve(rowCount)
    let (target, hashes) = (candidates.pointer, keyRows.hashes)
    let places = table.buckets.map { (slots: UnsafePointer($0.slots.pointer), shift: 64 - $0.slotBits) }
    places.withUnsafeBufferPointer { places in
      for row in 0..<rowCount {
        let hash = hashes[row]
        let place = places[JoinTable.bucket(hash)]
        target[row] = place.slots[JoinTable.slot(hash, place.shift)]
      }
    }
  }

  @inline(__always)
  private func find(
    _ rowCount: Int, _ wordCount: Int, _ heads: UnsafeMutablePointer<UInt32>,
    _ isEqual: (UnsafePointer<UInt64>, UnsafePointer<UInt64>) -> Bool
  ) {
    let (hashes, words, first) = (keyRows.hashes, UnsafePointer(keyRows.words), candidates.pointer)
    let bases = table.buckets.map { UnsafePointer($0.entries.pointer) }
    let stride = wordCount &+ 1
    bases.withUnsafeBufferPointer { bases in
      for row in 0..<rowCount {
        let hash = hashes[row]
        let slot = first[row]
        if slot == 0 {
          heads[row] = 0
          continue
        }
        let base = bases[JoinTable.bucket(hash)]
        if slot >> 32 == hash & 0xFFFF_FFFF,
          isEqual(base + (Int(slot & 0xFFFF_FFFF) &- 1) &* stride, words + row &* wordCount)
        {
          heads[row] = UInt32(truncatingIfNeeded: slot)
        } else {
          heads[row] = head(words + row &* wordCount, hash)
        }
      }
    }
  }

  /// The first entry with this key, looked for from slot to slot.
  private func head(_ key: UnsafePointer<UInt64>, _ hash: UInt64) -> UInt32 {
    let bucket = table.buckets[JoinTable.bucket(hash)]
    let mask = 1 << Int(bucket.slotBits) - 1
    var place = JoinTable.slot(hash, 64 - bucket.slotBits)
    while true {
      let slot = bucket.slots.pointer[place]
      if slot == 0 { return 0 }
      if slot >> 32 == hash & 0xFFFF_FFFF {
        let entry = bucket.entries.pointer + (Int(slot & 0xFFFF_FFFF) - 1) * bucket.stride
        if JoinBucket.isEqual(entry, key, bucket.stride - 1) { return UInt32(truncatingIfNeeded: slot) }
      }
      place = (place + 1) & mask
    }
  }

  /// The same for a row that may have nulls, or strings whose numbers are others in the table.
  private func findCarefully(_ row: Int, _ scratch: UnsafeMutableBufferPointer<UInt64>) -> UInt32 {
    let words = keyRows.words + row * table.encoder.wordCount
    if !probe.nullsAreEqual, table.encoder.hasNull(words) { return 0 }
    let hash = keyRows.hashes[row]
    guard let scratch = scratch.baseAddress,
      table.encoder.renumber(words, from: strings, to: table.buckets[JoinTable.bucket(hash)].strings, into: scratch)
    else { return 0 }
    return head(scratch, hash)
  }

  // MARK: Joining

  private func select(_ batch: RecordBatch, _ sink: (RecordBatch) throws -> Void) throws {
    leftRows.removeAll(keepingCapacity: true)
    let wanted = probe.kind == .semi
    for row in 0..<batch.rowCount where (heads[row] != 0) == wanted {
      leftRows.append(UInt32(truncatingIfNeeded: row))
    }
    try emit(batch, sink)
  }

  /// Every left row has at most one partner.
  private func single(_ batch: RecordBatch, _ sink: (RecordBatch) throws -> Void) throws {
    let keepsAll = probe.kind != .inner
    let rowCount = batch.rowCount
    leftRows = [UInt32](unsafeUninitializedCapacity: rowCount) { left, count in
      rightRows = [UInt32](unsafeUninitializedCapacity: rowCount) { right, rightCount in
        for row in 0..<rowCount {
          let head = heads[row]
          if head == 0, !keepsAll { continue }
          left[count] = UInt32(truncatingIfNeeded: row)
          right[count] = head == 0 ? JoinProber.missing : entry(row, head).row
          count &+= 1
        }
        rightCount = count
      }
    }
    mark()
    try emit(batch, sink)
  }

  /// Every left row has the nearest of its partners, if one is near enough.
  private func nearest(_ batch: RecordBatch, _ sink: (RecordBatch) throws -> Void) throws {
    guard let asof = probe.asof else { return }
    let times = try Evaluator.evaluate(asof.time, batch)
    leftRows = (0..<batch.rowCount).map { UInt32(truncatingIfNeeded: $0) }
    switch times.values {
    case .int64(let left): findNearest(asof, times, left) { $0.int64s }
    case .float64(let left): findNearest(asof, times, left) { $0.float64s }
    default: preconditionFailure("an asof join compares 64-bit numbers, not \(times.type)")
    }
    try emit(batch, sink)
  }

  /// Looks all times of a batch up together: each step halves the ranges of all rows, and its loads do not wait for one another.
  private func findNearest<Time: AsofTime & ColumnElement>(
    _ asof: AsofMatch, _ column: Column, _ times: Buffer<Time>, _ values: (Column) -> Buffer<Time>
  ) {
    let rowCount = column.count
    let bases = table.times.map { values($0.times).pointer }
    let found = MutableBuffer<UInt32>(count: rowCount)
    let ranges = MutableBuffer<UInt64>(count: rowCount)
    for row in 0..<rowCount {
      let isWanted = heads[row] != 0 && !column.isNull(at: row) && times.pointer[row] == times.pointer[row]
      // NaN is near to nothing.
      ranges.pointer[row] = isWanted ? table.times[bucket(row)].ranges.pointer[Int(heads[row]) - 1] : 0
    }
    withUnsafeTemporaryAllocation(of: UnsafePointer<Time>.self, capacity: rowCount) { lows in
      for row in 0..<rowCount { lows[row] = bases[bucket(row)] + Int(ranges.pointer[row] >> 32) }
      let wanted = times.pointer
      if asof.goesBehindEqual {
        AsofBucket.search(rowCount, lows, ranges.pointer, found.pointer) { $1 <= wanted[$0] }
      } else {
        AsofBucket.search(rowCount, lows, ranges.pointer, found.pointer) { $1 < wanted[$0] }
      }
      rightRows = (0..<rowCount).map { row in
        let range = ranges.pointer[row]
        let chain = UnsafeBufferPointer(
          start: bases[bucket(row)] + Int(range >> 32), count: Int(range & 0xFFFF_FFFF))
        let place = asof.place(of: wanted[row], at: Int(found.pointer[row]), chain)
        return place.map { table.times[bucket(row)].row(Int(range >> 32) + $0) } ?? JoinProber.missing
      }
    }
    withExtendedLifetime(times) {}
  }

  @inline(__always)
  private func bucket(_ row: Int) -> Int { JoinTable.bucket(keyRows.hashes[row]) }

  private func multiple(
    _ batch: RecordBatch, _ isFull: () -> Bool, _ sink: (RecordBatch) throws -> Void
  ) throws {
    let keepsAll = probe.kind != .inner
    leftRows.removeAll(keepingCapacity: true)
    rightRows.removeAll(keepingCapacity: true)
    for row in 0..<batch.rowCount {
      var next = heads[row]
      if next == 0, keepsAll {
        leftRows.append(UInt32(truncatingIfNeeded: row))
        rightRows.append(JoinProber.missing)
      }
      while next != 0 {
        let found = entry(row, next)
        leftRows.append(UInt32(truncatingIfNeeded: row))
        rightRows.append(found.row)
        next = found.next
        if leftRows.count == JoinProber.pairLimit {
          try handOn(batch, sink)
          // Of a full join it must be known which right rows have partners.
          if probe.kind != .full, isFull() { return }
        }
      }
    }
    if !leftRows.isEmpty { try handOn(batch, sink) }
  }

  private func cross(
    _ batch: RecordBatch, _ isFull: () -> Bool, _ sink: (RecordBatch) throws -> Void
  ) throws {
    for row in 0..<batch.rowCount {
      for partner in 0..<table.rows.rowCount {
        leftRows.append(UInt32(truncatingIfNeeded: row))
        rightRows.append(UInt32(truncatingIfNeeded: partner))
        if leftRows.count == JoinProber.pairLimit {
          try handOn(batch, sink)
          if isFull() { return }
        }
      }
    }
    if !leftRows.isEmpty { try handOn(batch, sink) }
  }

  private func handOn(_ batch: RecordBatch, _ sink: (RecordBatch) throws -> Void) throws {
    mark()
    try emit(batch, sink)
    leftRows.removeAll(keepingCapacity: true)
    rightRows.removeAll(keepingCapacity: true)
  }

  @inline(__always)
  private func entry(_ row: Int, _ head: UInt32) -> (row: UInt32, next: UInt32) {
    let bucket = table.buckets[JoinTable.bucket(keyRows.hashes[row])]
    let word = bucket.entries.pointer[Int(head) &* bucket.stride &- 1]
    return (UInt32(truncatingIfNeeded: word), UInt32(truncatingIfNeeded: word >> 32))
  }

  private func mark() {
    guard probe.kind == .full else { return }
    for row in rightRows where row != JoinProber.missing { matched?.set(Int(row)) }
  }

  /// Hands on the pairs of `leftRows` and `rightRows`.
  private func emit(_ batch: RecordBatch, _ sink: (RecordBatch) throws -> Void) throws {
    let count = leftRows.count
    if count == 0 { return }
    madeCount += count
    // All left rows, each once: they need not be moved.
    let isWhole = count == batch.rowCount && leftRows.enumerated().allSatisfy { $0 == Int($1) }
    let columns = leftRows.withUnsafeBufferPointer { left in
      rightRows.withUnsafeBufferPointer { right in
        probe.outputs.map { output -> Column in
          func fromLeft(_ name: String) -> Column {
            let column = batch.required(name)
            return isWhole ? column : RowKernels.take(column, left)
          }
          switch output.source {
          case .left(let name), .either(left: let name, right: _): return fromLeft(name)
          case .right(let name): return RowKernels.take(table.rows.required(name), right, missing: JoinProber.missing)
          }
        }
      }
    }
    try sink(RecordBatch(schema: probe.schema, columns: columns, rowCount: count))
  }
}

extension RecordBatch {
  /// A column that the plan has seen to.
  func required(_ name: String) -> Column {
    guard let column = self[name] else { preconditionFailure("the plan reads column '\(name)', which is not there") }
    return column
  }
}
