import LazyFrame
import Testing

/// A text that cannot be parsed, and what is said about it.
struct Mistake: CustomTestStringConvertible, Sendable {
  let text: String
  let message: String
  let place: Range<Int>?
  let hint: String?
  let code: LazyFrameError.Code

  /// - Parameter place: the bytes that are underlined; nil where any will do.
  init(
    _ text: String, _ message: String, at place: Range<Int>?, hint: String? = nil, code: LazyFrameError.Code = .syntax
  ) {
    self.text = text
    self.message = message
    self.place = place
    self.hint = hint
    self.code = code
  }

  var testDescription: String { String(text.prefix(60)) }

  func check(_ parse: (String) throws -> Void) throws {
    let error = try #require(throws: LazyFrameError.self) { try parse(text) }
    #expect(error.message == message)
    #expect(error.code == code)
    let span = try #require(error.span)
    if let place { #expect(span.start..<span.end == place, "\(error.placed(in: text) ?? "")") }
    if let hint { #expect(error.hint == hint) }
  }
}
