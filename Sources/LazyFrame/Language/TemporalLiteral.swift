import Columnar

/// A word that makes a constant of the text behind it: `date '2020-01-31'`.
struct TemporalLiteral {
  let name: String
  let example: String
  /// The constant that a text says, or nil.
  let value: @Sendable (String) -> Value?

  /// Nil for every other word.
  init?(word: String) {
    switch word.lowercased() {
    case "date":
      name = "date"
      example = "date '2020-01-31'"
      value = { CivilDate(parsing: $0).map { .date(days: $0.days) } }
    case "datetime", "timestamp":
      name = "datetime"
      example = "datetime '2020-01-31 09:30:00'"
      value = { CivilDatetime.microseconds(parsing: $0).map { .datetime(microseconds: $0) } }
    case "duration", "interval":
      name = "duration"
      example = "duration '1d 2h 30m'"
      value = { Value.temporal($0, .duration) }
    default: return nil
    }
  }
}
