/// A number of bytes as people write it: `64KB`, `16MiB`, `1.5G`.
///
/// `KB` is 1000 bytes, `KiB` and `K` are 1024, as in GNU's tools.
struct ByteSize: Equatable {
  let bytes: Int

  init(_ bytes: Int) {
    self.bytes = bytes
  }

  /// Nil when the text is no size, or one that does not fit an integer.
  init?(_ text: String) {
    let number = text.prefix { $0.isASCII && ($0.isNumber || $0 == ".") }
    guard let factor = ByteSize.factor(text.dropFirst(number.count)), let value = Double(number),
      let bytes = Int(exactly: (value * factor).rounded(.down))
    else { return nil }
    self.bytes = bytes
  }

  private static func factor(_ unit: Substring) -> Double? {
    let unit = unit.trimmingPrefix { $0 == " " }.lowercased()
    if unit.isEmpty || unit == "b" { return 1 }
    guard let power = ["k", "m", "g", "t"].firstIndex(of: String(unit.prefix(1))) else { return nil }
    let base: Double
    switch unit.dropFirst() {
    case "", "ib": base = 1024
    case "b": base = 1000
    default: return nil
    }
    return (0...power).reduce(1) { product, _ in product * base }
  }
}

extension ByteSize: CustomStringConvertible {
  /// Rounded to a tenth: `16 MiB`, `1.5 GB`, `300 bytes`. Whole multiples of a power of 1024 keep that unit.
  var description: String {
    let units = ["bytes", "kB", "MB", "GB", "TB"]
    for power in (1...4).reversed() {
      let unit = 1 << (10 * power)
      if bytes >= unit, bytes % unit == 0 { return "\(bytes / unit) \(["", "KiB", "MiB", "GiB", "TiB"][power])" }
    }
    var unit = 1
    var power = 0
    while power < 4, bytes / unit >= 1000 {
      unit *= 1000
      power += 1
    }
    if power == 0 { return "\(bytes) \(units[0])" }
    let tenths = (bytes + unit / 20) / (unit / 10)
    return tenths % 10 == 0 ? "\(tenths / 10) \(units[power])" : "\(tenths / 10).\(tenths % 10) \(units[power])"
  }
}
