import CSV
import Columnar

/// Files that a plan reads, of one of the formats.
///
/// An enum, and no protocol: plans are compared, hashed and encoded, and a value of some scan could do none of that.
enum FileScan: Sendable, Hashable, Codable {
  case csv(CSVScan)
  case json(JSONScan)
}

extension FileScan {
  /// The columns as they are believed now.
  var columns: [CSVColumn] {
    switch self {
    case .csv(let scan): scan.columns
    case .json(let scan): scan.columns
    }
  }

  var schema: Schema { Schema(columns.map { Field($0.name, $0.type) }) }

  var paths: [String] {
    switch self {
    case .csv(let scan): scan.paths
    case .json(let scan): scan.paths
    }
  }

  var partitionCount: Int {
    switch self {
    case .csv(let scan): scan.partitionCount
    case .json(let scan): scan.partitionCount
    }
  }

  /// At most how many bytes a partition has.
  var partitionBytes: Int {
    switch self {
    case .csv(let scan): scan.partitionBytes
    case .json(let scan): scan.partitionBytes
    }
  }

  /// About how many records there are, and whether that is exact.
  var estimatedRows: (count: Double, isExact: Bool) {
    switch self {
    case .csv(let scan): scan.estimatedRows
    case .json(let scan): scan.estimatedRows
    }
  }

  /// What the tasks that read it are called.
  var layerName: String {
    switch self {
    case .csv: "scan-csv"
    case .json: "scan-json"
    }
  }

  /// Whether it is a guess where a partition's first record begins.
  func hasGuessedStart(of partition: Int) -> Bool {
    switch self {
    case .csv(let scan): scan.hasGuessedStart(of: partition)
    case .json: false
    }
  }

  /// A reader of some columns of a partition.
  func reader(partition: Int, columns: [Int]) throws -> any PartitionReader {
    switch self {
    case .csv(let scan): try CSVPartitionReader(scan, partition: partition)
    case .json(let scan): try JSONPartitionReader(scan, partition: partition, columns: columns)
    }
  }

  /// What to read instead after a task failed, or nil when its error is final.
  func revised(after error: any Error) throws -> FileScan? {
    switch self {
    case .csv(let scan): try scan.revised(after: error).map { .csv($0) }
    case .json(let scan): try scan.revised(after: error).map { .json($0) }
    }
  }
}
