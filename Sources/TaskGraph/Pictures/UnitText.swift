/// Amounts in the unit in which people read them, with at most one decimal: "1.2 s", "350 ms", "16 MB".
enum UnitText {
  static func duration(nanoseconds: Double) -> String {
    nanoseconds == 0
      ? "0 s" : text(nanoseconds, [("ns", 1), ("µs", 1e3), ("ms", 1e6), ("s", 1e9), ("min", 60e9), ("h", 3600e9)])
  }

  static func size(bytes: Double) -> String {
    text(bytes, [("B", 1), ("kB", 1e3), ("MB", 1e6), ("GB", 1e9), ("TB", 1e12)])
  }

  private static func text(_ value: Double, _ units: [(name: String, size: Double)]) -> String {
    var index = 0
    // What would be rounded up to a whole one of the next unit is written in that.
    while index + 1 < units.count,
      (value / units[index].size).rounded() * units[index].size >= units[index + 1].size
    { index += 1 }
    let number = value / units[index].size
    let tenths = number < 9.95 ? Int((number * 10).rounded()) : Int(number.rounded()) * 10
    return "\(tenths / 10)" + (tenths % 10 == 0 ? "" : ".\(tenths % 10)") + " \(units[index].name)"
  }
}
