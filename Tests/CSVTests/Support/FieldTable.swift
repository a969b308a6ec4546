import CSVSIMD

/// Fields behind one another with a comma behind each, and the bounds by which the kernels find them.
struct FieldTable {
  private let bytes: PaddedBytes
  private let starts: [UInt32]
  private let ends: [UInt32]

  init(_ fields: [[UInt8]]) {
    var all: [UInt8] = []
    var starts: [UInt32] = []
    var ends: [UInt32] = []
    for field in fields {
      starts.append(UInt32(all.count))
      all += field
      ends.append(UInt32(all.count))
      all.append(UInt8(ascii: ","))
    }
    // Digits around the data must not matter.
    bytes = PaddedBytes(all, filler: UInt8(ascii: "7"))
    self.starts = starts
    self.ends = ends
  }

  /// Calls a kernel and returns its values, nil for each exception; also nil when the list of exceptions is in disorder.
  func parse<Value>(
    placeholder: Value, sharedBounds: Bool = false,
    _ kernel: (csv_fields, UnsafeMutablePointer<Value>?, UnsafeMutablePointer<UInt32>?) -> Int
  ) -> [Value?]? {
    var values = [Value](repeating: placeholder, count: starts.count)
    var exceptions = [UInt32](repeating: 0, count: starts.count + 1)
    let count: Int
    if sharedBounds {
      // As a dense block has them: one separator is the end of a field and the bound before the next.
      let bounds = [UInt32.max] + ends
      count = bounds.withUnsafeBufferPointer { bounds in
        guard let base = bounds.baseAddress else { return 0 }
        return kernel(
          csv_fields(data: bytes.data, starts: base, ends: base + 1, stride: 1, count: ends.count, bias: 1), &values,
          &exceptions)
      }
    } else {
      count = starts.withUnsafeBufferPointer { starts in
        ends.withUnsafeBufferPointer { ends in
          kernel(
            csv_fields(
              data: bytes.data, starts: starts.baseAddress, ends: ends.baseAddress, stride: 1, count: starts.count,
              bias: 0),
            &values, &exceptions)
        }
      }
    }
    let listed = exceptions[..<count]
    guard zip(listed, listed.dropFirst()).allSatisfy({ $0 < $1 }) else { return nil }
    var result = values.map(Optional.init)
    for row in listed { result[Int(row)] = nil }
    return result
  }
}
