import CSVSIMD
import TestSupport
import Testing

@testable import CSV

@Suite("The number kernels")
struct NumberKernelTests {
  /// Fields that are easily taken for something else.
  private static let hardFields: [String] = {
    var fields = [
      "", "-", ".", "-.", "..", "5.", ".5", "-5.", "-.5", "0", "-0", "0.0", "-0.0", "00", "-00", "007", "-007", "0.5",
      "00.5", "0.", ".0", "-0.", "--5", "5-", "5-5", "+5", "1e5", "NA", "nan", "1,5", " 5", "5 ", "1.2.3", "1..2",
      "5..",
      "9007199254740991", "9007199254740992", "9007199254740993", "9007199254740994", "9999999999999999",
      "-999999999999999", "-9007199254740992", "-9007199254740993", "900719925474099.2", "900719925474099.3",
      "9.007199254740992", "9.007199254740993", "0.00000000000001", "0.000000000000001", ".000000000000001",
      ".0000000000000001", "-.00000000000001", "1.00000000000000", "10000000000000.1", "-0.0000000000001",
      "12345678901234567", "1234567890123456.", ".1234567890123456", "-1234567890123456", "\"5\"", "/", ":", "1/", "1:",
      "é", "5é", "\u{1}5", "12345678", "123456789", "99999999", "100000000", "0000000000000000", "0000000000000001",
    ]
    // Every length with a dot or a foreign byte at every place.
    for length in 1...40 {
      let digits = (0..<length).map { Character(String(($0 * 7 + 1) % 9 + 1)) }
      fields.append(String(digits))
      fields.append("-" + String(digits))
      fields.append("0" + String(digits))
      for place in 0..<length where length <= 20 {
        for byte in [".", "-", "x", "0", " "] {
          var changed = digits
          changed[place] = Character(byte)
          fields.append(String(changed))
          fields.append("-" + String(changed))
        }
      }
    }
    // Lengths that look like short ones when only their low bits are seen.
    for length in [63, 64, 65, 68, 80, 128, 132, 256, 260] { fields.append(String(repeating: "1", count: length)) }
    return fields
  }()

  @Test("read exactly the plain decimals, to the nearest double", arguments: Variant.available)
  func hardDecimals(variant: Variant) {
    // Once all together, and once each among seven good ones, in each of the eight places of a vector step.
    checkDecimals(variant, Self.hardFields)
    for (index, field) in Self.hardFields.enumerated() {
      var fields = ["1", "-2.5", "30", "4.25", "-5", "0.125", "7", "88888888.5"]
      fields[index % 8] = field
      checkDecimals(variant, fields)
    }
  }

  @Test("read exactly the plain integers", arguments: Variant.available)
  func hardIntegers(variant: Variant) {
    checkIntegers(variant, Self.hardFields)
    for (index, field) in Self.hardFields.enumerated() {
      var fields = ["1", "-2", "30", "400", "-5", "60000000", "7", "8888888888888888"]
      fields[index % 8] = field
      checkIntegers(variant, fields)
    }
  }

  @Test("handle every number of rows beside whole vector steps", arguments: Variant.available)
  func counts(variant: Variant) {
    for count in 0...40 {
      for bad in stride(from: 0, to: count, by: 3) {
        let fields = (0..<count).map { $0 == bad ? "NA" : "\($0).5" }
        checkDecimals(variant, fields)
        checkIntegers(variant, (0..<count).map { $0 == bad ? "NA" : "-\($0 + 1)" })
      }
    }
    checkDecimals(variant, (0..<600).map { $0 % 251 == 250 ? "" : "\($0).25" })
  }

  @Test("equal the standard library on random decimals, bit for bit", arguments: Variant.available)
  func randomDecimals(variant: Variant) {
    Fuzz.run("decimals \(variant)") { generator in
      checkDecimals(variant, (0..<500).map { _ in randomDecimal(&generator) })
    }
  }

  @Test("equal the standard library on random integers", arguments: Variant.available)
  func randomIntegers(variant: Variant) {
    Fuzz.run("integers \(variant)") { generator in
      let fields = (0..<500).map { _ in
        let magnitude = generator.next() >> UInt64.random(in: 8...63, using: &generator)
        return (Bool.random(using: &generator) ? "-" : "") + "\(magnitude)"
      }
      checkIntegers(variant, fields)
    }
  }

  private func randomDecimal(_ generator: inout SplitMix64) -> String {
    let digits = "\(generator.next() >> UInt64.random(in: 6...63, using: &generator))"
    let dot = Int.random(in: 0...2 * digits.count, using: &generator)
    let sign = Int.random(in: 0...3, using: &generator) == 0 ? "-" : ""
    return sign + (dot <= digits.count ? digits.prefix(dot) + "." + digits.dropFirst(dot) : digits[...])
  }

  private func checkDecimals(_ variant: Variant, _ fields: [String]) {
    let table = FieldTable(fields.map { Array($0.utf8) })
    for sharedBounds in [false, true] {
      guard let found = table.parse(placeholder: -77, sharedBounds: sharedBounds, variant.kernels.parse_decimals) else {
        Issue.record("\(variant): exceptions are not ascending")
        return
      }
      for (field, value) in zip(fields, found) {
        let expected = PlainNumber(field).flatMap { $0.digits <= 1 << 53 ? Double(field) : nil }
        if value?.bitPattern != expected?.bitPattern {
          Issue.record("\(variant): '\(field)' is read as \(value as Any), not \(expected as Any)")
        }
      }
    }
  }

  private func checkIntegers(_ variant: Variant, _ fields: [String]) {
    let table = FieldTable(fields.map { Array($0.utf8) })
    for sharedBounds in [false, true] {
      guard let found = table.parse(placeholder: -77, sharedBounds: sharedBounds, variant.kernels.parse_integers) else {
        Issue.record("\(variant): exceptions are not ascending")
        return
      }
      for (field, value) in zip(fields, found) {
        let expected = PlainNumber(field).flatMap { $0.hasDot || field == "-0" ? nil : Int64(field) }
        if value != expected {
          Issue.record("\(variant): '\(field)' is read as \(value as Any), not \(expected as Any)")
        }
      }
    }
  }
}

/// A field of the form that the number kernels take, by its definition in the header.
private struct PlainNumber {
  let digits: UInt64
  let hasDot: Bool

  init?(_ field: String) {
    var body = Array(field.utf8)
    guard body.count <= 16 else { return nil }
    if body.first == UInt8(ascii: "-") { body.removeFirst() }
    let dots = body.count { $0 == UInt8(ascii: ".") }
    let number = body.filter { $0 != UInt8(ascii: ".") }
    guard dots <= 1, !number.isEmpty, number.allSatisfy({ (48...57).contains($0) }) else { return nil }
    if body.count > 1, body[0] == 48, (48...57).contains(body[1]) { return nil }
    digits = number.reduce(0) { $0 * 10 + UInt64($1 - 48) }
    hasDot = dots == 1
  }
}
