import TestSupport
import Testing

@testable import TaskGraph

@Suite("A value written as JSON")
struct JSONCodingTests {
  private func text(_ value: any Encodable) throws -> String {
    var text = JSONText()
    text.append(try JSONSlot.tree(of: value, path: []))
    return String(decoding: text.bytes, as: UTF8.self)
  }

  private func decode<Value: Decodable>(_ type: Value.Type, _ text: String) throws -> Value {
    try JSONTreeDecoder(value: try JSONParser.parse(text), codingPath: [], userInfo: [:]).decode(type)
  }

  private func again<Value: Codable>(_ value: Value) throws -> Value { try decode(Value.self, try text(value)) }

  @Test("has every integer with all its digits")
  func integers() throws {
    #expect(try again([Int64.min, -1, 0, 1, .max]) == [Int64.min, -1, 0, 1, .max])
    #expect(try again([UInt64.max]) == [.max])
    #expect(try again([Int128.min, .max]) == [.min, .max])
    #expect(try again([UInt128.max]) == [.max])
    #expect(try again([Int8.min, .max]) == [.min, .max])
    let wide = Wide(signed: .min, unsigned: .max)
    #expect(try again(wide) == wide)
    #expect(try again([wide]) == [wide])
    let pair = WidePair(signed: .min, unsigned: .max)
    #expect(try again(pair) == pair)
    #expect(try text(pair) == "[\(Int128.min), \(UInt128.max)]")
    #expect(try text(UInt128.max) == "340282366920938463463374607431768211455")
    #expect(throws: DecodingError.self) { try decode(Int8.self, "128") }
    #expect(throws: DecodingError.self) { try decode(UInt.self, "-1") }
  }

  @Test("has every floating-point number with all its bits")
  func floatingPoint() throws {
    var numbers = SplitMix64(seed: 1)
    var doubles: [Double] = [
      .nan, -.nan, .signalingNaN, Double(bitPattern: 0x7FF8_0000_0000_0123), .infinity, -.infinity, 0.0, -0.0,
      .leastNonzeroMagnitude,
      .leastNormalMagnitude, .greatestFiniteMagnitude, 1, 0.1, 1e22, 123_456_789_012_345_680, .pi,
    ]
    doubles += (0..<1000).map { _ in Double(bitPattern: numbers.next()) }
    #expect(try again(doubles).map(\.bitPattern) == doubles.map(\.bitPattern))
    var floats: [Float] = [
      .nan, -.nan, .infinity, -.infinity, -0.0, .leastNonzeroMagnitude, .greatestFiniteMagnitude, 0.1, 16_777_216,
    ]
    floats += (0..<1000).map { _ in Float(bitPattern: UInt32(truncatingIfNeeded: numbers.next())) }
    #expect(try again(floats).map(\.bitPattern) == floats.map(\.bitPattern))
    #expect(
      try text([1, -0.0, 1e300, .leastNonzeroMagnitude, .nan, -.nan, .infinity, -.infinity])
        == #"[1.0, -0.0, 1e+300, 5e-324, "nan", "nan(fff8000000000000)", "inf", "-inf"]"#)
    for bad in [#""nan(7ff0000000000000)""#, #""nan()""#, #""Infinity""#, "1e400", "true"] {
      #expect(throws: DecodingError.self) { try decode(Double.self, bad) }
    }
    #expect(throws: DecodingError.self) { try decode(Float.self, "1e39") }
  }

  @Test("has every scalar of a string")
  func strings() throws {
    var all = ""
    for value in [0..<0x3000, 0xD7F0..<0xE010, 0xFFF0..<0x10010, 0x1F600..<0x1F610, 0x10FFF0..<0x110000] {
      for scalar in value.compactMap({ Unicode.Scalar(UInt32($0)) }) { all.unicodeScalars.append(scalar) }
    }
    #expect(try Array(again(all).unicodeScalars) == Array(all.unicodeScalars))
    #expect(try text("\u{0}\u{1F}\n\r\t\"\\/é😀\u{7F}") == #""\u0000\u001f\n\r\t\"\\/é😀"# + "\u{7F}\"")
    #expect(try decode(String.self, #""\b\f\n\r\t\"\\\/\u0041\u00e9\uD83D\ude00""#) == "\u{8}\u{C}\n\r\t\"\\/Aé😀")
  }

  @Test("has the shape of the value, with sorted keys")
  func shapes() throws {
    #expect(try text(Shapes.sample) == Shapes.text)
    #expect(try again(Shapes.sample) == Shapes.sample)
    #expect(try text(Child(inherited: 1, own: 2)) == #"{"own": 2, "super": {"inherited": 1}}"#)
    #expect(try again(Child(inherited: 1, own: 2)).inherited == 1)
    #expect(try text(Nothing()) == "{}")
    #expect(try text([Int?.none, 1]) == "[null, 1]")
  }

  @Test("has keys that are equal but for their bytes, in the order of these")
  func keys() throws {
    let keys = ["e\u{301}", "é"].map(JSONKey.init(stringValue:))
    let text = try text(
      ByHand { encoder in
        var container = encoder.container(keyedBy: JSONKey.self)
        for key in keys.reversed() { try container.encode(key.stringValue.utf8.count, forKey: key) }
      })
    #expect(Array(text.utf8) == Array("{\"e\u{301}\": 3, \"é\": 2}".utf8))
    guard case .object(let members) = try JSONParser.parse(text) else { return #expect(Bool(false)) }
    #expect(members.count == 2)
    #expect(
      keys.allSatisfy {
        if case .number(String($0.stringValue.utf8.count))? = members[$0.stringValue] { true } else { false }
      })
  }

  @Test("does not depend on the order of a hash table")
  func hashOrder() throws {
    let numbers = (0..<100).map(Double.init)
    var backwards = Set<Double>(minimumCapacity: 3_000)
    for number in numbers.reversed() { backwards.insert(number) }
    #expect(try text(Set(numbers)) == text(backwards))
    var pairs: [Double: Set<Int>] = [:]
    pairs.reserveCapacity(3_000)
    for number in numbers.reversed() { pairs[number] = [1, 2, Int(number)] }
    #expect(try text(pairs) == text(Dictionary(uniqueKeysWithValues: numbers.map { ($0, Set([1, 2, Int($0)])) })))
    #expect(try again(pairs) == pairs)
    #expect(try text([2: "b", 1: "a"]) == #"{"1": "a", "2": "b"}"#)
    #expect(try again([2: "b", 1: "a"]) == [2: "b", 1: "a"])
  }

  @Test("may be written to several open containers by turns")
  func turns() throws {
    let value = ByHand { encoder in
      var outer = encoder.unkeyedContainer()
      var one = outer.nestedUnkeyedContainer()
      var other = outer.nestedContainer(keyedBy: JSONKey.self)
      let late = outer.superEncoder()
      for number in 0..<2 {
        try one.encode(number)
        try other.encode(number, forKey: JSONKey(stringValue: "k\(number)"))
      }
      try outer.encode("last")
      try Shapes.Choice.plain.encode(to: late)
    }
    #expect(try text(value) == #"[[0, 1], {"k0": 0, "k1": 1}, {"plain": {}}, "last"]"#)
  }

  @Test("is refused if it is no tree, or as deep as none")
  func refused() {
    let mixed = ByHand { encoder in
      var list = encoder.unkeyedContainer()
      try list.encode(1)
      var single = encoder.singleValueContainer()
      try single.encode(2)
    }
    #expect(problem(mixed) == "it writes values of different kinds to one place")
    let twice = ByHand { encoder in
      var container = encoder.container(keyedBy: JSONKey.self)
      for number in 0..<2 { try container.encode(number, forKey: JSONKey(stringValue: "k")) }
    }
    #expect(problem([twice]) == "[0]: it writes the key 'k' twice")
    #expect(problem(Endless()) == "[0]: it has values more than 500 deep in each other")
    let nested = ByHand { encoder in
      var container = encoder.unkeyedContainer()
      for _ in 0..<600 { container = container.nestedUnkeyedContainer() }
    }
    #expect(problem(nested) == "[0]: it has values more than 500 deep in each other")
  }

  private func problem(_ value: any Encodable) -> String {
    do {
      return try text(value)
    } catch {
      return JSONPlace.describe(error)
    }
  }
}

private struct Nothing: Encodable {
  func encode(to encoder: any Encoder) {}
}

private struct ByHand: Encodable {
  let body: (any Encoder) throws -> Void
  func encode(to encoder: any Encoder) throws { try body(encoder) }
}

private struct Wide: Codable, Equatable {
  var signed: Int128
  var unsigned: UInt128
  var some: Int128? = 5
  var none: UInt128?
}

/// Opens the containers for its numbers itself.
private struct WidePair: Codable, Equatable {
  var signed: Int128
  var unsigned: UInt128

  init(signed: Int128, unsigned: UInt128) {
    self.signed = signed
    self.unsigned = unsigned
  }

  init(from decoder: any Decoder) throws {
    var container = try decoder.unkeyedContainer()
    signed = try container.decode(Int128.self)
    unsigned = try container.superDecoder().singleValueContainer().decode(UInt128.self)
  }

  func encode(to encoder: any Encoder) throws {
    var container = encoder.unkeyedContainer()
    try container.encode(signed)
    var single = container.superEncoder().singleValueContainer()
    try single.encode(unsigned)
  }
}

private struct Endless: Encodable {
  func encode(to encoder: any Encoder) throws {
    var container = encoder.unkeyedContainer()
    try container.encode(Endless())
  }
}

private struct Shapes: Codable, Equatable {
  enum Choice: Codable, Equatable {
    case plain
    case loaded(Int, name: String)
  }

  var zebra: Bool
  var apple: [[Int?]]
  var choices: [Choice]
  var missing: Int?
  var range: Range<Int>

  static let sample = Shapes(
    zebra: true, apple: [[1, nil], []], choices: [.plain, .loaded(1, name: "x")], missing: nil, range: 1..<5)
  static let text =
    #"{"apple": [[1, null], []], "choices": [{"plain": {}}, {"loaded": {"_0": 1, "name": "x"}}], "#
    + #""range": [1, 5], "zebra": true}"#
}

private class Parent: Codable {
  let inherited: Int
  init(inherited: Int) { self.inherited = inherited }
}

private final class Child: Parent {
  let own: Int

  private enum CodingKeys: CodingKey { case own }

  init(inherited: Int, own: Int) {
    self.own = own
    super.init(inherited: inherited)
  }

  required init(from decoder: any Decoder) throws {
    let container = try decoder.container(keyedBy: CodingKeys.self)
    own = try container.decode(Int.self, forKey: .own)
    try super.init(from: container.superDecoder())
  }

  override func encode(to encoder: any Encoder) throws {
    var container = encoder.container(keyedBy: CodingKeys.self)
    try container.encode(own, forKey: .own)
    try super.encode(to: container.superEncoder())
  }
}
