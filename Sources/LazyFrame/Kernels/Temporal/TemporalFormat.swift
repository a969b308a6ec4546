import Columnar

/// How dates and moments are written as text: the codes of C's `strftime` in its "C" locale, with English names.
///
///     %Y-%m-%d %H:%M     ── items ──▶     year │ - │ month │ - │ day │ " " │ hour │ : │ minute
///
/// Codes that stand for others (`%F`, `%T`) are taken apart when the format is read. A `-` behind the percent sign leaves the
/// padding out, `_` pads with spaces, `0` with zeros.
struct TemporalFormat: Equatable, Sendable {
  enum Item: Equatable, Sendable {
    case text([UInt8])
    case number(Number, padding: UInt8?)
    case name(Name)
  }

  /// What is written in digits.
  enum Number: Equatable, Sendable {
    case year, yearOfCentury, century, month, day, dayOfYear, hour, hour12, minute, second
    case millisecond, microsecond, epochSecond
    /// Days of the week: from Monday 1, and from Sunday 0.
    case weekday, weekdayFromSunday
    /// Weeks of the year: those that begin on its Sundays, on its Mondays, and those of ISO 8601 with their years.
    case weekFromSunday, weekFromMonday, isoWeek, isoYear, isoYearOfCentury

    /// How many digits it has at least.
    var width: Int {
      switch self {
      case .year, .isoYear: 4
      case .dayOfYear, .millisecond: 3
      case .microsecond: 6
      case .weekday, .weekdayFromSunday, .epochSecond: 1
      default: 2
      }
    }
  }

  enum Name: Equatable, Sendable {
    case weekday, shortWeekday, month, shortMonth, upperHalfDay, lowerHalfDay
  }

  private(set) var items: [Item] = []

  /// - Throws: `LazyFrameError` for a code that there is not.
  init(_ format: String) throws {
    var rest = format.unicodeScalars[...]
    while let scalar = rest.popFirst() {
      guard scalar == "%" else {
        append(String(scalar))
        continue
      }
      var padding: UInt8?? = .none
      if let flag = rest.first, "-_0".unicodeScalars.contains(flag) {
        rest.removeFirst()
        padding = .some(flag == "-" ? nil : UInt8(ascii: flag == "_" ? " " : "0"))
      }
      var code = rest.popFirst().map(String.init) ?? ""
      if code == "3" || code == "6", rest.first == "f" { code += String(rest.removeFirst()) }
      guard append(code: code, padding) else {
        throw LazyFrameError(
          .pattern, code.isEmpty ? "the format '\(format)' ends with a %" : "a format does not know the code %\(code)",
          hint: code.isEmpty
            ? "write %% for the sign itself"
            : code == "z" || code == "Z" ? "datetimes have no time zone" : TemporalFormat.hint)
      }
    }
  }

  private static let hint = """
    the codes are %Y %y %C %m %d %e %j %H %k %I %l %M %S %f %3f %p %P %s, %a %A %b %B, %u %w %U %W %V %G %g, \
    and %F %T %R %D %r %c
    """

  private mutating func append(_ text: String) {
    if case .text(let before) = items.last {
      items[items.count - 1] = .text(before + Array(text.utf8))
    } else {
      items.append(.text(Array(text.utf8)))
    }
  }

  private mutating func append(code: String, _ padding: UInt8??) -> Bool {
    if let (number, usual) = TemporalFormat.numbers[code] {
      items.append(.number(number, padding: padding ?? usual))
      return true
    }
    guard case .none = padding else { return false }
    if let name = TemporalFormat.names[code] {
      items.append(.name(name))
      return true
    }
    if let text = TemporalFormat.texts[code] {
      append(text)
      return true
    }
    guard let whole = TemporalFormat.composites[code], let parts = try? TemporalFormat(whole) else { return false }
    for item in parts.items {
      if case .text(let bytes) = item { append(String(decoding: bytes, as: UTF8.self)) } else { items.append(item) }
    }
    return true
  }

  private static let zero: UInt8? = UInt8(ascii: "0")
  private static let space: UInt8? = UInt8(ascii: " ")

  private static let numbers: [String: (Number, UInt8?)] = [
    "Y": (.year, zero), "y": (.yearOfCentury, zero), "C": (.century, zero), "m": (.month, zero), "d": (.day, zero),
    "e": (.day, space), "j": (.dayOfYear, zero), "H": (.hour, zero), "k": (.hour, space), "I": (.hour12, zero),
    "l": (.hour12, space), "M": (.minute, zero), "S": (.second, zero), "f": (.microsecond, zero),
    "6f": (.microsecond, zero), "3f": (.millisecond, zero), "s": (.epochSecond, zero), "u": (.weekday, zero),
    "w": (.weekdayFromSunday, zero), "U": (.weekFromSunday, zero), "W": (.weekFromMonday, zero), "V": (.isoWeek, zero),
    "G": (.isoYear, zero), "g": (.isoYearOfCentury, zero),
  ]

  private static let names: [String: Name] = [
    "a": .shortWeekday, "A": .weekday, "b": .shortMonth, "h": .shortMonth, "B": .month, "p": .upperHalfDay,
    "P": .lowerHalfDay,
  ]

  private static let texts = ["%": "%", "n": "\n", "t": "\t"]

  private static let composites = [
    "F": "%Y-%m-%d", "T": "%H:%M:%S", "X": "%H:%M:%S", "R": "%H:%M", "D": "%m/%d/%y", "x": "%m/%d/%y",
    "r": "%I:%M:%S %p", "c": "%a %b %e %H:%M:%S %Y",
  ]
}
