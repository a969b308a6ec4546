import TestSupport
import Testing

@testable import TaskGraph

@Suite("The nearest name")
struct NearestNameTests {
  private static let columns = ["symbol", "date", "open", "high", "low", "close", "volume", "adjusted"]

  @Test(
    "finds the name that was meant",
    arguments: [
      ("close", "close"), ("Close", "close"), ("clsoe", "close"), ("colse", "close"), ("cloze", "close"),
      ("closee", "close"), ("clos", "close"), ("SYMBL", "symbol"), ("ajusted", "adjusted"), ("adjustde", "adjusted"),
      ("price", nil), ("xyzzy", nil), ("", nil), ("volatility", nil), ("hihg", "high"),
    ] as [(String, String?)])
  func find(name: String, expected: String?) {
    #expect(NearestName.find(name, among: Self.columns) == expected)
  }

  @Test("prefers the nearest, and of equals the first")
  func order() {
    #expect(NearestName.find("abcd", among: ["abxx", "abce", "abcf"]) == "abce")
    #expect(NearestName.find("abcd", among: ["abcf", "abcd"]) == "abcd")
    #expect(NearestName.find("a", among: [String]()) == nil)
  }

  @Test("is the distance of a plain dynamic programme on random words")
  func randomWords() {
    var generator = SplitMix64(seed: 3)
    for _ in 0..<300 {
      let words = (0..<3).map { _ in
        String(
          (0..<Int.random(in: 1...9, using: &generator)).map { _ in "abc".randomElement(using: &generator) ?? "a" })
      }
      let wanted = words[0]
      let candidates = Array(words[1...])
      let best = candidates.map { ($0, distance(Array(wanted), Array($0))) }.filter {
        $0.1 <= max(1, max(wanted.count, $0.0.count) / 3) && $0.1 < max(wanted.count, $0.0.count)
      }.min { $0.1 < $1.1 }
      #expect(NearestName.find(wanted, among: candidates) == best?.0, "\(words)")
    }
  }

  /// The definition, by recursion over the ends.
  private func distance(_ left: [Character], _ right: [Character]) -> Int {
    var known: [[Int]: Int] = [:]
    func between(_ i: Int, _ j: Int) -> Int {
      if i == 0 || j == 0 { return i + j }
      if let result = known[[i, j]] { return result }
      var result = min(between(i - 1, j), between(i, j - 1)) + 1
      result = min(result, between(i - 1, j - 1) + (left[i - 1] == right[j - 1] ? 0 : 1))
      if i > 1, j > 1, left[i - 1] == right[j - 2], left[i - 2] == right[j - 1] {
        result = min(result, between(i - 2, j - 2) + 1)
      }
      known[[i, j]] = result
      return result
    }
    return between(left.count, right.count)
  }

  @Test("asks whether the name was meant")
  func suggestion() {
    #expect(NearestName.suggestion("clsoe", among: Self.columns) == "did you mean 'close'?")
    #expect(NearestName.suggestion("price", among: Self.columns) == nil)
  }
}
