import Columnar

/// How the keys of a group-by become words.
///
/// Few words for a key make a group-by fast: less is hashed, compared and kept. How few are enough is known of the columns of a
/// table in memory. Of files it is guessed, from rows of several partitions: that numbers lie in a range, that texts are
/// short and begin alike. A key that is not so is numbered (`KeyInterner`), and the number stands for it:
///
///     guessed     │ id3: 17 bits │ id2: 7 bits │ id1: 7 bits │ 0 │
///     unusual     │ number in the table of unusual keys      │ 1 │
///
/// So a wrong guess costs time and never an answer. A key is unusual in every partition or in none, and its hash is that of its
/// whole words, so that groups of all partitions meet in one bucket.
struct GroupKeyEncoder: Sendable {
  /// Writes every key.
  let whole: KeyEncoder
  /// Writes the keys that are as it was guessed.
  private let guess: KeyEncoder?
  /// About how many different keys there are in all rows, if enough rows were looked at.
  private(set) var estimatedKeys: Double?

  /// - Parameter whole: what writes every key.
  init(_ whole: KeyEncoder) {
    self.whole = whole
    guess = nil
  }

  /// Guesses from some rows, if that saves words.
  ///
  /// - Parameters:
  ///   - whole: what writes every key.
  ///   - samples: some values of each key, in pieces.
  init(_ whole: KeyEncoder, samples: [[Column]]) {
    self.whole = whole
    let forms = zip(whole.places, samples).map { $0.form ?? KeyForm(guessing: $1) }
    let guess = KeyEncoder(types: whole.places.map(\.type), forms: forms, hasFlag: true)
    self.guess = guess.wordCount < whole.wordCount ? guess : nil
    estimatedKeys = estimateKeys(samples)
  }

  /// Fewer rows tell too little.
  private static let estimateRows = 4096

  private func estimateKeys(_ samples: [[Column]]) -> Double? {
    guard let pieces = samples.first?.map(\.count), pieces.reduce(0, +) >= GroupKeyEncoder.estimateRows else {
      return nil
    }
    let interner = KeyInterner(self)
    let rows = KeyRows(wordCount: wordCount)
    var table = GroupTable(GroupLayout(wordCount: wordCount, stateSizes: []))
    for (piece, rowCount) in pieces.enumerated() {
      encode(samples.map { $0[piece] }, rowCount: rowCount, into: rows, interner)
      for row in 0..<rowCount { _ = table.findOrAdd(rows.words + row * wordCount, rows.hashes[row]) }
    }
    return GroupedPartition.estimatedDistinct(groups: table.count, rows: pieces.reduce(0, +))
  }

  private var encoder: KeyEncoder { guess ?? whole }

  /// How many words a row has.
  var wordCount: Int { encoder.wordCount }

  /// How many bits of the only word are used, if these are few enough to be the number of a slot.
  var directBits: Int? { encoder.directBits }

  /// Writes the words and the hash of each row. O(rows · keys), and O(bytes) of long strings.
  func encode(_ columns: [Column], rowCount: Int, into rows: KeyRows, _ interner: KeyInterner) {
    encoder.encode(columns, rowCount: rowCount, into: rows, interner.strings)
    guard let guess else { return }
    var areWritten = false
    for (place, column) in zip(guess.places, columns) {
      guard let misfits = place.form?.misfits(column), !misfits.isEmpty else { continue }
      if !areWritten { whole.encode(columns, rowCount: rowCount, into: interner.scratch, interner.strings) }
      areWritten = true
      for row in misfits { number(Int(row), interner.scratch, interner, into: rows) }
    }
  }

  /// Writes a row of whole words as an unusual key.
  private func number(_ row: Int, _ words: KeyRows, _ interner: KeyInterner, into rows: KeyRows) {
    let number = interner.number(of: words.words + row * whole.wordCount, hash: words.hashes[row])
    write(number, into: rows.words + row * wordCount)
    rows.hashes[row] = words.hashes[row]
  }

  private func write(_ number: UInt64, into words: UnsafeMutablePointer<UInt64>) {
    words.update(repeating: 0, count: wordCount)
    words[0] = number << 1 | 1
  }

  private func isUnusual(_ words: UnsafePointer<UInt64>) -> Bool { guess != nil && words[0] & 1 == 1 }

  /// The key columns of `count` groups from their words. O(groups · keys).
  ///
  /// - Parameter stride: how many words lie between the keys of neighbours.
  func decode(_ words: UnsafePointer<UInt64>, stride: Int, count: Int, _ interner: KeyInterner) -> [Column] {
    guard guess != nil, interner.unusualCount > 0 else {
      return encoder.decode(words, stride: stride, count: count, interner.strings)
    }
    let unusual = (0..<count).filter { isUnusual(words + $0 * stride) }
    let columns = encoder.decode(words, stride: stride, count: count, interner.strings)
    if unusual.isEmpty { return columns }
    let keys = Words(capacity: unusual.count * whole.wordCount)
    // Where each row is: in the columns of all, or, in the upper half of a number, in those of the unusual ones.
    var places = (0..<count).map { UInt64($0) }
    for (index, row) in unusual.enumerated() {
      let key = interner.words(of: words[row * stride] >> 1)
      (keys.pointer + index * whole.wordCount).update(from: key, count: whole.wordCount)
      places[row] = 1 << 32 | UInt64(index)
    }
    let others = whole.decode(keys.pointer, stride: whole.wordCount, count: unusual.count, interner.strings)
    return places.withUnsafeBufferPointer { places in
      zip(columns, others).map { RowKernels.take([$0, $1], places) }
    }
  }

  /// Whether words can not be taken over from another table as they are.
  func needsTranslation(_ interner: KeyInterner) -> Bool {
    encoder.needsTranslation(interner.strings) || guess != nil && interner.unusualCount > 0
  }

  /// Translates the words of a key of another table: its numbers become this table's.
  ///
  /// - Parameters:
  ///   - words: those of the key; receive what they are here.
  ///   - hash: that of the key.
  func translate(
    _ words: UnsafeMutablePointer<UInt64>, hash: UInt64, from other: KeyInterner, to interner: KeyInterner
  ) {
    guard isUnusual(words) else {
      return encoder.translate(words, from: other.strings, to: interner.strings, into: words)
    }
    withUnsafeTemporaryAllocation(of: UInt64.self, capacity: whole.wordCount) { key in
      guard let key = key.baseAddress else { return }
      key.update(from: other.words(of: words[0] >> 1), count: whole.wordCount)
      whole.translate(key, from: other.strings, to: interner.strings, into: key)
      write(interner.number(of: key, hash: hash), into: words)
    }
  }
}
