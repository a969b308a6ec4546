import Columnar

/// Reads one partition of a scan, a block of rows at a time.
package protocol PartitionReader: AnyObject {
  /// Goes on to the next block of rows; false behind the last one.
  func nextBlock() throws -> Bool

  /// How many rows the current block has.
  var rowCount: Int { get }

  /// The values of one column of the current block. O(rows), each time it is called.
  ///
  /// - Throws: `CSVError` for values that cannot be read; an internal error for one that does not fit an inferred type, which
  ///   makes the engine widen the type and read again.
  func column(_ index: Int) throws -> Column

  /// The records read so far, to check against its neighbours', where boundaries are guesses.
  var extent: ScanExtent? { get }
}

extension PartitionReader {
  /// The values of several columns of the current block.
  ///
  /// - Throws: as `column`; when several columns are too narrow, all are widened at once.
  package func columns(_ indices: [Int]) throws -> [Column] {
    var widenings: [Int: Widening] = [:]
    let columns = try indices.compactMap { index -> Column? in
      do {
        return try column(index)
      } catch ScanRevision.widen(let found) {
        widenings.merge(found) { first, _ in first }
        return nil
      }
    }
    if !widenings.isEmpty { throw ScanRevision.widen(widenings) }
    return columns
  }
}
