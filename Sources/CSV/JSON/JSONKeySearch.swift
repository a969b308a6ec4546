import Columnar

/// Finds the keys of records and the types of their values.
struct JSONKeySearch {
  private struct Tally {
    var type = DType.null
    var valueCount = 0
  }

  private let options: JSONOptions
  private let tree: JSONKeyTree
  private var tallies: [Tally] = []
  private var rowCount = 0

  /// - Parameter keys: those that are known, by their columns.
  init(_ keys: [[String]], _ options: JSONOptions) {
    self.options = options
    tree = JSONKeyTree(keys)
  }

  /// The keys that lead to each column, in the order in which they were found.
  var keys: [[String]] { tree.paths }

  /// Looks at the records that begin in a range of a file.
  ///
  /// - Throws: `CSVError` for what is no JSON.
  mutating func look(at file: CSVScan.File, _ range: Range<Int>) throws {
    let input = try InputFile(path: file.path, encoding: options.encoding)
    let records = JSONRecords(tree, .discover)
    let blocks = try JSONBlockReader(input, range: range, dataStart: file.dataStart, options, records)
    while try blocks.next() {
      guard let block = blocks.block else { break }
      rowCount += blocks.rowCount
      while tallies.count < tree.paths.count { tallies.append(Tally()) }
      for column in tallies.indices {
        guard let bounds = records.bounds(column) else { continue }
        for row in 0..<blocks.rowCount where bounds.ends[row] > bounds.starts[row] {
          let type = JSONField.inferred(block, Int(bounds.starts[row])..<Int(bounds.ends[row]))
          tallies[column].type = tallies[column].type.widened(with: type)
          tallies[column].valueCount += 1
        }
      }
    }
  }

  /// The columns that were found, with the narrowest types that hold their values. Those that are known keep their names.
  func columns(known: [CSVColumn], isWhole: Bool) -> [CSVColumn] {
    var taken = Set(known.map(\.name))
    return keys.indices.map { index in
      let tally = index < tallies.count ? tallies[index] : Tally()
      var evidence = CSVColumn.Evidence(
        origin: isWhole ? .whole : .sampled, valueCount: tally.valueCount, nullCount: rowCount - tally.valueCount)
      if index < known.count {
        var column = known[index]
        let type = column.type.widened(with: tally.type)
        if !column.isGiven, type != column.type { (column.type, column.evidence) = (type, evidence) }
        return column
      }
      let name = keys[index].joined(separator: ".")
      var unique = name
      var number = 2
      while !taken.insert(unique).inserted {
        unique = "\(name)_\(number)"
        number += 1
      }
      let given = options.types[unique]
      if given != nil { evidence.origin = .given }
      return CSVColumn(name: unique, type: given ?? tally.type, evidence: evidence, isUnnamed: false)
    }
  }
}
