import CSVSIMD
import TestSupport
import Testing

@testable import CSV

@Suite("The separator kernels")
struct SeparatorKernelTests {
  @Test("equal a plain state machine at every length and every start of a chunk", arguments: Variant.available)
  func lengths(variant: Variant) {
    let text = Array(
      #"a,"x,""y"",z",5" pipe,"q"t"u,"#.utf8 + [10] + #""","","""",b"#.utf8 + [13, 10] + #"é,"日"#.utf8 + [10]
        + #"本",,"#.utf8)
    for length in 0...200 {
      for offset in stride(from: 0, to: 64, by: length < 70 ? 1 : 7) {
        let bytes = (0..<length).map { text[($0 + offset) % text.count] }
        check(variant, bytes, inQuote: false, mayOpen: true)
      }
      let bytes = (0..<length).map { text[$0 % text.count] }
      check(variant, bytes, inQuote: true, mayOpen: false)
      check(variant, bytes, inQuote: false, mayOpen: false)
    }
  }

  @Test("equal it for each special byte at each place of three chunks", arguments: Variant.available)
  func places(variant: Variant) {
    for position in 0..<192 {
      for insert in ["\"", "\"\"", ",", "\n", "\r\n", "\0", "é", "\",\"", "\"\n"] {
        for surroundings in ["a", "\"", ","] {
          let filler = UInt8(ascii: surroundings == "a" ? "a" : surroundings == "," ? "," : "b")
          var bytes = [UInt8](repeating: filler, count: 192)
          if surroundings == "\"" { bytes[0] = UInt8(ascii: "\"") }
          for (index, byte) in insert.utf8.enumerated() where position + index < 192 { bytes[position + index] = byte }
          check(variant, bytes, inQuote: false, mayOpen: true)
        }
      }
    }
  }

  @Test("equal it on random bytes, dialects and states", arguments: Variant.available)
  func random(variant: Variant) {
    Fuzz.run("separators \(variant)") { generator in
      let alphabets: [[UInt8]] = [
        Array("\",\nab".utf8), Array("\"".utf8), Array(",\n".utf8), Array("\"\"\"a,".utf8), Array(0...255),
        Array("aaaaaaaaaaaaaaaaaaaa,\n\"".utf8), [0, 34, 44, 10, 13, 0xC3, 0xA9],
      ]
      let alphabet = alphabets.randomElement(using: &generator) ?? []
      let length = Int.random(in: 0...300, using: &generator)
      let bytes = (0..<length).map { _ in alphabet.randomElement(using: &generator) ?? 0 }
      check(
        variant, bytes, delimiter: [44, 44, 59, 9, 124, 32].randomElement(using: &generator) ?? 44,
        quote: [34, 34, 34, 39, 0].randomElement(using: &generator) ?? 34,
        inQuote: Bool.random(using: &generator), mayOpen: Bool.random(using: &generator))
    }
  }

  @Test("carry their state over calls, wherever the bytes are cut", arguments: Variant.available)
  func splitCalls(variant: Variant) {
    let text =
      Array(#"a,"x,""y"",z",5" pipe,"q"t"u,"#.utf8) + [10]
      + Array(#"b,"""",""",""","and "more" of it, "so," it is"#.utf8)
    for cut in 0...text.count {
      var state = NaiveScan(delimiter: 44, quote: 34, inQuote: false, mayOpen: true).kernelState
      let whole = NaiveScan.run(text, delimiter: 44, quote: 34, inQuote: false, mayOpen: true)
      let found =
        find(variant, Array(text[..<cut]), &state) + find(variant, Array(text[cut...]), &state).map { $0 + UInt32(cut) }
      #expect(found == whole.offsets, "cut at \(cut)")
      #expect(state.newlines == whole.newlines && whole.newlines == 1)
    }
  }

  private func check(
    _ variant: Variant, _ bytes: [UInt8], delimiter: UInt8 = UInt8(ascii: ","), quote: UInt8 = UInt8(ascii: "\""),
    inQuote: Bool, mayOpen: Bool
  ) {
    let inQuote = inQuote && quote != 0
    let expected = NaiveScan.run(bytes, delimiter: delimiter, quote: quote, inQuote: inQuote, mayOpen: mayOpen)
    var state = NaiveScan(delimiter: delimiter, quote: quote, inQuote: inQuote, mayOpen: mayOpen).kernelState
    let found = find(variant, bytes, &state)
    // Compared first: an expectation with its message costs more than the kernel.
    let agrees =
      found == expected.offsets && (state.in_quote != 0) == expected.inQuote
      && (expected.inQuote || (state.may_open != 0) == expected.mayOpen) && state.newlines == expected.newlines
      && (state.has_quote != 0) == (quote != 0 && bytes.contains(quote)) && (state.has_nul != 0) == bytes.contains(0)
      && (state.has_non_ascii != 0) == bytes.contains { $0 > 127 }
    if !agrees { Issue.record("\(variant): \(found) for \(expected), \(state), \(bytes)") }
  }

  private func find(_ variant: Variant, _ bytes: [UInt8], _ state: inout csv_scan_state) -> [UInt32] {
    let padded = PaddedBytes(bytes, filler: state.quote == 0 ? 0 : state.quote)
    return [UInt32](unsafeUninitializedCapacity: bytes.count + 64) { offsets, count in
      count = variant.kernels.find_separators(padded.data, bytes.count, &state, offsets.baseAddress)
    }
  }
}

/// The record state machine, as plainly as it can be said.
struct NaiveScan {
  let delimiter: UInt8
  let quote: UInt8
  var inQuote: Bool
  var mayOpen: Bool
  var offsets: [UInt32] = []
  var newlines: UInt64 = 0

  var kernelState: csv_scan_state {
    var state = csv_scan_state()
    state.delimiter = delimiter
    state.quote = quote
    state.in_quote = inQuote ? 1 : 0
    state.may_open = mayOpen ? 1 : 0
    return state
  }

  static func run(_ bytes: [UInt8], delimiter: UInt8, quote: UInt8, inQuote: Bool, mayOpen: Bool) -> NaiveScan {
    var scan = NaiveScan(delimiter: delimiter, quote: quote, inQuote: inQuote, mayOpen: mayOpen)
    for (offset, byte) in bytes.enumerated() {
      if quote != 0, byte == quote {
        if scan.inQuote {
          scan.inQuote = false
          scan.mayOpen = true  // a second quote goes on
        } else if scan.mayOpen {
          scan.inQuote = true
        }
      } else if scan.inQuote {
        continue
      } else if byte == delimiter || byte == 10 {
        scan.offsets.append(UInt32(offset))
        scan.newlines += byte == 10 ? 1 : 0
        scan.mayOpen = true
      } else {
        scan.mayOpen = false
      }
    }
    return scan
  }
}
