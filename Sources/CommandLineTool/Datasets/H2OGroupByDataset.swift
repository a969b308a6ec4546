/// The table of the group-by questions of db-benchmark: nine columns of independent random values.
///
///     id1,id2,id3,id4,id5,id6,v1,v2,v3
///     id057,id075,id0000097101,45,45,76290,5,8,28.550868
///
/// With N rows and K groups, each value is drawn evenly from the values of its column:
///
///     id1, id2   K texts, id001 …             id4, id5   1 … K
///     id3        N/K texts, id0000000001 …    id6        1 … N/K
///     v1         1 … 5        v2   1 … 15     v3         below 100, with six decimals
///
/// So grouping by id1 makes few large groups, by id3 or id6 many small ones, and by all of them one for nearly every row.
/// The columns and values are those of `_data/groupby-datagen.R` in https://github.com/duckdblabs/db-benchmark without
/// missing values and without sorting; the random numbers are our own.
///
/// The same rows, groups and seed give the same bytes on every machine and for ever.
struct H2OGroupByDataset: Sendable {
  static let defaultGroups = 100

  /// The number of rows, without the header.
  let rows: Int
  /// K: how many different values `id1`, `id2`, `id4` and `id5` have; at least 1.
  let groups: Int
  /// What all random numbers follow from.
  let seed: UInt64

  /// Generates the data set and hands it to `sink` in pieces of about 256 KB that end on a row.
  ///
  /// The bytes are valid during the call of `sink` only. Time grows with the rows; memory is a fixed buffer.
  ///
  /// - Throws: What `sink` throws, at once.
  func write(to sink: (UnsafeRawBufferPointer) throws -> Void) rethrows {
    let smallGroups = max(1, rows / groups)
    let comma = UInt8(ascii: ",")
    var random = SplitMix64(seed: seed)
    func draw(_ count: Int) -> UInt64 { UInt64(1 + random.next(below: count)) }

    var writer = RowWriter()
    writer.write("id1,id2,id3,id4,id5,id6,v1,v2,v3")
    try writer.endRow(sink)
    for _ in 0..<rows {
      writer.write("id")
      writer.write(draw(groups), width: 3)
      writer.write(",id")
      writer.write(draw(groups), width: 3)
      writer.write(",id")
      writer.write(draw(smallGroups), width: 10)
      for count in [groups, groups, smallGroups, 5, 15] {
        writer.write(comma)
        writer.write(draw(count))
      }
      writer.write(comma)
      writer.write(millionths: UInt64(random.next(below: 100_000_000)))
      try writer.endRow(sink)
    }
    try writer.flush(sink)
  }
}
