import CSV

/// What was seen of the record structure of CSV files, by the scans of a plan: see `ScanExtent`.
///
/// It travels with the rows. Where rows of many partitions meet, the one task of the layer that comes first takes what was seen
/// of all of them, joins it in partition order, and so checks it; the others leave it out.
struct ScanRecords: Sendable {
  private struct Entry: Sendable {
    /// The stage that reads the scan: tells two scans of the same files apart.
    let stage: Int
    let scan: FileScan
    let partitions: Range<Int>
    let extent: ScanExtent
  }

  private var entries: [Entry] = []

  /// Nothing was read from a file.
  init() {}

  init(stage: Int, scan: FileScan, partition: Int, _ extent: ScanExtent) {
    entries = [Entry(stage: stage, scan: scan, partitions: partition..<partition + 1, extent: extent)]
  }

  /// How many fields were dropped of CSV rows that have too many; of a file that is read by several stages, once.
  var droppedFieldCount: Int {
    entries.indices.reduce(0) { sum, index in
      let isKnown = entries[..<index].contains { $0.scan == entries[index].scan }
      return isKnown ? sum : sum + entries[index].extent.droppedFieldCount
    }
  }

  /// Adds what was seen of partitions that come next, or of other scans. What is known already may come again.
  ///
  /// - Throws: `ScanProblem` when the records of neighbours do not fit together.
  mutating func join(_ next: ScanRecords) throws {
    for added in next.entries {
      guard let index = entries.firstIndex(where: { $0.stage == added.stage }) else {
        entries.append(added)
        continue
      }
      let known = entries[index]
      if known.partitions.upperBound != added.partitions.lowerBound { continue }
      do {
        entries[index] = Entry(
          stage: known.stage, scan: known.scan, partitions: known.partitions.lowerBound..<added.partitions.upperBound,
          extent: try known.extent.joined(added.extent))
      } catch let revision as ScanRevision {
        throw ScanProblem(scan: known.scan, cause: revision)
      }
    }
  }
}

/// A scan found out something that contradicts what was assumed of it, or an error in the data.
struct ScanProblem: Error {
  let scan: FileScan
  let cause: any Error
}
