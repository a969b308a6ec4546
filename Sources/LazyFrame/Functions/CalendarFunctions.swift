import Columnar
import TaskGraph

/// Dates and moments made of others, of numbers and of texts, and texts made of them.
enum CalendarFunctions {
  private typealias Definition = FunctionDefinition

  static let all: [FunctionDefinition] = steps + differences + made + texts

  private static let steps: [FunctionDefinition] = [
    Definition(
      "date_trunc", "date_trunc('month', x)", [.text.constant, .temporal],
      kernel: { arguments, _ in TemporalKernels.truncate(arguments[1], to: try interval(arguments[0])) }
    ) { try moved("date_trunc", $0, amount: 0, isWindow: true) },
    Definition(
      "date_round", "date_round('month', x)", [.text.constant, .temporal],
      kernel: { arguments, _ in TemporalKernels.round(arguments[1], to: try interval(arguments[0])) }
    ) { try moved("date_round", $0, amount: 0, isWindow: true) },
    Definition(
      "offset_by", "offset_by(x, '1mo')", [.temporal, .text.constant],
      kernel: { arguments, _ in TemporalKernels.offset(arguments[0], by: try interval(arguments[1])) }
    ) { try moved("offset_by", $0, amount: 1, isWindow: false) },
    Definition("last_day", nil, [.temporal], gives: .date) { arguments, _ in TemporalKernels.lastDay(arguments[0]) },
  ]

  private static func interval(_ column: Column) throws -> CalendarInterval {
    try interval(column.strings[0], isWindow: false, of: "")
  }

  private static func interval(_ text: String, isWindow: Bool, of function: String) throws -> CalendarInterval {
    guard let interval = CalendarInterval(text) else {
      let hint = NearestName.suggestion(text, among: TimeUnit.allCases.map(\.rawValue)) ?? CalendarInterval.form
      throw LazyFrameError(.type, "\(function) does not know the interval '\(text)'", hint: hint)
    }
    guard !isWindow || interval.isWindow else {
      throw LazyFrameError(
        .type, "\(function) needs an interval of one kind of unit that is more than nothing, and not '\(text)'",
        hint: "write it like '15m', '3mo' or 'week'")
    }
    return interval
  }

  /// A call that moves dates and moments by an interval: dates become moments where it has parts of days.
  private static func moved(
    _ name: String, _ arguments: [ResolvedExpression], amount: Int, isWindow: Bool
  ) throws -> ResolvedExpression {
    var arguments = arguments
    arguments[amount] = try FunctionParameter.text.constant.typed(arguments[amount], of: name)
    let text = arguments[amount].constantText
    let hasTimeOfDay = try text.map { try interval($0, isWindow: isWindow, of: name).hasTimeOfDay } ?? false
    arguments[1 - amount] = try FunctionParameter.temporal.typed(arguments[1 - amount], of: name)
    if hasTimeOfDay { arguments[1 - amount] = TypeRules.coerced(arguments[1 - amount], to: .datetime) }
    return .function(ScalarFunction(stringLiteral: name), arguments, arguments[1 - amount].type)
  }

  // MARK: Differences

  private static let differences: [FunctionDefinition] = [
    difference("date_diff") { TemporalKernels.boundaries($0, from: $1, to: $2) },
    difference("date_sub") { TemporalKernels.elapsed($0, from: $1, to: $2) },
  ]

  private static func difference(
    _ name: String, _ kernel: @escaping @Sendable (TimeUnit, Column, Column) -> Column
  ) -> FunctionDefinition {
    Definition(
      name, "\(name)('month', start, end)", [.text.constant, .temporal, .temporal], gives: .int64,
      check: { if let text = $0[0].constantText { _ = try unit(text, of: name) } }
    ) { arguments, _ in kernel(try unit(arguments[0].strings[0], of: name), arguments[1], arguments[2]) }
  }

  private static func unit(_ text: String, of function: String) throws -> TimeUnit {
    let names = TimeUnit.allCases.map(\.rawValue)
    guard let unit = TimeUnit(rawValue: text.lowercased()) else {
      throw LazyFrameError(
        .type, "\(function) does not know the unit '\(text)'",
        hint: NearestName.suggestion(text, among: names) ?? "the units are: \(names.joined(separator: ", "))")
    }
    return unit
  }

  // MARK: Numbers

  private static let made: [FunctionDefinition] = [
    Definition("from_epoch", nil, [.number], gives: .datetime) { arguments, _ in
      TemporalKernels.fromEpoch(arguments[0], .second)
    },
    Definition("from_epoch_ms", nil, [.number], gives: .datetime) { arguments, _ in
      TemporalKernels.fromEpoch(arguments[0], .millisecond)
    },
    Definition("from_epoch_us", nil, [.number], gives: .datetime) { arguments, _ in
      TemporalKernels.fromEpoch(arguments[0], .microsecond)
    },
    Definition("make_date", "make_date(year, month, day)", [.integer, .integer, .integer], gives: .date) {
      arguments, _ in TemporalKernels.dates(arguments)
    },
    Definition(
      "make_timestamp", "make_timestamp(year, month, day, hour, minute, second)",
      [.integer, .integer, .integer, .integer, .integer, .float], gives: .datetime
    ) { arguments, _ in TemporalKernels.moments(arguments) },
  ]

  // MARK: Texts

  private static let texts: [FunctionDefinition] = [
    Definition(
      "strftime", "strftime(x, '%Y-%m-%d')", [.temporal, .text.constant], gives: .string,
      check: { if let text = $0[1].constantText { _ = try TemporalFormat(text) } }
    ) { arguments, _ in try TemporalKernels.format(arguments[0], arguments[1]) },
    parse("strptime", isStrict: true), parse("try_strptime", isStrict: false),
  ]

  private static func parse(_ name: String, isStrict: Bool) -> FunctionDefinition {
    Definition(
      name, "\(name)(x, '%Y-%m-%d')", [.text, .text.constant], gives: .datetime,
      failure: isStrict ? .always : .never,
      check: { arguments in
        guard let text = arguments[1].constantText, try TemporalFormat(text).unreadable != nil else { return }
        throw LazyFrameError(
          .pattern, "\(name) cannot read '\(text)': weeks, days of the week in digits and centuries are only written",
          hint: "a date is read from %Y, %y, %m, %d, %j, %b and %B")
      }
    ) { arguments, _ in try TemporalKernels.parse(arguments[0], arguments[1], isStrict: isStrict) }
  }
}
