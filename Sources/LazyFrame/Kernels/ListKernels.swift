import Columnar

/// Lists moved and compared. The elements are a column, which the other kernels move.
enum ListKernels {
  static func slice(_ lists: ListValues, _ range: Range<Int>) -> ListValues {
    let first = lists.offsets[range.lowerBound]
    let offsets = MutableBuffer<Int64>(count: range.count + 1)
    for index in 0...range.count { offsets.pointer[index] = lists.offsets.pointer[range.lowerBound + index] - first }
    let elements = RowKernels.slice(lists.elements, Int(first)..<Int(lists.offsets[range.upperBound]))
    return ListValues(offsets: offsets.freeze(), elements: elements)
  }

  /// The lists at rows that are known to be there; of those that are null then no elements.
  ///
  /// - Parameter validity: of the lists that are taken.
  static func gather(
    _ lists: ListValues, _ validity: Bitmap?, _ rows: UnsafeBufferPointer<UInt32>
  ) -> ListValues {
    precondition(lists.elements.count <= Int(UInt32.max), "a column holds at most 4 billion elements of lists")
    let offsets = MutableBuffer<Int64>(count: rows.count + 1)
    offsets.pointer[0] = 0
    for index in 0..<rows.count {
      let isKnown = validity.map { $0[index] } ?? true
      let length = isKnown ? lists[Int(rows[index])].count : 0
      offsets.pointer[index + 1] = offsets.pointer[index] + Int64(length)
    }
    let places = MutableBuffer<UInt32>(count: Int(offsets.pointer[rows.count]))
    for index in 0..<rows.count {
      let start = lists.offsets.pointer[Int(rows[index])]
      for place in offsets.pointer[index]..<offsets.pointer[index + 1] {
        places.pointer[Int(place)] = UInt32(truncatingIfNeeded: start + place - offsets.pointer[index])
      }
    }
    let elements = places.freeze().withUnsafeBufferPointer { RowKernels.gather(lists.elements, $0) }
    return ListValues(offsets: offsets.freeze(), elements: elements)
  }

  static func concatenate(_ parts: [ListValues]) -> ListValues {
    var offsets = MutableBuffer<Int64>(capacity: parts.reduce(1) { $0 + $1.count })
    offsets.append(0)
    var end: Int64 = 0
    for part in parts {
      for index in 0..<part.count { offsets.append(end + part.offsets.pointer[index + 1]) }
      end += Int64(part.elements.count)
    }
    return ListValues(offsets: offsets.freeze(), elements: RowKernels.concatenate(parts.map(\.elements)))
  }

  /// Where a mask's bit is set its column shows, of several the first: all columns end to end, and rows taken of those.
  static func overlay(_ masks: [Bitmap], _ columns: [Column], on base: Column) -> Column {
    let count = base.count
    precondition(count * (columns.count + 1) <= Int(UInt32.max), "a batch of over four billion lists")
    let all = RowKernels.concatenate([base] + columns)
    let rows = (0..<count).map { row -> UInt32 in
      let shown = masks.firstIndex { $0[row] }.map { $0 + 1 } ?? 0
      return UInt32(shown * count + row)
    }
    return rows.withUnsafeBufferPointer { RowKernels.take(all, $0) }
  }

  /// `=` and `<>`. Elements are equal as values are, and null equals null: lists are compared as wholes.
  static func compare(_ operation: BinaryOperator, _ left: Column, _ right: Column) -> Column {
    precondition(operation.isEquality, "the resolver refuses to order lists")
    let (a, b) = (left.lists, right.lists)
    let validity = Bitmap.both(left.validity, right.validity)
    // Lists of one length may be equal; their elements are laid side by side.
    var candidates: [Int] = []
    var places: (left: [UInt32], right: [UInt32]) = ([], [])
    for row in 0..<left.count where (validity?[row] ?? true) && a[row].count == b[row].count {
      candidates.append(row)
      places.left += a[row].map { UInt32($0) }
      places.right += b[row].map { UInt32($0) }
    }
    let ours = places.left.withUnsafeBufferPointer { RowKernels.take(a.elements, $0) }
    let theirs = places.right.withUnsafeBufferPointer { RowKernels.take(b.elements, $0) }
    let equal = ComparisonKernels.compare(.equal, ours, theirs)
    var bits = MutableBitmap(repeating: false, count: left.count)
    var place = 0
    for row in candidates {
      let range = place..<place + a[row].count
      place = range.upperBound
      let isEqual = range.allSatisfy { place in
        ours.isNull(at: place) ? theirs.isNull(at: place) : !theirs.isNull(at: place) && equal.bools[place]
      }
      if isEqual { bits.set(row) }
    }
    let result = bits.freeze()
    return Column(
      type: .bool, values: .bool(operation == .equal ? result : result.inverted), validity: validity)
  }
}
