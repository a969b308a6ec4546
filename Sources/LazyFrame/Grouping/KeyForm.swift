import Columnar

/// How the values of a key are told by some bits of a word.
enum KeyForm: Sendable {
  /// Whole numbers, truth values and categories, of which the least and the largest are known.
  case range(KeyRange)
  /// Short texts that are much alike.
  case text(TextForm)

  /// How many bits a key takes.
  var bits: Int {
    switch self {
    case .range(let range): range.bits
    case .text(let form): form.bits
    }
  }

  var hasNulls: Bool {
    switch self {
    case .range(let range): range.hasNulls
    case .text: true
    }
  }

  /// The bits of a null.
  var null: UInt64 {
    switch self {
    case .range(let range): range.null
    case .text(let form): form.null
    }
  }

  /// What the numbers of categories mean.
  var dictionary: CategoryDictionary? {
    if case .range(let range) = self { return range.dictionary }
    return nil
  }

  /// The rows whose value has no bits. O(rows).
  func misfits(_ column: Column) -> [UInt32] {
    func outside<Element: FixedWidthInteger & ColumnElement>(_ buffer: Buffer<Element>, _ range: KeyRange) -> [UInt32] {
      let (values, lowest) = (buffer.pointer, range.lowest)
      var largest: UInt64 = 0
      for row in 0..<column.count { largest = max(largest, UInt64(truncatingIfNeeded: values[row]) &- lowest) }
      if largest <= range.span { return [] }
      return (0..<column.count).filter {
        UInt64(truncatingIfNeeded: values[$0]) &- lowest > range.span && !column.isNull(at: $0)
      }.map { UInt32($0) }
    }
    defer { withExtendedLifetime(column) {} }
    switch (self, column.values) {
    case (.range, .bool), (.range, .categorical): return []
    case (.range(let range), .int8(let buffer)): return outside(buffer, range)
    case (.range(let range), .int16(let buffer)): return outside(buffer, range)
    case (.range(let range), .int32(let buffer)): return outside(buffer, range)
    case (.range(let range), .int64(let buffer)): return outside(buffer, range)
    case (.range(let range), .uint8(let buffer)): return outside(buffer, range)
    case (.range(let range), .uint16(let buffer)): return outside(buffer, range)
    case (.range(let range), .uint32(let buffer)): return outside(buffer, range)
    case (.range(let range), .uint64(let buffer)): return outside(buffer, range)
    case (.text(let form), .string(let values)):
      let views = values.views.pointer
      var allFit = true
      if form.digits == nil {
        for row in 0..<column.count { allFit = form.fitsAsBytes(views[row]) && allFit }
      } else {
        for row in 0..<column.count { allFit = form.fits(views[row]) && allFit }
      }
      if allFit { return [] }
      return (0..<column.count).filter { !form.fits(views[$0]) && !column.isNull(at: $0) }.map { UInt32($0) }
    default: preconditionFailure("\(column.type) has no such form")
    }
  }

  /// A form that all of some values have, with some room for others; nil where it would save nothing. O(rows).
  init?(guessing pieces: [Column]) {
    guard let type = pieces.first?.type, KeyForm.canGuess(type) else { return nil }
    if type == .string {
      guard let form = TextForm(guessing: pieces) else { return nil }
      self = .text(form)
    } else {
      guard let range = KeyRange(pieces, ColumnStatistics(pieces))?.widened, range.bits <= KeyForm.guessedBits
      else { return nil }
      self = .range(range)
    }
  }

  static func canGuess(_ type: DType) -> Bool {
    switch type.kind {
    case .bool, .int8, .int16, .int32, .int64, .date, .datetime, .duration, .uint8, .uint16, .uint32, .uint64, .string:
      true
    case .null, .float32, .float64, .categorical, .list: false
    }
  }

  /// The most bits of a guessed key: a word has them beside a flag.
  static let guessedBits = 62
}
