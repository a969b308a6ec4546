import Columnar
import TestSupport
import Testing

@testable import LazyFrame

@Suite("The form of short texts")
struct TextFormTests {
  private func guess(_ texts: [String?]) -> TextForm? { TextForm(guessing: [Column(texts)]) }

  /// What the bits of each text give back, by way of the words of keys.
  private func roundTrip(_ form: TextForm, _ texts: [String?]) -> [Value] {
    let encoder = KeyEncoder(types: [.string], forms: [.text(form)])
    let rows = KeyRows(wordCount: encoder.wordCount)
    encoder.encode([Column(texts)], rowCount: texts.count, into: rows, StringInterner())
    for row in texts.indices { #expect(rows.words[row] >> UInt64(form.bits) == 0) }
    return encoder.decode(rows.words, stride: 1, count: texts.count, StringInterner())[0].all
  }

  @Test("is a number where all end in as many digits")
  func digits() throws {
    let texts = ["id001", nil, "id100", "id042"]
    let form = try #require(guess(texts))
    #expect((form.digits?.count, form.bits) == (3, 7))
    #expect(roundTrip(form, texts) == Column(texts).all)
    // Of as many bits there is room for numbers above.
    #expect(
      KeyForm.text(form).misfits(Column(["id110", "id999", "id99", "ie001", "id0001", "id0a1", "", nil])) == [
        1, 2, 3, 4, 5, 6,
      ])
    let long = try #require(guess(["x00000000001", "x00000099999"]))
    #expect((long.digits?.count, long.bits) == (8, 17))
    #expect(roundTrip(long, ["x00000012345"]) == [.string("x00000012345")])
    let largest = try #require(guess(["99999999", "00000000"]))
    #expect(
      roundTrip(largest, ["99999999", "00000000", "12345678"]) == Column(["99999999", "00000000", "12345678"]).all)
  }

  @Test("is the bytes behind what all begin with, and how many there are")
  func bytes() throws {
    let symbols = ["AAPL", "F", nil, "MSFT", "BRKB"]
    let form = try #require(guess(symbols))
    #expect((form.digits == nil, form.bits) == (true, 35))
    #expect(roundTrip(form, symbols) == Column(symbols).all)
    #expect(
      KeyForm.text(form).misfits(Column(["", "GOOGL", "A", "é", "éé", "a text too long for a view", nil])) == [0, 1, 5])
    let alike = try #require(guess(["item-17-x", "item-2-yy", "item-33"]))
    #expect(alike.bits == 8 * 4 + 2)
    #expect(KeyForm.text(alike).misfits(Column(["item-", "itemx17-x", "item-1", "item-17-xx"])) == [0, 1, 2, 3])
  }

  @Test("of one text, of empty ones and of texts that fill their view has few bits")
  func corners() throws {
    for texts: [String?] in [["same", "same", nil], ["", nil], ["twelve bytes", "twelve bytes"], ["0\u{0}", "0"]] {
      let form = try #require(guess(texts))
      #expect(form.bits < 12)
      #expect(roundTrip(form, texts) == Column(texts).all)
    }
  }

  @Test("there is none of long texts, of texts that differ in many bytes, and of none")
  func none() {
    #expect(guess(["a text too long for a view"]) == nil)
    #expect(guess(["abcdefgh", "bcdefghi"]) == nil)
    #expect(guess([nil, nil]) == nil)
    #expect(guess([]) == nil)
    #expect(guess(["id1", "id22", "a text too long for a view"]) == nil)
  }

  @Test("gives back every text that fits, and finds every other", arguments: 0..<40)
  func property(seed: Int) {
    var random = SplitMix64(seed: UInt64(seed))
    let alphabets = [Array("0123456789"), Array("ab"), Array("az09\u{0}é/:")]
    func text(_ prefix: String, _ lengths: ClosedRange<Int>, _ alphabet: [Character]) -> String {
      let length = lengths.lowerBound + Int(random.next() % UInt64(lengths.count))
      return prefix + String((0..<length).map { _ in alphabet[Int(random.next() % UInt64(alphabet.count))] })
    }
    let alphabet = alphabets[seed % 3]
    let prefix = String("id-00000".prefix(seed % 9))
    let shortest = Int(random.next() % 5)
    let lengths = shortest...(shortest + Int(random.next() % 3))
    let sample = (0..<50).map { _ in text(prefix, lengths, alphabet) }
    guard let form = guess(sample) else { return }
    #expect(KeyForm.text(form).misfits(Column(sample)).isEmpty)
    #expect(roundTrip(form, sample) == Column(sample).all)
    let others = sample + (0..<500).map { _ in text(prefix, 0...6, alphabets[Int(random.next() % 3)]) }
    let misfits = Set(KeyForm.text(form).misfits(Column(others)))
    let fitting = others.indices.filter { !misfits.contains(UInt32($0)) }.map { others[$0] }
    #expect(fitting.count >= sample.count)
    #expect(roundTrip(form, fitting) == Column(fitting).all)
    // Those that were sent away have texts that nothing else stands for.
    let words = Set(fitting).count
    #expect(Set(roundTrip(form, fitting)).count == words)
  }
}
