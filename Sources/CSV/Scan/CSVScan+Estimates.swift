extension CSVScan {
  /// About how many records there are: as many to a byte as in the samples. Exact where these were the whole data.
  package var estimatedRows: (count: Double, isExact: Bool) {
    let bytes = files.reduce(0) { $0 + $1.dataSize }
    let seen = columns.first.map { $0.evidence.valueCount + $0.evidence.nullCount } ?? 0
    if bytes <= TypeSampler.byteCount { return (Double(seen), true) }
    // Where no sample begins a record, records are long.
    return (Double(max(seen, 1)) * Double(bytes) / Double(TypeSampler.byteCount), false)
  }
}
