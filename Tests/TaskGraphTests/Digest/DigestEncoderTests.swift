import Testing

@testable import TaskGraph

@Suite("The digest of a value")
struct DigestEncoderTests {
  private func digest(_ value: any Encodable) -> UInt128 { DigestEncoder.digest(name: "", value: value).value }

  @Test("is FNV-1a of 128 bits")
  func knownHash() {
    var digest = Digest()
    #expect(digest.value == 0x6c62_272e_07bb_0142_62b8_2175_6295_c58d)
    // The published value for the text "foobar".
    for byte in "foobar".utf8 { digest.absorb(byte: byte) }
    #expect(digest.value == 0x343e_1662_793c_64bf_6f0d_3597_ba44_6f18)
  }

  @Test("differs for values that differ in content or structure alone")
  func different() {
    let values: [any Encodable] = [
      ["a", "bc"], ["ab", "c"], ["abc"], ["abc", ""], "abc", "",
      [[1], [2]], [[1, 2]], [[1, 2], []], [[], [1, 2]], [1, 2], [2, 1],
      [Int](), [[Int]()], [Int?.none], [Int?.some(0)], Int?.none, [[Int?.none]],
      0, false, 0.0, -0.0, "0", 1, true, 1.0, -1, UInt8.max, UInt64.max,
      ["a": 1, "b": 2], ["a": 2, "b": 1], ["a": 1], [String: Int](), Set([1, 2]), Set([1, 3]),
      Pair(first: 1, second: nil), Pair(first: nil, second: 1), Pair(first: nil, second: nil), Nothing(), [Nothing()],
      Choice.one(Pair(first: 1, second: 2)), Choice.two(1, 2), Choice.one(Pair(first: nil, second: nil)),
    ]
    var seen: [UInt128: Int] = [:]
    for (index, value) in values.enumerated() {
      if let other = seen.updateValue(index, forKey: digest(value)) {
        Issue.record("\(values[other]) and \(value) have the same digest")
      }
    }
  }

  @Test("is the same for equal values, whatever their order in memory")
  func equal() {
    let names = (0..<100).map { "name \($0)" }
    var backwards: [String: Int] = [:]
    backwards.reserveCapacity(5_000)
    for name in names.reversed() { backwards[name] = name.utf8.count }
    let forwards = Dictionary(uniqueKeysWithValues: names.map { ($0, $0.utf8.count) })
    #expect(digest(forwards) == digest(backwards))
    #expect(digest([Set(names)]) == digest([Set(names.reversed())]))
    #expect(digest(Pair(first: 1, second: 2)) == digest(Pair(first: 1, second: 2)))
    // Integers count by value, not by width.
    #expect(digest(-1) == digest(Int8(-1)))
  }

  @Test("differs for sets and dictionaries that have elements in common")
  func unordered() {
    #expect(digest(Set([0, 3])) != digest(Set([1, 2])))
    var seen: [UInt128: Set<Int>] = [:]
    for bits in 0..<4096 {
      let set = Set((0..<12).filter { bits >> $0 & 1 == 1 })
      if let other = seen.updateValue(set, forKey: digest(set)) { Issue.record("\(set) and \(other)") }
    }
    var pairs: [UInt128: [String: Int]] = [:]
    for first in 0..<20 {
      for second in 0..<20 {
        let table = ["a": first, "b": second]
        if let other = pairs.updateValue(table, forKey: digest(table)) { Issue.record("\(table) and \(other)") }
      }
    }
  }

  @Test("is exact for integers of 128 bits, wherever they stand")
  func wideIntegers() {
    struct Wide: Encodable {
      var signed: Int128
      var unsigned: UInt128
      var list: [Int128]
    }
    let values = [
      Wide(signed: .min, unsigned: .max, list: [.max]), Wide(signed: .max, unsigned: .max, list: [.max]),
      Wide(signed: .min, unsigned: 0, list: [.max]), Wide(signed: .min, unsigned: .max, list: [.min]),
    ]
    let digests = values.map { DigestEncoder.digest(name: "", value: $0) }
    #expect(digests.map(\.isExact) == [true, true, true, true])
    #expect(Set(digests.map(\.value)).count == values.count)
    #expect(digest(Int128(5)) != digest(Int128(6)))
  }

  @Test("covers nested containers and super encoders that a type opens itself")
  func containers() {
    let values = [
      ByHand(numbers: [1, 2], flag: true, base: 3), ByHand(numbers: [1], flag: true, base: 3),
      ByHand(numbers: [1, 2], flag: false, base: 3), ByHand(numbers: [1, 2], flag: true, base: 4),
    ]
    #expect(Set(values.map(digest)).count == values.count)
  }

  @Test("of a value that cannot be encoded is that of its name and the part before the error")
  func failing() {
    #expect(digest(Failing(before: 1)) == digest(Failing(before: 1)))
    #expect(digest(Failing(before: 1)) != digest(Failing(before: 2)))
    #expect(!DigestEncoder.digest(name: "", value: [Failing(before: 1)]).isExact)
    #expect(DigestEncoder.digest(name: "", value: 1).isExact)
    #expect(DigestEncoder.digest(name: "a", value: 1).value != DigestEncoder.digest(name: "b", value: 1).value)
  }
}

private struct Pair: Encodable {
  var first: Int?
  var second: Int?
}

private struct Nothing: Encodable {
  func encode(to encoder: any Encoder) {}
}

private enum Choice: Encodable {
  case one(Pair)
  case two(Int, Int)
}

private struct ByHand: Encodable {
  var numbers: [Int]
  var flag: Bool
  var base: Int

  enum Key: CodingKey { case outer, inner, list }

  func encode(to encoder: any Encoder) throws {
    var container = encoder.container(keyedBy: Key.self)
    var inner = container.nestedContainer(keyedBy: Key.self, forKey: .outer)
    var list = inner.nestedUnkeyedContainer(forKey: .list)
    for number in numbers {
      var one = list.nestedUnkeyedContainer()
      try one.encode(number)
      try one.encodeNil()
    }
    // By turns into two containers, which an encoder must allow.
    try inner.encode(flag, forKey: .inner)
    try base.encode(to: container.superEncoder())
    try base.encode(to: list.superEncoder())
  }
}

private struct Failing: Encodable {
  var before: Int
  struct Refusal: Error {}

  func encode(to encoder: any Encoder) throws {
    var container = encoder.unkeyedContainer()
    try container.encode(before)
    throw Refusal()
  }
}
