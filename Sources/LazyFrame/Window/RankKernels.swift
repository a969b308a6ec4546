import Columnar

// Places among the values of a group, from 1.

extension WindowKernels {
  /// The places of the values of one column, nulls left out; or of rows that already lie in order by several columns.
  static func rank(
    _ column: Column, _ method: RankMethod, descending: Bool, _ groups: WindowGroups
  ) -> Column {
    let words = OrderWords.words(column)
    let places = Places(method, count: column.count)
    for run in groups.runs {
      var items = run.filter { !column.isNull(at: $0) }.map { (word: words[$0], row: $0) }
      items.sort { left, right in
        if left.word != right.word { return descending ? left.word > right.word : left.word < right.word }
        return left.row < right.row
      }
      var dense = 0
      var start = 0
      while start < items.count {
        var end = start + 1
        while end < items.count, items[end].word == items[start].word { end += 1 }
        dense += 1
        for index in start..<end { places.set(items[index].row, index, peers: start..<end, dense: dense) }
        start = end
      }
    }
    return places.column(validity: column.values.isNulls ? nil : column.validity, isNull: column.values.isNulls)
  }

  /// The places of rows that lie in order by some columns. Nulls are equal to one another, and come last.
  static func rankInOrder(_ columns: [Column], _ method: RankMethod, _ groups: WindowGroups) -> Column {
    let keys = columns.map { (column: $0, words: OrderWords.words($0)) }
    func isPeer(_ left: Int, _ right: Int) -> Bool {
      keys.allSatisfy { key in
        let isNull = key.column.isNull(at: left)
        return isNull == key.column.isNull(at: right) && (isNull || key.words[left] == key.words[right])
      }
    }
    let places = Places(method, count: groups.rowCount)
    for run in groups.runs {
      var dense = 0
      var start = run.lowerBound
      while start < run.upperBound {
        var end = start + 1
        while end < run.upperBound, isPeer(start, end) { end += 1 }
        dense += 1
        let peers = start - run.lowerBound..<end - run.lowerBound
        for row in start..<end { places.set(row, row - run.lowerBound, peers: peers, dense: dense) }
        start = end
      }
    }
    return places.column(validity: nil, isNull: false)
  }
}

/// The places that are being written.
private struct Places: ~Copyable {
  private let method: RankMethod
  private let whole: MutableBuffer<Int64>
  private let average: MutableBuffer<Double>

  init(_ method: RankMethod, count: Int) {
    self.method = method
    whole = MutableBuffer(repeating: 0, count: method == .average ? 0 : count)
    average = MutableBuffer(repeating: 0, count: method == .average ? count : 0)
  }

  /// - Parameters:
  ///   - index: where the row comes in the order, from 0.
  ///   - peers: where the rows with an equal value come.
  func set(_ row: Int, _ index: Int, peers: Range<Int>, dense: Int) {
    switch method {
    case .average: average.pointer[row] = Double(peers.lowerBound + 1 + peers.upperBound) / 2
    case .min: whole.pointer[row] = Int64(peers.lowerBound + 1)
    case .max: whole.pointer[row] = Int64(peers.upperBound)
    case .dense: whole.pointer[row] = Int64(dense)
    case .ordinal: whole.pointer[row] = Int64(index + 1)
    }
  }

  consuming func column(validity: Bitmap?, isNull: Bool) -> Column {
    let isAverage = method == .average
    let values: Column.Values = isAverage ? .float64(average.freeze()) : .int64(whole.freeze())
    let type: DType = isAverage ? .float64 : .int64
    return isNull
      ? Column(nullsOf: type, count: values.count) : Column(type: type, values: values, validity: validity)
  }
}

extension Column.Values {
  fileprivate var isNulls: Bool {
    if case .null = self { return true }
    return false
  }
}
