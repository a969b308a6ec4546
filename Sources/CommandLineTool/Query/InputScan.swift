import LazyFrame

/// What the files of a command hold, in the format that their names end in: JSON with an object a line in `.ndjson` and
/// `.jsonl`, one JSON value in `.json`, else CSV; of standard input in what its first byte says. `.gz` behind that says nothing: whether a file is compressed is seen.
enum InputScan {
  case csv(CSVScan)
  case json(JSONScan)

  /// - Throws: `CSVError` when the files cannot be read; `UsageError` for files of several formats.
  init(_ files: InputFiles, _ input: InputOptions) throws {
    try self.init(files.paths, input)
  }

  /// - Throws: `CSVError` when the files cannot be read; `UsageError` for files of several formats.
  init(_ paths: [String], _ input: InputOptions) throws {
    let layouts = Set(paths.map { InputScan.layout($0, input.fileFormat) })
    guard layouts.count == 1, let layout = layouts.first else {
      throw UsageError(
        "the files are of different formats", hint: "read them one by one, or say what they hold: --input-format ndjson"
      )
    }
    if let layout {
      self = .json(try JSONScan.open(paths, options: input.json(layout)))
    } else {
      self = .csv(try CSVScan.open(paths, options: input.csv))
    }
  }

  /// How the records of a JSON file follow each other; nil: it is CSV.
  private static func layout(_ path: String, _ format: InputOptions.FileFormat?) -> JSONLayout? {
    switch format {
    case .csv: return nil
    case .ndjson: return .lines
    case .json: return .document
    case nil: break
    }
    if StandardInput.isSeekablePath(path) { return StandardInput.firstByte(path).flatMap(layout) }
    var name = path.lowercased()[...]
    if name.hasSuffix(".gz") { name = name.dropLast(3) }
    if name.hasSuffix(".ndjson") || name.hasSuffix(".jsonl") { return .lines }
    return name.hasSuffix(".json") ? .document : nil
  }

  /// That of data without a name: no CSV file begins with an object or a list.
  private static func layout(_ first: UInt8) -> JSONLayout? {
    first == UInt8(ascii: "{") ? .lines : first == UInt8(ascii: "[") ? .document : nil
  }

  var frame: LazyFrame {
    switch self {
    case .csv(let scan): .scanCSV(scan)
    case .json(let scan): .scanJSON(scan)
    }
  }

  var columns: [CSVColumn] {
    switch self {
    case .csv(let scan): scan.columns
    case .json(let scan): scan.columns
    }
  }
}

extension InputOptions {
  /// The same for JSON files, which have nothing else to choose.
  fileprivate func json(_ layout: JSONLayout) -> JSONOptions {
    var options = JSONOptions()
    options.layout = layout
    options.encoding = csv.encoding
    options.types = csv.types
    options.partitionSize = csv.partitionSize
    return options
  }
}
