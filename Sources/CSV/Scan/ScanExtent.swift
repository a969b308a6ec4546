/// What the tasks of neighbouring partitions saw of the record structure. Joining the extents of all partitions, in
/// order, proves that each guessed boundary was right.
package struct ScanExtent: Sendable {
  private struct Part {
    let file: Int
    let extent: PartitionExtent
  }

  /// One for each file that the partitions reach into.
  private var parts: [Part]

  init(file: Int, _ extent: PartitionExtent) {
    parts = [Part(file: file, extent: extent)]
  }

  /// How many fields were left out of rows that have more than there are columns, and were kept.
  package var droppedFieldCount: Int { parts.reduce(0) { $0 + $1.extent.droppedFieldCount } }

  /// The extents of neighbours as one.
  ///
  /// - Throws: `ScanRevision.exactStarts` when one ends where the next does not start.
  package func joined(_ right: ScanExtent) throws -> ScanExtent {
    guard let last = parts.last, let first = right.parts.first, last.file == first.file else {
      var result = self
      result.parts += right.parts
      return result
    }
    guard let extent = last.extent.joined(first.extent) else { throw ScanRevision.exactStarts }
    var result = self
    result.parts[parts.count - 1] = Part(file: last.file, extent: extent)
    result.parts += right.parts.dropFirst()
    return result
  }
}
