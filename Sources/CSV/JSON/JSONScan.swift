import Columnar

/// A JSON data set that is ready to be read: its files, columns and partitions, but no rows.
///
/// A record is an object, and each of its keys a column. Of an object inside it each key is a column of its own, called `a.b`; what
/// lies deeper than 16 objects, and objects in arrays, are texts as they are written. Arrays of values that fit one type are
/// lists. A key that is missing is null.
///
/// This is plain data: it can be encoded, compared, and read anywhere the files can be opened.
public struct JSONScan: Sendable, Hashable, Codable {
  let files: [CSVScan.File]
  let partitions: [CSVScan.Partition]
  /// The columns, in the order in which their keys were found.
  public private(set) var columns: [CSVColumn]
  /// The keys that lead to each column.
  private(set) var keys: [[String]]
  let options: JSONOptions

  init(files: [CSVScan.File], columns: [CSVColumn], keys: [[String]], options: JSONOptions) {
    (self.files, self.columns, self.keys, self.options) = (files, columns, keys, options)
    partitions = files.indices.flatMap { index in
      let file = files[index]
      let ranges = options.layout == .document ? [file.dataRange] : file.ranges(of: options.partitionSize)
      return ranges.map { CSVScan.Partition(file: index, range: $0) }
    }
  }

  /// The names and types as they are believed now. Reading may widen a type and find other columns.
  public var schema: Schema { Schema(columns.map { Field($0.name, $0.type) }) }

  /// How many pieces are read independently.
  public var partitionCount: Int { partitions.count }

  /// At most how many bytes a piece has, but for files that are one piece since they have to be decoded.
  package var partitionBytes: Int { CSVScan.largestPiece(partitions, files) }

  /// The size of all files.
  public var byteCount: Int { files.reduce(0) { $0 + $1.identity.size } }

  /// How many of the files are compressed. Each of them is one piece.
  public var compressedFileCount: Int { files.count(where: \.isCompressed) }

  /// The paths of the files.
  public var paths: [String] { files.map(\.path) }
}

extension JSONScan {
  /// What to read instead after a task failed, or nil when its error is final.
  ///
  /// A value of another type widens its column. A key that no sample had makes all files be looked through once, O(bytes), so
  /// that there is no second surprise.
  package func revised(after error: any Error) throws -> JSONScan? {
    let (revision, problem) = (error as? ScanRevision, error as? CSVError)
    if revision == nil, problem?.code != .notJSON, problem?.isAboutRecords != true { return nil }
    try CSVScan.explainByFiles(files, encoding: options.encoding, isFinal: revision == nil)
    guard let revision else { return nil }
    var scan = self
    switch revision {
    case .exactStarts: return nil
    case .widen(let widenings):
      for (index, widening) in widenings {
        scan.columns[index].type = scan.columns[index].type.widened(with: widening.type)
        scan.columns[index].evidence.origin = .widened
        scan.columns[index].evidence.cause = widening.cause
      }
    case .newKeys:
      var search = JSONKeySearch(keys, options)
      for file in files { try search.look(at: file, file.dataRange) }
      (scan.columns, scan.keys) = (search.columns(known: columns, isWhole: true), search.keys)
    }
    return scan
  }
}
