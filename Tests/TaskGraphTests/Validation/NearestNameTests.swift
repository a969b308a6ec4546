import Testing

@testable import TaskGraph

@Suite("The nearest name")
struct NearestNameTests {
  @Test(
    "finds the name that was meant",
    arguments: [
      ("close", "close"), ("Close", "close"), ("clsoe", "close"), ("colse", "close"), ("closee", "close"),
      ("clos", "close"), ("SYMBL", "symbol"), ("adjustde", "adjusted"), ("hihg", "high"), ("price", nil), ("", nil),
      ("volatility", nil),
    ] as [(String, String?)])
  func find(name: String, expected: String?) {
    let names = ["symbol", "date", "open", "high", "low", "close", "volume", "adjusted"]
    #expect(NearestName.find(name, among: names) == expected)
    #expect(NearestName.suggestion(name, among: names) == expected.map { "did you mean '\($0)'?" })
  }

  @Test("prefers the nearest, and of equals the first")
  func order() {
    #expect(NearestName.find("abcd", among: ["abxx", "abce", "abcf"]) == "abce")
    #expect(NearestName.find("abcd", among: ["abcf", "abcd"]) == "abcd")
    #expect(NearestName.find("a", among: [String]()) == nil)
  }
}
