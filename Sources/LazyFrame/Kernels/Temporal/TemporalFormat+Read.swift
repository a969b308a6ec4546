import Columnar

// Reading dates and moments.

extension TemporalFormat {
  /// Whether every code can be read back; those of weeks cannot.
  var unreadable: Number? {
    for case .number(let number, _) in items {
      switch number {
      case .weekday, .weekdayFromSunday, .weekFromSunday, .weekFromMonday, .isoWeek, .isoYear, .isoYearOfCentury,
        .century:
        return number
      default: continue
      }
    }
    return nil
  }

  /// The moment that a text says, blanks around it left out; nil when it is not of this form, or there is no such moment.
  /// What the format lacks is as in 1900-01-01 00:00:00.
  func read(_ text: UnsafeRawBufferPointer) -> Int64? {
    var reader = FormatReader(text)
    for (index, item) in items.enumerated() {
      switch item {
      case .text(let bytes): guard reader.pass(bytes) else { return nil }
      case .name(let name): guard reader.read(name) else { return nil }
      case .number(let number, _):
        guard reader.read(number, isBeforeDigits: isDigits(after: index)) else { return nil }
      }
    }
    return reader.isAtEnd ? reader.moment : nil
  }

  /// Whether what follows an item begins with a digit, so that its own digits must end before.
  private func isDigits(after index: Int) -> Bool {
    guard index + 1 < items.count else { return false }
    switch items[index + 1] {
    case .text(let bytes): return bytes.first.map { $0 &- UInt8(ascii: "0") < 10 } ?? false
    case .number: return true
    case .name: return false
    }
  }
}

/// Reads one text, and collects what it says.
private struct FormatReader {
  private let text: UnsafeRawBufferPointer
  private var at = 0

  private var year: Int64 = 1900
  private var month: Int64 = 1
  private var day: Int64 = 1
  private var dayOfYear: Int64?
  private var hour: Int64 = 0
  private var minute: Int64 = 0
  private var second: Int64 = 0
  private var microsecond: Int64 = 0
  private var isAfternoon: Bool?
  private var epochSecond: Int64?

  init(_ text: UnsafeRawBufferPointer) {
    var (start, end) = (0, text.count)
    while start < end, FormatReader.isBlank(text[start]) { start += 1 }
    while start < end, FormatReader.isBlank(text[end - 1]) { end -= 1 }
    self.text = UnsafeRawBufferPointer(rebasing: text[start..<end])
  }

  private static func isBlank(_ byte: UInt8) -> Bool { byte == 0x20 || byte &- 9 < 5 }

  var isAtEnd: Bool { at == text.count }

  mutating func pass(_ bytes: [UInt8]) -> Bool {
    guard bytes.withUnsafeBytes({ text.hasBytes($0, at: at) }) else { return false }
    at += bytes.count
    return true
  }

  mutating func read(_ name: TemporalFormat.Name) -> Bool {
    switch name {
    case .month, .shortMonth:
      guard let found = pass(oneOf: CalendarNames.months, isShort: name == .shortMonth) else { return false }
      month = Int64(found) + 1
    case .weekday, .shortWeekday:
      // It must be one, but follows from the date, so it says nothing.
      guard pass(oneOf: CalendarNames.weekdays, isShort: name == .shortWeekday) != nil else { return false }
    case .upperHalfDay, .lowerHalfDay:
      guard let found = pass(oneOf: ["AM", "PM"], isShort: false) else { return false }
      isAfternoon = found == 1
    }
    return true
  }

  /// Which of the names stands here, in whatever case.
  private mutating func pass(oneOf names: [String], isShort: Bool) -> Int? {
    for (index, name) in names.enumerated() {
      let wanted = isShort ? name.utf8.prefix(3) : name.utf8[...]
      guard text.count - at >= wanted.count,
        zip(wanted, text[at...]).allSatisfy({ $0 | 0x20 == $1 | 0x20 })
      else { continue }
      at += wanted.count
      return index
    }
    return nil
  }

  mutating func read(_ number: TemporalFormat.Number, isBeforeDigits: Bool) -> Bool {
    switch number {
    case .year:
      let isNegative = at < text.count && text[at] == UInt8(ascii: "-")
      if isNegative { at += 1 }
      guard let value = digits(upTo: isBeforeDigits ? 4 : 7) else { return false }
      year = isNegative ? -value : value
    case .yearOfCentury:
      guard let value = digits(upTo: 2) else { return false }
      // As POSIX has it.
      year = value + (value < 69 ? 2000 : 1900)
    case .month: return set(\.month, 1...12)
    case .day: return set(\.day, 1...31)
    case .dayOfYear:
      guard let value = digits(upTo: 3), 1...366 ~= value else { return false }
      dayOfYear = value
    case .hour: return set(\.hour, 0...23)
    case .hour12: return set(\.hour, 1...12)
    case .minute: return set(\.minute, 0...59)
    case .second: return set(\.second, 0...59)
    case .millisecond, .microsecond:
      let start = at
      guard var value = digits(upTo: number == .millisecond ? 3 : 6) else { return false }
      for _ in (at - start)..<6 { value *= 10 }
      microsecond = value
    case .epochSecond:
      let isNegative = at < text.count && text[at] == UInt8(ascii: "-")
      if isNegative { at += 1 }
      guard let value = digits(upTo: 14) else { return false }
      epochSecond = isNegative ? -value : value
    default: return false
    }
    return true
  }

  private mutating func set(_ field: WritableKeyPath<FormatReader, Int64>, _ range: ClosedRange<Int64>) -> Bool {
    while at < text.count, text[at] == UInt8(ascii: " ") { at += 1 }
    guard let value = digits(upTo: 2), range.contains(value) else { return false }
    self[keyPath: field] = value
    return true
  }

  private mutating func digits(upTo count: Int) -> Int64? {
    let start = at
    var value: Int64 = 0
    while at < text.count, at - start < count, text[at] &- UInt8(ascii: "0") < 10 {
      value = value * 10 + Int64(text[at] - UInt8(ascii: "0"))
      at += 1
    }
    return at > start ? value : nil
  }

  var moment: Int64? {
    if let epochSecond {
      let (product, overflow) = epochSecond.multipliedReportingOverflow(by: 1_000_000)
      return overflow ? nil : product + microsecond
    }
    if let isAfternoon, hour > 12 || (hour == 0 && isAfternoon) { return nil }
    let hour = isAfternoon.map { self.hour % 12 + ($0 ? 12 : 0) } ?? hour
    guard year.magnitude < 5_800_000 else { return nil }
    let date =
      dayOfYear == nil
      ? CivilDate(year: Int(year), month: Int(month), day: Int(day)) : CivilDate(year: Int(year), month: 1, day: 1)
    guard let date else { return nil }
    if let dayOfYear, dayOfYear > (CivilDate.isLeap(year: Int(year)) ? 366 : 365) { return nil }
    let days = Int64(date.days) + (dayOfYear.map { $0 - 1 } ?? 0)
    return DayTime(day: days, microsecond: (hour * 3600 + minute * 60 + second) * 1_000_000 + microsecond).moment
  }
}

extension TemporalKernels {
  /// The moment that each text says in a constant format; null where it says none.
  ///
  /// - Throws: for such a text, where `isStrict`.
  static func parse(_ column: Column, _ format: Column, isStrict: Bool) throws -> Column {
    let form = try TemporalFormat(format.strings[0])
    let result = MutableBuffer<Int64>(repeating: 0, count: column.count)
    let target = result.pointer
    var isKnown = MutableBitmap(repeating: false, count: column.count)
    try column.strings.read { strings in
      for index in 0..<column.count where column.validity?[index] ?? true {
        if let moment = form.read(strings[index]) {
          target[index] = moment
          isKnown.set(index)
        } else if isStrict {
          let text = String(decoding: strings[index], as: UTF8.self)
          throw LazyFrameError(
            .format, "'\(text.prefix(60))' is no moment in the format \(format.strings[0])",
            hint: "try_strptime gives null for such texts")
        }
      }
    }
    return Column(type: .datetime, values: .int64(result.freeze()), validity: isKnown.freeze().unlessAllSet)
  }
}
