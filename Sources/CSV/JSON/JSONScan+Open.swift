import Columnar

extension JSONScan {
  /// Looks at JSON files: the keys of their records, and types as samples from all over them suggest. Reads a few megabytes of
  /// files of lines, no matter how large they are, and the whole of others.
  ///
  /// - Parameters:
  ///   - paths: files, or patterns such as `logs/*.ndjson`; their records may have different keys.
  ///   - options: how to read them.
  /// - Throws: `CSVError` when a file is missing, unreadable or no JSON, and when there is no record with a key.
  public static func open(_ paths: [String], options: JSONOptions = JSONOptions()) throws -> JSONScan {
    precondition(!paths.isEmpty, "a scan needs at least one path")
    precondition(options.partitionSize > 0, "a partition must have at least one byte")
    // One file is open at a time: a pattern may match more files than a process may hold open.
    let files = try paths.flatMap(PathPattern.expand).map { path in
      let input = try InputFile(path: path, encoding: options.encoding)
      return try CSVScan.File(input, dataStart: try Header.textStart(input, CSVOptions()))
    }
    var search = JSONKeySearch([], options)
    var isWhole = options.layout == .document
    if isWhole {
      for file in files { try search.look(at: file, file.dataRange) }
    } else {
      isWhole = TypeSampler.isWhole(files)
      for (file, places) in TypeSampler.places(files, isWhole) {
        for place in places { try search.sample(file, place) }
      }
      if search.keys.isEmpty, !isWhole {
        for file in files { try search.look(at: file, file.dataRange) }
        isWhole = true
      }
    }
    var columns = search.columns(known: [], isWhole: isWhole)
    var keys = search.keys
    // Other given types are of keys that will be found, or of which all values are missing.
    for (name, type) in options.types.sorted(by: { $0.key < $1.key })
    where !columns.contains(where: { $0.name == name }) {
      columns.append(
        CSVColumn(
          name: name, type: type, evidence: CSVColumn.Evidence(origin: .given, valueCount: 0, nullCount: 0),
          isUnnamed: false))
      keys.append(name.split(separator: ".", omittingEmptySubsequences: false).map(String.init))
    }
    guard !columns.isEmpty else {
      throw CSVError(.empty, "there is no record with a key, so there are no columns", file: files[0].path)
    }
    return JSONScan(files: files, columns: columns, keys: keys, options: options)
  }
}

extension JSONKeySearch {
  /// Looks at one of many places. What is wrong behind the first is left for the reading proper to say.
  fileprivate mutating func sample(_ file: CSVScan.File, _ place: Range<Int>) throws {
    do {
      try look(at: file, place)
    } catch let error as CSVError {
      if place.lowerBound == file.dataStart || error.code == .unreadable { throw error }
    }
  }
}
