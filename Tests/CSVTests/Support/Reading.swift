import Columnar

@testable import CSV

/// A scan that is revised again and again and still cannot be read.
struct EndlessRevision: Error {}

/// Reads whole scans, as the engine does.
enum Reading {
  /// Every column as text, so that no type gets in the way.
  static func openAsText(_ path: String, _ options: CSVOptions = CSVOptions()) throws -> CSVScan {
    try openAsText([path], options)
  }

  static func openAsText(_ paths: [String], _ options: CSVOptions = CSVOptions()) throws -> CSVScan {
    var options = options
    let names = try CSVScan.open(paths, options: options).columns.map(\.name)
    options.types = Dictionary(uniqueKeysWithValues: names.map { ($0, DType.string) })
    return try CSVScan.open(paths, options: options)
  }

  /// The rows of all partitions.
  ///
  /// - Throws: what the reading throws, and `ScanRevision.exactStarts` when the partitions contradict each other.
  static func rows(_ scan: CSVScan) throws -> [[Value]] {
    var rows: [[Value]] = []
    var extent: ScanExtent?
    for index in 0..<scan.partitionCount {
      let reader = try CSVPartitionReader(scan, partition: index)
      while try reader.nextBlock() {
        let columns = try scan.columns.indices.map(reader.column)
        for row in 0..<reader.rowCount { rows.append(columns.map { $0[row] }) }
      }
      if let seen = reader.extent { extent = try extent?.joined(seen) ?? seen }
    }
    return rows
  }

  /// The rows as texts and nulls.
  static func texts(_ scan: CSVScan) throws -> [[String?]] {
    try rows(scan).map { $0.map { $0.isNull ? nil : $0.description } }
  }

  /// The rows, and the scan that gave them, after as many revisions as it takes.
  static func revised(_ scan: CSVScan) throws -> (rows: [[Value]], scan: CSVScan, revisions: Int) {
    var scan = scan
    var revisions = 0
    while true {
      do {
        return (try rows(scan), scan, revisions)
      } catch ScanRevision.exactStarts {
        scan = try scan.withExactStarts()
      } catch {
        guard let next = try scan.revised(after: error) else { throw error }
        scan = next
      }
      revisions += 1
      if revisions > 4 * scan.columns.count + 2 { throw EndlessRevision() }
    }
  }

  /// The same scan cut into other partitions.
  static func cut(_ scan: CSVScan, into size: Int) -> CSVScan {
    var options = scan.options
    options.partitionSize = size
    return CSVScan(files: scan.files, dialect: scan.dialect, columns: scan.columns, options: options)
  }

  /// One file's rows by name of the column, with inferred types.
  static func column(_ values: [String], options: CSVOptions = CSVOptions()) throws -> (type: DType, values: [Value]) {
    let file = TemporaryFile("row,x\n" + values.enumerated().map { "\($0),\($1)\n" }.joined())
    let (rows, scan, _) = try revised(CSVScan.open([file.path], options: options))
    return (scan.schema.fields[1].type, rows.map { $0[1] })
  }

  /// The error that the body throws, or nil.
  static func error(_ body: () throws -> Void) -> CSVError? {
    do {
      try body()
    } catch {
      return error as? CSVError
    }
    return nil
  }
}
