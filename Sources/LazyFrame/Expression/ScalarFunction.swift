/// A function of the values of one row. The raw value is the name in expressions.
package enum ScalarFunction: String, Sendable, Hashable, Codable, CaseIterable {
  // Numbers
  case abs, round, floor, ceil, sqrt, exp, ln, log10, pow, sign
  // Text
  case lower, upper, trim, length, substr, replace, contains
  case startsWith = "starts_with"
  case endsWith = "ends_with"
  case like
  // Dates and moments
  case year, quarter, month, week, day, weekday, hour, minute, second
  case dateTrunc = "date_trunc"
  // Any type
  case coalesce, nullif
  case isIn = "in"
}
