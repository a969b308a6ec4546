import Columnar

/// Three-valued logic, 64 rows at a time.
///
/// A truth value is two bits, value and validity. `and` is known when both sides are, or when one is known to be false:
///
///     known = (known l & known r) | (known l & !l) | (known r & !r)
enum LogicKernels {
  static func combine(_ operation: BinaryOperator, _ left: Column, _ right: Column) -> Column {
    let (l, r) = (left.bools, right.bools)
    let isAnd = operation == .and
    let result = Bitmap.combine(l, r) { isAnd ? $0 & $1 : $0 | $1 }
    guard left.validity != nil || right.validity != nil else {
      return Column(type: .bool, values: .bool(result))
    }
    let all = MutableBitmap(repeating: true, count: l.count).freeze()
    let (knownLeft, knownRight) = (left.validity ?? all, right.validity ?? all)
    let value = MutableBitmap(repeating: false, count: l.count)
    let known = MutableBitmap(repeating: false, count: l.count)
    for index in 0..<Bitmap.wordCount(l.count) {
      let (a, b) = (l.words.pointer[index], r.words.pointer[index])
      let (ka, kb) = (knownLeft.words.pointer[index], knownRight.words.pointer[index])
      let decided = isAnd ? (ka & ~a) | (kb & ~b) : (ka & a) | (kb & b)
      known.pointer[index] = (ka & kb) | decided
      // The slot of a null may hold anything, so a decided value comes from the side that is known.
      value.pointer[index] = isAnd ? a & b & ~decided : (a | b) & (decided | (ka & kb))
    }
    return Column(type: .bool, values: .bool(value.freeze()), validity: known.freeze())
  }

  static func not(_ operand: Column) -> Column {
    Column(type: .bool, values: .bool(operand.bools.inverted), validity: operand.validity)
  }

  static func isNull(_ operand: Column, inverted: Bool) -> Column {
    let known: Bitmap
    if case .null(let count) = operand.values {
      known = MutableBitmap(repeating: false, count: count).freeze()
    } else {
      known = operand.validity ?? MutableBitmap(repeating: true, count: operand.count).freeze()
    }
    return Column(type: .bool, values: .bool(inverted ? known : known.inverted))
  }
}
