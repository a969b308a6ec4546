import Columnar

/// Floating-point numbers for people: rounded to the same few decimals in a column, so that the points stand in a line.
enum FloatText {
  private static let mostDecimals = 6

  /// How many decimals show the numbers that can be rounded: from one to six.
  static func decimals(for values: [Value?]) -> Int {
    var powers = PowersOfTen()
    var decimals = 1
    for case .double(let number)? in values where isRounded(number) {
      decimals = max(decimals, min(-ShortestDecimal(number, &powers).exponent, mostDecimals))
    }
    return decimals
  }

  /// The number with so many decimals, or as it is when rounding would not say much.
  static func text(_ number: Double, decimals: Int) -> String {
    var buffer = TextBuffer(capacity: 32)
    if isRounded(number) { buffer.append(number, decimals: decimals) } else { buffer.append(number) }
    return buffer.string
  }

  /// Large numbers would be all digits, small ones all zeros.
  private static func isRounded(_ number: Double) -> Bool {
    number == 0 || (number.magnitude >= 0.001 && number.magnitude < 1e12)
  }
}
