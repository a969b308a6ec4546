import Columnar

// Writing dates and moments.

extension TemporalFormat {
  /// Appends the text of a moment. Its day must be one that a date can hold.
  func write(_ time: DayTime, to output: inout [UInt8]) {
    let moment = FormattedMoment(time)
    for item in items {
      switch item {
      case .text(let bytes): output += bytes
      case .name(let name): moment.append(name, to: &output)
      case .number(let number, let padding):
        TemporalFormat.append(moment.value(number), width: number.width, padding, to: &output)
      }
    }
  }

  private static func append(_ number: Int64, width: Int, _ padding: UInt8?, to output: inout [UInt8]) {
    let zero = UInt8(ascii: "0")
    // Two digits and four are what most codes have.
    if padding == zero, number >= 0, number < (width == 2 ? 100 : width == 4 ? 10_000 : 0) {
      let number = UInt32(truncatingIfNeeded: number)
      if width == 4 {
        output.append(zero + UInt8(truncatingIfNeeded: number / 1000))
        output.append(zero + UInt8(truncatingIfNeeded: number / 100 % 10))
      }
      output.append(zero + UInt8(truncatingIfNeeded: number / 10 % 10))
      output.append(zero + UInt8(truncatingIfNeeded: number % 10))
      return
    }
    if number < 0 { output.append(UInt8(ascii: "-")) }
    var magnitude = number.magnitude
    let start = output.count
    repeat {
      output.append(zero + UInt8(truncatingIfNeeded: magnitude % 10))
      magnitude /= 10
    } while magnitude > 0
    if let padding { while output.count - start < width { output.append(padding) } }
    output[start...].reverse()
  }
}

/// The fields of one moment.
private struct FormattedMoment {
  private let time: DayTime
  private let date: CivilDate
  private let days: Int32

  init(_ time: DayTime) {
    self.time = time
    days = Int32(truncatingIfNeeded: time.day)
    date = CivilDate(days: days)
  }

  /// The same day in the first of the calendar's cycles, and how many of them it was moved by.
  private var cycle: (quotient: Int32, remainder: Int32) { TemporalKernels.divide(days, by: CivilDay.cycle) }
  private var day: CivilDay { CivilDay(days: cycle.remainder) }
  private var isoYear: Int64 { Int64(day.isoYear) + Int64(cycle.quotient) * 400 }

  private var hour: Int64 { time.microsecond / 3_600_000_000 }

  func value(_ number: TemporalFormat.Number) -> Int64 {
    let year = Int64(date.year)
    switch number {
    case .year: return year
    case .yearOfCentury: return TemporalKernels.divide(year, by: 100).remainder
    case .century: return TemporalKernels.divide(year, by: 100).quotient
    case .month: return Int64(date.month)
    case .day: return Int64(date.day)
    case .dayOfYear: return Int64(day.dayOfYear) + 1
    case .hour: return hour
    case .hour12: return (hour + 11) % 12 + 1
    case .minute: return time.microsecond / 60_000_000 % 60
    case .second: return time.microsecond / 1_000_000 % 60
    case .millisecond: return time.microsecond / 1_000 % 1_000
    case .microsecond: return time.microsecond % 1_000_000
    case .epochSecond: return time.day * 86_400 + time.microsecond / 1_000_000
    case .weekday: return Int64(day.weekday)
    case .weekdayFromSunday: return Int64(day.weekday % 7)
    case .weekFromSunday: return Int64((day.dayOfYear + 7 - day.weekday % 7) / 7)
    case .weekFromMonday: return Int64((day.dayOfYear + 8 - day.weekday) / 7)
    case .isoWeek: return Int64(day.week)
    case .isoYear: return isoYear
    case .isoYearOfCentury: return TemporalKernels.divide(isoYear, by: 100).remainder
    }
  }

  func append(_ name: TemporalFormat.Name, to output: inout [UInt8]) {
    switch name {
    case .month: output += CalendarNames.months[date.month - 1].utf8
    case .shortMonth: output += CalendarNames.months[date.month - 1].utf8.prefix(3)
    case .weekday: output += CalendarNames.weekdays[Int(day.weekday) - 1].utf8
    case .shortWeekday: output += CalendarNames.weekdays[Int(day.weekday) - 1].utf8.prefix(3)
    case .upperHalfDay: output += (hour < 12 ? "AM" : "PM").utf8
    case .lowerHalfDay: output += (hour < 12 ? "am" : "pm").utf8
    }
  }
}

extension TemporalKernels {
  /// Each date or moment as text, in a constant format.
  static func format(_ column: Column, _ format: Column) throws -> Column {
    let format = try TemporalFormat(format.strings[0])
    var builder = StringBuilder(capacity: column.count)
    var scratch: [UInt8] = []
    let time = times(column)
    for index in 0..<column.count {
      guard column.validity?[index] ?? true else {
        builder.appendEmpty()
        continue
      }
      scratch.removeAll(keepingCapacity: true)
      format.write(time(index), to: &scratch)
      scratch.withUnsafeBytes { builder.append($0) }
    }
    return Column(type: .string, values: .string(builder.freeze()), validity: column.validity)
  }
}
