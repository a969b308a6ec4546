import Columnar

@testable import LazyFrame

/// Columns to try kernels on.
enum KernelSamples {
  /// Around the 64 bits of a bitmap's word.
  static let counts = [0, 1, 2, 63, 64, 65, 127, 128, 129, 300]

  /// Every type, with lists of several.
  static let types: [DType] =
    DType.all + [.list(.int64), .list(.string), .list(.bool), .list(.categorical), .list(.null), .list(.list(.uint8))]

  /// Which rows are null.
  enum Nulls: CaseIterable, Sendable {
    case none, some, all

    func contains(_ row: Int) -> Bool {
      switch self {
      case .none: false
      case .some: row % 3 == 1 || row == 63
      case .all: true
      }
    }
  }

  /// A column of any type whose values differ from row to row, short and long strings among them.
  static func column(_ type: DType, count: Int, _ nulls: Nulls = .none, seed: Int = 0) -> Column {
    let values = (0..<count).map { row -> Value in
      if type == .null || nulls.contains(row) { return .null }
      let number = (row + seed) * 7919 % 10_007 - 5000
      if let element = type.element {
        // Of none to three elements, nulls among them.
        return .list(column(element, count: (row * 5 + seed) % 4, row % 2 == 0 ? .some : .none, seed: row + seed).all)
      }
      switch type {
      case .bool: return .bool(number % 3 == 0)
      case .int8, .int16, .int32, .int64: return .int(Int64(type == .int8 ? number % 128 : number))
      case .uint8, .uint16, .uint32: return .int(Int64(number.magnitude % (type == .uint8 ? 256 : 65_536)))
      case .uint64: return .whole(UInt64.max - UInt64(number + 5000) * 1_843_000_000_000_000)
      case .float32, .float64: return .double(Double(number) / 4)
      case .date: return .date(days: Int32(number))
      case .duration: return .duration(microseconds: Int64(number) * 7_200_000_001)
      case .datetime: return .datetime(microseconds: Int64(number) * 3_600_000_001)
      case .categorical:
        return .string(number % 2 == 0 ? "c\(number % 7)" : "a category too long for a view: \(number % 5) é")
      default: return .string(number % 2 == 0 ? "t\(number)" : "a text too long for a view: \(number) é")
      }
    }
    guard let column = Column(type, values) else { preconditionFailure("no sample of type \(type)") }
    return column
  }
}

extension Column {
  /// Every value, as it is printed, so that NaN equals itself.
  var printed: [String] { (0..<count).map { self[$0].description } }

  var all: [Value] { (0..<count).map { self[$0] } }

  init(dates: [Int32?]) { self = Column.known(.date, dates.map { $0.map { .date(days: $0) } ?? .null }) }

  init(datetimes: [Int64?]) {
    self = Column.known(.datetime, datetimes.map { $0.map { .datetime(microseconds: $0) } ?? .null })
  }

  static func known(_ type: DType, _ values: [Value]) -> Column {
    guard let column = Column(type, values) else { preconditionFailure("the values are not of type \(type)") }
    return column
  }

  /// Whether the bits past the end are clear, on which word-wise kernels rely, and no needless bitmap is there.
  var isWellFormed: Bool {
    var bitmaps = [Bitmap]()
    if let validity { bitmaps.append(validity) }
    if case .bool(let bits) = values { bitmaps.append(bits) }
    if case .list(let lists) = values, !lists.elements.isWellFormed { return false }
    return bitmaps.allSatisfy { bits in
      bits.count & 63 == 0 || bits.words[bits.count >> 6] >> UInt64(bits.count & 63) == 0
    }
  }
}
