import Columnar

/// Something done to values side by side that looks only at where they lie, never at what they mean.
protocol FixedOperation {
  func callAsFunction<Element: BitwiseCopyable & Sendable>(_ values: Buffer<Element>) -> Buffer<Element>
}

extension FixedValues {
  /// The result of the operation: one loop is compiled for each width, not for each type.
  func map(_ operation: some FixedOperation) -> FixedValues {
    switch width {
    case 1: FixedValues(operation(buffer(of: UInt8.self)))
    case 2: FixedValues(operation(buffer(of: UInt16.self)))
    case 4: FixedValues(operation(buffer(of: UInt32.self)))
    case 8: FixedValues(operation(buffer(of: UInt64.self)))
    case 16: FixedValues(operation(buffer(of: StringView.self)))
    default: preconditionFailure("no column has values of \(width) bytes")
    }
  }

  /// The values end to end. All have one width, and there is at least one part.
  static func concatenate(_ parts: [FixedValues]) -> FixedValues {
    FixedValues(count: parts.reduce(0) { $0 + $1.count }, width: parts[0].width) { target in
      var offset = 0
      for part in parts {
        part.withBytes { UnsafeMutableRawBufferPointer(rebasing: target[offset...]).copyMemory(from: $0) }
        offset += part.byteCount
      }
    }
  }

  /// A run of the values.
  func slice(_ range: Range<Int>) -> FixedValues {
    FixedValues(count: range.count, width: width) { target in
      withBytes {
        target.copyMemory(
          from: UnsafeRawBufferPointer(rebasing: $0[range.lowerBound * width..<range.upperBound * width]))
      }
    }
  }
}

/// The first value, so many times.
struct Repeat: FixedOperation {
  let count: Int

  func callAsFunction<Element>(_ values: Buffer<Element>) -> Buffer<Element> {
    MutableBuffer(repeating: values[0], count: count).freeze()
  }
}

/// The values of rows that are known to be there.
struct Gather: FixedOperation {
  let rows: UnsafeBufferPointer<UInt32>

  func callAsFunction<Element>(_ values: Buffer<Element>) -> Buffer<Element> {
    let result = MutableBuffer<Element>(count: rows.count)
    let (source, target) = (values.pointer, result.pointer)
    for index in 0..<rows.count { target[index] = source[Int(rows[index])] }
    return result.freeze()
  }
}

/// Layers laid over the values: where a mask's bit is set its layer shows, of several the first.
struct Overlay: FixedOperation {
  let masks: [Bitmap]
  let layers: [FixedValues]

  func callAsFunction<Element>(_ base: Buffer<Element>) -> Buffer<Element> {
    var result = MutableBuffer<Element>(capacity: base.count)
    base.withUnsafeBufferPointer { result.append(contentsOf: $0) }
    // The first layer is painted last.
    for (mask, layer) in zip(masks, layers).reversed() {
      let values: Buffer<Element> = layer.buffer()
      let (source, target) = (values.pointer, result.pointer)
      for index in 0..<Bitmap.wordCount(mask.count) {
        let word = mask.words.pointer[index]
        if word == ~0 {
          (target + index << 6).update(from: source + index << 6, count: 64)
          continue
        }
        var rest = word
        while rest != 0 {
          let row = index << 6 + rest.trailingZeroBitCount
          target[row] = source[row]
          rest &= rest - 1
        }
      }
    }
    return result.freeze()
  }
}
