import Columnar

/// A number for each value that is the same in every process and on every machine: XXH64 with seed 0, as published by
/// Yann Collet (the specification is part of the xxHash project), of these bytes:
///
/// - text: its UTF-8 bytes;
/// - integers, truth values (0 and 1), days and moments: the eight bytes of the 64-bit integer, little-endian;
/// - floats: the eight bytes of the 64-bit float, where -0 is 0 and every NaN is the same one.
///
/// So equal values of one type have equal hashes, and so have `int32` and `int64`, or `float32` and `float64`.
enum HashKernels {
  static func hash(_ column: Column) -> Column {
    let result = MutableBuffer<Int64>(count: column.count)
    let target = result.pointer
    func each(_ word: (Int) -> UInt64) {
      for index in 0..<column.count { target[index] = Int64(bitPattern: XXH64.hash(word(index))) }
    }
    func bits(_ value: Double) -> UInt64 { value == 0 ? 0 : value.isNaN ? Double.nan.bitPattern : value.bitPattern }
    switch column.values {
    case .null(let count): return Column(nullsOf: .int64, count: count)
    case .bool(let bits): each { bits[$0] ? 1 : 0 }
    case .int64(let values): each { UInt64(bitPattern: values.pointer[$0]) }
    case .uint64(let values): each { values.pointer[$0] }
    case .float32(let values): each { bits(Double(values.pointer[$0])) }
    case .float64(let values): each { bits(values.pointer[$0]) }
    case .string(let strings):
      strings.read { strings in
        for index in 0..<column.count where column.validity?[index] ?? true {
          target[index] = Int64(bitPattern: XXH64.hash(strings[index]))
        }
      }
    case .categorical, .list: preconditionFailure("the resolver casts categories to text and refuses lists")
    case .int8, .int16, .int32, .uint8, .uint16, .uint32:
      let values = CastKernels.cast(column, to: .int64).int64s
      each { UInt64(bitPattern: values.pointer[$0]) }
    }
    return Column(type: .int64, values: .int64(result.freeze()), validity: column.validity)
  }
}

/// The hash function XXH64 with seed 0.
enum XXH64 {
  private static let primes: (UInt64, UInt64, UInt64, UInt64, UInt64) = (
    0x9E37_79B1_85EB_CA87, 0xC2B2_AE3D_27D4_EB4F, 0x1656_67B1_9E37_79F9, 0x85EB_CA77_C2B2_AE63, 0x27D4_EB2F_1656_67C5
  )

  /// Of eight bytes.
  @inline(__always)
  static func hash(_ word: UInt64) -> UInt64 {
    finish(take(word.littleEndian, into: primes.4 &+ 8))
  }

  static func hash(_ bytes: UnsafeRawBufferPointer) -> UInt64 {
    var at = 0
    var state: UInt64
    func word(_ offset: Int) -> UInt64 { bytes.loadUnaligned(fromByteOffset: offset, as: UInt64.self).littleEndian }
    if bytes.count >= 32 {
      var lanes = (primes.0 &+ primes.1, primes.1, UInt64(0), 0 &- primes.0)
      while at + 32 <= bytes.count {
        lanes.0 = round(lanes.0, word(at))
        lanes.1 = round(lanes.1, word(at + 8))
        lanes.2 = round(lanes.2, word(at + 16))
        lanes.3 = round(lanes.3, word(at + 24))
        at += 32
      }
      state = rotate(lanes.0, 1) &+ rotate(lanes.1, 7) &+ rotate(lanes.2, 12) &+ rotate(lanes.3, 18)
      for lane in [lanes.0, lanes.1, lanes.2, lanes.3] {
        state = (state ^ round(0, lane)) &* primes.0 &+ primes.3
      }
    } else {
      state = primes.4
    }
    state &+= UInt64(bytes.count)
    while at + 8 <= bytes.count {
      state = take(word(at), into: state)
      at += 8
    }
    if at + 4 <= bytes.count {
      let half = UInt64(bytes.loadUnaligned(fromByteOffset: at, as: UInt32.self).littleEndian)
      state = rotate(state ^ (half &* primes.0), 23) &* primes.1 &+ primes.2
      at += 4
    }
    while at < bytes.count {
      state = rotate(state ^ (UInt64(bytes[at]) &* primes.4), 11) &* primes.0
      at += 1
    }
    return finish(state)
  }

  @inline(__always)
  private static func rotate(_ word: UInt64, _ count: UInt64) -> UInt64 { word << count | word >> (64 - count) }

  @inline(__always)
  private static func round(_ state: UInt64, _ word: UInt64) -> UInt64 {
    rotate(state &+ word &* primes.1, 31) &* primes.0
  }

  @inline(__always)
  private static func take(_ word: UInt64, into state: UInt64) -> UInt64 {
    rotate(state ^ round(0, word), 27) &* primes.0 &+ primes.3
  }

  @inline(__always)
  private static func finish(_ state: UInt64) -> UInt64 {
    var state = state
    state = (state ^ state >> 33) &* primes.1
    state = (state ^ state >> 29) &* primes.2
    return state ^ state >> 32
  }
}
