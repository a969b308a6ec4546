import Columnar

// Dates and moments as numbers, numbers as dates and moments, and names.

extension TemporalKernels {
  /// Whole units since 1970-01-01 00:00, rounded down.
  static func epoch(_ column: Column, _ unit: TimeUnit) -> Column {
    let (moments, length) = (column.int64s, unit.microseconds ?? 1)
    let result = MutableBuffer<Int64>(count: moments.count)
    for index in 0..<moments.count { result.pointer[index] = divide(moments.pointer[index], by: length).quotient }
    return Column(type: .int64, values: .int64(result.freeze()), validity: column.validity)
  }

  /// The moments so many units after 1970-01-01 00:00, to the nearest microsecond; null where there is none.
  static func fromEpoch(_ column: Column, _ unit: TimeUnit) -> Column {
    let length = unit.microseconds ?? 1
    func moments(_ moment: (Int) -> Int64?) -> Column {
      let result = MutableBuffer<Int64>(count: column.count)
      let validity = CastKernels.known(column) { index in
        let value = moment(index)
        result.pointer[index] = value ?? 0
        return value != nil
      }
      return Column(type: .datetime, values: .int64(result.freeze()), validity: validity)
    }
    if case .int64(let values) = column.values {
      return moments { index in
        let (product, overflow) = values.pointer[index].multipliedReportingOverflow(by: length)
        return overflow ? nil : product
      }
    }
    let values = column.float64s
    return moments { Int64(exactly: (values.pointer[$0] * Double(length)).rounded()) }
  }

  /// The dates of year, month and day; null where there is no such day.
  static func dates(_ parts: [Column]) -> Column {
    let numbers = parts.map(\.int64s)
    let result = MutableBuffer<Int32>(count: parts[0].count)
    let validity = CastKernels.known(parts[0]) { index in
      let day = day(numbers, index)
      result.pointer[index] = day.flatMap { Int32(exactly: $0) } ?? 0
      return day != nil
    }
    let others = Bitmap.both(parts[1].validity, parts[2].validity)
    return Column(type: .date, values: .int32(result.freeze()), validity: Bitmap.both(validity, others))
  }

  /// The moments of year, month, day, hour, minute and second, which may have a fraction; null where there is no such one.
  static func moments(_ parts: [Column]) -> Column {
    let numbers = parts.dropLast().map(\.int64s)
    let seconds = parts[5].float64s
    let result = MutableBuffer<Int64>(count: parts[0].count)
    let validity = CastKernels.known(parts[0]) { index in
      let (hour, minute, second) = (numbers[3].pointer[index], numbers[4].pointer[index], seconds.pointer[index])
      guard let day = day(numbers, index), 0..<24 ~= hour, 0..<60 ~= minute, second >= 0, second < 60 else {
        result.pointer[index] = 0
        return false
      }
      let clock = (hour * 60 + minute) * 60_000_000 + Int64((second * 1_000_000).rounded())
      let (carry, microsecond) = divide(clock, by: CivilDatetime.microsecondsPerDay)
      let moment = DayTime(day: day + carry, microsecond: microsecond).moment
      result.pointer[index] = moment ?? 0
      return moment != nil
    }
    let others = parts.dropFirst().reduce(validity) { Bitmap.both($0, $1.validity) }
    return Column(type: .datetime, values: .int64(result.freeze()), validity: others)
  }

  private static func day(_ numbers: [Buffer<Int64>], _ index: Int) -> Int64? {
    let (year, month, day) = (numbers[0].pointer[index], numbers[1].pointer[index], numbers[2].pointer[index])
    guard year.magnitude < 5_800_000, 1...12 ~= month, 1...31 ~= day else { return nil }
    return CivilDate(year: Int(year), month: Int(month), day: Int(day)).map { Int64($0.days) }
  }

  // MARK: Names

  static func monthName(_ column: Column) -> Column { names(month(column), CalendarNames.monthViews) }
  static func weekdayName(_ column: Column) -> Column { names(weekday(column), CalendarNames.weekdayViews) }

  private static func names(_ numbers: Column, _ names: [StringView]) -> Column {
    let values = numbers.int64s
    let views = MutableBuffer<StringView>(count: values.count)
    for index in 0..<values.count { views.pointer[index] = names[Int(values.pointer[index]) - 1] }
    return Column(
      type: .string, values: .string(StringValues(views: views.freeze(), blocks: [])), validity: numbers.validity)
  }
}

/// The English names of months and days of the week. All fit a view.
enum CalendarNames {
  static let months = [
    "January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November",
    "December",
  ]
  static let weekdays = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"]

  fileprivate static let monthViews = months.map(view)
  fileprivate static let weekdayViews = weekdays.map(view)

  private static func view(_ name: String) -> StringView {
    Array(name.utf8).withUnsafeBytes { bytes in
      bytes.baseAddress.map { StringView(short: $0, length: bytes.count) } ?? .empty
    }
  }
}
