import Columnar

/// Reads one partition of a scan, a block of rows at a time.
package protocol PartitionReader: AnyObject {
  /// Goes on to the next block of rows; false behind the last one.
  func nextBlock() throws -> Bool

  /// How many rows the current block has.
  var rowCount: Int { get }

  /// The values of several columns of the current block.
  func columns(_ indices: [Int]) throws -> [Column]

  /// The records read so far, to check against its neighbours', where boundaries are guesses.
  var extent: ScanExtent? { get }
}
