/// Dates and moments in ISO 8601.
package enum TemporalText {
  /// Days since 1970-01-01 of `YYYY-MM-DD`, or nil. Reads ten bytes at once.
  package static func date(_ text: UnsafeRawBufferPointer) -> Int32? {
    guard text.count == 10, let base = text.baseAddress else { return nil }
    return date(base)
  }

  /// The same for ten bytes that are known to be there.
  private static func date(_ text: UnsafeRawPointer) -> Int32? {
    // XOR with the wanted form leaves the digits' values, and zero for each dash.
    let head = text.loadUnaligned(as: UInt64.self).littleEndian ^ 0x2D30_302D_3030_3030
    let tail = text.loadUnaligned(fromByteOffset: 8, as: UInt16.self).littleEndian ^ 0x3030
    // A digit above 9 or a dash that is none carries into its byte's top bit.
    let headExcess = ((head &+ 0x7F76_767F_7676_7676) | head) & 0x8080_8080_8080_8080
    let tailExcess = ((tail &+ 0x7676) | tail) & 0x8080
    guard headExcess == 0, tailExcess == 0 else { return nil }
    let century = Int64(head & 0xF) &* 10 &+ Int64(head >> 8 & 0xF)
    let year = century &* 100 &+ Int64(head >> 16 & 0xF) &* 10 &+ Int64(head >> 24 & 0xF)
    let month = Int64(head >> 40 & 0xF) &* 10 &+ Int64(head >> 48 & 0xF)
    let day = Int64(tail & 0xF) &* 10 &+ Int64(tail >> 8)
    return CivilDate(year: Int(year), month: Int(month), day: Int(day))?.days
  }

  /// Microseconds since 1970-01-01 of `YYYY-MM-DD[T ]HH:MM[:SS[.f…]][Z]`, or nil. `Z` says UTC and is otherwise
  /// without effect; other zones, and fractions finer than a microsecond, are left to be text, which loses nothing.
  package static func datetime(_ text: UnsafeRawBufferPointer) -> Int64? {
    guard text.count >= 16, let base = text.baseAddress, let days = date(base) else { return nil }
    guard text[10] == UInt8(ascii: "T") || text[10] == UInt8(ascii: " ") else { return nil }
    var end = text.count
    if text[end - 1] == UInt8(ascii: "Z") { end -= 1 }
    guard let hour = twoDigits(text, 11), hour < 24, text[13] == UInt8(ascii: ":"), let minute = twoDigits(text, 14),
      minute < 60
    else { return nil }
    var microseconds = (hour * 60 + minute) * 60_000_000
    if end > 16 {
      guard end >= 19, text[16] == UInt8(ascii: ":"), let second = twoDigits(text, 17), second < 60 else { return nil }
      microseconds += second * 1_000_000
    }
    if end > 19 {
      guard text[19] == UInt8(ascii: "."), end > 20, end <= 26 else { return nil }
      var fraction: Int64 = 0
      for index in 20..<26 {
        let digit = index < end ? text[index] &- UInt8(ascii: "0") : 0
        guard digit <= 9 else { return nil }
        fraction = fraction * 10 + Int64(digit)
      }
      microseconds += fraction
    }
    return Int64(days) * CivilDatetime.microsecondsPerDay + microseconds
  }

  private static func twoDigits(_ text: UnsafeRawBufferPointer, _ at: Int) -> Int64? {
    let tens = text[at] &- UInt8(ascii: "0")
    let ones = text[at + 1] &- UInt8(ascii: "0")
    return tens <= 9 && ones <= 9 ? Int64(tens) * 10 + Int64(ones) : nil
  }
}

extension CivilDate {
  /// The day that a text says as `YYYY-MM-DD`, or nil.
  public init?(parsing text: String) {
    var text = text
    guard let days = text.withUTF8({ TemporalText.date(UnsafeRawBufferPointer($0)) }) else { return nil }
    self.init(days: days)
  }
}

extension CivilDatetime {
  /// Microseconds since 1970-01-01 of a text such as `2020-01-31 09:30:00` or `2020-01-31`, or nil.
  public static func microseconds(parsing text: String) -> Int64? {
    var text = text
    return text.withUTF8 { bytes in
      let bytes = UnsafeRawBufferPointer(bytes)
      return TemporalText.datetime(bytes) ?? TemporalText.date(bytes).map { Int64($0) * microsecondsPerDay }
    }
  }
}
