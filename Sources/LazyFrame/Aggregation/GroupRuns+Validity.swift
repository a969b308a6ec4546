import Columnar

extension GroupRuns {
  /// Calls `body` with the group and the rows of each run without its nulls: a run that has some comes as the shorter
  /// runs between them.
  @inline(__always)
  func forEach(_ validity: Bitmap?, _ body: (_ group: Int, _ start: Int, _ end: Int) -> Void) {
    guard let validity else { return forEach(body) }
    let words = validity.words.pointer
    forEach { group, start, end in
      if end - start == 1 {
        if words[start >> 6] >> UInt64(start & 63) & 1 != 0 { body(group, start, end) }
        return
      }
      var row = start
      while row < end {
        let rest = words[row >> 6] >> UInt64(row & 63)
        if rest == 0 {
          row = (row | 63) + 1
          continue
        }
        let first = row + rest.trailingZeroBitCount
        // The zeros that the shift brings in end the run at the end of the word; there the next word may go on with it.
        row = first + (~(rest >> UInt64(first - row))).trailingZeroBitCount
        while row < end, row & 63 == 0 {
          let ones = (~words[row >> 6]).trailingZeroBitCount
          if ones == 0 { break }
          row += ones
        }
        if first < end { body(group, first, min(row, end)) }
      }
    }
  }
}
