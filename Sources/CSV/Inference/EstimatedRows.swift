extension CSVScan {
  /// About how many records there are: as many to a byte as in the samples. Exact where these were the whole data.
  package var estimatedRows: (count: Double, isExact: Bool) {
    TypeSampler.estimatedRows(columns, byteCount: files.reduce(0) { $0 + $1.dataSize })
  }
}

extension JSONScan {
  /// About how many records there are: as many to a byte as in the samples. Exact where these were the whole data.
  package var estimatedRows: (count: Double, isExact: Bool) {
    TypeSampler.estimatedRows(columns, byteCount: files.reduce(0) { $0 + $1.textSize })
  }
}

extension TypeSampler {
  fileprivate static func estimatedRows(_ columns: [CSVColumn], byteCount: Int) -> (count: Double, isExact: Bool) {
    let seen = columns.map { $0.evidence.valueCount + $0.evidence.nullCount }.max() ?? 0
    let isWhole = byteCount <= TypeSampler.byteCount || columns.contains { $0.evidence.origin == .whole }
    if isWhole { return (Double(seen), true) }
    // Where no sample begins a record, records are long.
    return (Double(max(seen, 1)) * Double(byteCount) / Double(TypeSampler.byteCount), false)
  }
}
