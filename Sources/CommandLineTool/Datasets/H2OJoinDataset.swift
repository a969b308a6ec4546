/// The four tables of the join questions of db-benchmark: a large one, `x`, and what it is joined with.
///
///     table    rows        columns                        unique key
///     x        N           id1,id2,id3,id4,id5,id6,v1     id3
///     small    N / 10⁶     id1,id4,v2                     id1
///     medium   N / 1000    id1,id2,id4,id5,v2             id2
///     big      N           id1,id2,id3,id4,id5,id6,v2     id3
///
/// `id1`, `id2` and `id3` are numbers of as many different keys as `small`, `medium` and `big` have rows; `id4`, `id5` and
/// `id6` are the same keys as texts: 17 and `id17`. A table uses each of its keys at least once. Of the keys of `x` nine in
/// ten are in the other tables too, and the tenth is in none; and the other tables have a tenth that is not in `x`.
///
/// The tables and their values are those of `_data/join-datagen.R` in https://github.com/duckdblabs/db-benchmark without
/// missing values and without sorting; the random numbers are our own. There N is at least 10⁷. Here it may be less, and
/// `small` and `medium` have ten rows at least, which is what it takes for one key in ten to be missing.
///
/// The same rows and seed give the same bytes on every machine and for ever.
struct H2OJoinDataset: Sendable {
  /// The rows of the largest table, without the header, that can be made.
  static let rowLimits = 10...1_000_000_000

  enum Table: String, CaseIterable {
    case x, small, medium, big
  }

  private let rows: Int
  private let seed: UInt64
  /// For `id1`, `id2`, `id3`.
  private let keys: [H2OKeys]

  /// Draws the keys, which takes a time and a memory that grow with the rows: 4.4 bytes each.
  ///
  /// - Throws: `InvalidDataset` if the rows are too few or too many.
  init(rows: Int, seed: UInt64) throws(InvalidDataset) {
    guard Self.rowLimits.contains(rows) else {
      throw InvalidDataset(
        "h2o-join cannot have \(rows) rows; it takes from \(Self.rowLimits.lowerBound) to \(Self.rowLimits.upperBound)")
    }
    self.rows = rows
    self.seed = seed
    var random = SplitMix64(seed: seed)
    keys = Self.counts(rows).map { H2OKeys(count: $0, using: &random) }
  }

  /// How many rows `small`, `medium` and `big` have.
  private static func counts(_ rows: Int) -> [Int] { [max(10, rows / 1_000_000), max(10, rows / 1_000), rows] }

  /// Generates a table and hands it to `sink` in pieces of about 256 KB that end on a row.
  ///
  /// The bytes are valid during the call of `sink` only. Time grows with the rows, and memory by 4 bytes for each row and
  /// key column.
  ///
  /// - Throws: What `sink` throws, at once.
  func write(_ table: Table, to sink: (UnsafeRawBufferPointer) throws -> Void) rethrows {
    let (header, keyColumns, stream): (StaticString, Int, UInt64) =
      switch table {
      case .x: ("id1,id2,id3,id4,id5,id6,v1", 3, 0)
      case .small: ("id1,id4,v2", 1, 1)
      case .medium: ("id1,id2,id4,id5,v2", 2, 2)
      case .big: ("id1,id2,id3,id4,id5,id6,v2", 3, 3)
      }
    let rows = table == .x ? self.rows : keys[keyColumns - 1].count
    var random = SplitMix64(seed: seed, stream: stream)
    let columns = keys[..<keyColumns].map { $0.column(rows: rows, isLeft: table == .x, using: &random) }

    var writer = RowWriter()
    writer.write(header)
    try writer.endRow(sink)
    let comma = UInt8(ascii: ",")
    for row in 0..<rows {
      for column in columns {
        writer.write(UInt64(column[row]))
        writer.write(comma)
      }
      for column in columns {
        writer.write("id")
        writer.write(UInt64(column[row]))
        writer.write(comma)
      }
      writer.write(millionths: UInt64(random.next(below: 100_000_000)))
      try writer.endRow(sink)
    }
    try writer.flush(sink)
  }
}
