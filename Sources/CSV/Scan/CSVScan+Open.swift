import Columnar

extension CSVScan {
  /// Looks at CSV files: their dialect, header, and types as samples from all over them suggest. Reads a few
  /// megabytes, no matter how large the files are.
  ///
  /// - Parameters:
  ///   - paths: files, or patterns such as `logs/*.csv`; all must have the same columns.
  ///   - options: how to read them.
  /// - Throws: `CSVError` when a file is missing, unreadable, empty or no text, and when options do not fit the files.
  public static func open(_ paths: [String], options: CSVOptions = CSVOptions()) throws -> CSVScan {
    precondition(!paths.isEmpty, "a scan needs at least one path")
    precondition(options.partitionSize > 0, "a partition must have at least one byte")
    let paths = try paths.flatMap(PathPattern.expand)
    try refuseAmbiguity(options, paths[0])
    // One file is open at a time: a pattern may match more files than a process may hold open.
    let dialect = try DialectSniffer.sniff(try InputFile(path: paths[0], encoding: options.encoding), options)
    var header: Header?
    var files: [File] = []
    for path in paths {
      let input = try InputFile(path: path, encoding: options.encoding)
      let found = try Header.read(input, dialect, options)
      if let header, header.names != found.names { throw mismatch(paths[0], header, path, found) }
      header = header ?? found
      files.append(try File(input, dataStart: found.dataStart))
    }
    guard let header else { preconditionFailure("there is at least one file") }
    for name in options.types.keys.sorted() where !header.names.contains(name) {
      throw CSVError(
        .badOption, "a type is given for column '\(name)', which the file does not have", file: paths[0],
        hint: "its columns are: \(header.names.joined(separator: ", "))")
    }
    if let (name, type) = options.types.sorted(by: { $0.key < $1.key }).first(where: { $0.value.element != nil }) {
      throw CSVError(
        .badOption, "the type \(type) is given for column '\(name)', and a CSV file has no lists", file: paths[0],
        hint: "read the column as string")
    }
    let columns = try TypeSampler.infer(files, header, dialect, options)
    return CSVScan(files: files, dialect: dialect, columns: columns, options: options)
  }

  /// A byte can mean only one thing.
  private static func refuseAmbiguity(_ options: CSVOptions, _ path: String) throws {
    if options.escape != nil, options.quote == nil {
      throw CSVError(
        .badOption, "an escape means something inside quotes only, and there are none", file: path,
        hint: "give a quote, or no escape")
    }
    let roles = [
      ("delimiter", options.delimiter), ("quote", options.quote), ("comment", options.comment),
      ("escape", Dialect.escape(options)),
    ]
    let given = roles.compactMap { role, byte in byte.map { (role, $0) } }
    for (index, (role, byte)) in given.enumerated() {
      if byte == 0 || byte == UInt8(ascii: "\n") || byte == UInt8(ascii: "\r") {
        throw CSVError(.badOption, "the \(role) cannot be a line end or NUL", file: path)
      }
      if let other = given[..<index].first(where: { $0.1 == byte }) {
        throw CSVError(.badOption, "\(Dialect.name(byte)) cannot be both \(other.0) and \(role)", file: path)
      }
    }
  }

  private static func mismatch(_ first: String, _ expected: Header, _ path: String, _ found: Header) -> CSVError {
    let position = zip(expected.names, found.names).enumerated().first { $1.0 != $1.1 }?.offset
    let difference =
      if let position {
        "column \(position + 1) is '\(found.names[position])', in \(first) it is '\(expected.names[position])'"
      } else {
        "it has \(found.names.count) columns, \(first) has \(expected.names.count)"
      }
    return CSVError(
      .mismatchedFiles, "the files do not have the same columns: \(difference)", file: path,
      hint: "read files of different layouts separately")
  }
}
