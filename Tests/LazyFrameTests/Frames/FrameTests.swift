import Foundation
import Testing

@testable import LazyFrame

/// The cases of `Tests/Fixtures/frames`.
@Suite("Frames in text") struct FrameTests {
  /// One way to compute.
  private struct Way: CustomStringConvertible {
    var pieces: Int?
    var threads: Int?
    var disabled: Set<String> = []

    var description: String {
      "\(pieces.map(String.init) ?? "many") partitions, \(threads.map { "\($0) threads" } ?? "serially")"
        + (disabled.isEmpty ? "" : ", without \(disabled.sorted().joined(separator: ", "))")
    }

    var options: ComputeOptions {
      var options = ComputeOptions(threads: threads)
      if threads == nil { options.executor = SerialExecutor() }
      options.disabledPasses = disabled
      return options
    }
  }

  private static let ways: [Way] = {
    let passes = Optimizer.Pass.allCases.map(\.rawValue)
    return [
      Way(pieces: 1, threads: 2), Way(pieces: 7), Way(pieces: 7, threads: 2), Way(pieces: nil),
      Way(pieces: nil, threads: 2), Way(pieces: 1, disabled: Set(passes)), Way(pieces: nil, disabled: Set(passes)),
    ] + passes.map { Way(pieces: 7, disabled: [$0]) }
  }()

  @Test("the answer is the expected one, however it is computed", arguments: FrameCase.all)
  func answer(_ test: FrameCase) throws {
    if let error = test.error { return expectError(test, error) }
    let expected = try TextTable(test.expected)
    let first = try test.frame(pieces: 1).compute(Way(pieces: 1).options)
    #expect(first.schema == expected.schema)
    try #require(first.rowCount == expected.rows.count, "\(text(first))")
    for (index, row) in first.rows.enumerated() {
      let isEqual = row.count == expected.rows[index].count && zip(row, expected.rows[index]).allSatisfy(matches)
      #expect(isEqual, "row \(index + 1) is \(row), and should be \(expected.rows[index])")
    }
    for way in FrameTests.ways {
      let frame = try test.frame(pieces: way.pieces).compute(way.options)
      #expect(bits(frame) == bits(first), "\(way)")
      #expect(frame.schema == first.schema, "\(way)")
    }
  }

  private func expectError(_ test: FrameCase, _ message: String) {
    for way in [Way(pieces: 1)] + FrameTests.ways {
      do {
        let frame = try test.frame(pieces: way.pieces).compute(way.options)
        Issue.record("nothing was thrown, but there are \(frame.rowCount) rows: \(way)")
      } catch var error as LazyFrameError {
        // The optimiser may have written the expression that failed in another way.
        error.expression = nil
        #expect("\(error)".split(separator: "\n").joined(separator: " / ") == message, "\(way)")
      } catch {
        #expect("\(error)".split(separator: "\n").joined(separator: " / ") == message, "\(way)")
      }
    }
  }

  private func text(_ frame: DataFrame) -> String {
    ([frame.schema.description] + frame.rows.map { "\($0)" }).joined(separator: "\n")
  }

  /// The same value, and of floats the same but for the last digits: sums are rounded in different orders elsewhere.
  private func matches(_ value: Value, _ expected: Value) -> Bool {
    switch (value, expected) {
    case (.double(let value), .double(let expected)):
      if value.isNaN || expected.isNaN { return value.isNaN && expected.isNaN }
      if value == expected { return value.sign == expected.sign }
      return abs(value - expected) <= 1e-12 * max(abs(value), abs(expected))
    case (.list(let values), .list(let expected)):
      return values.count == expected.count && zip(values, expected).allSatisfy(matches)
    default: return value == expected
    }
  }
}
