import TestSupport
import Testing

@testable import LazyFrame

@Suite("Printing and reading expressions")
struct RoundTripTests {
  @Test(
    "what was read is printed as a text that reads the same",
    arguments: (OperatorTests.forms + PrimaryTests.forms + CallTests.forms + CallTests.scalarForms).map(\.text))
  func tables(text: String) throws {
    let parsed = try Expression.parse(text).unlocated
    #expect(try Expression.parse(parsed.description).unlocated == parsed, "\(parsed)")
  }

  @Test("random expressions are printed as texts that read the same", arguments: [1, 2, 3, 4] as [UInt64])
  func random(seed: UInt64) throws {
    var generator = SplitMix64(seed: seed)
    for round in 0..<500 {
      let expression = RoundTripTests.expression(4, &generator)
      let text = expression.description
      #expect(try Expression.parse(text).unlocated == expression, "seed \(seed), round \(round): \(text)")
    }
  }

  @Test("random words never crash the parser, and what they mean is stable", arguments: [5, 6, 7, 8] as [UInt64])
  func readsWords(seed: UInt64) throws {
    var generator = SplitMix64(seed: seed)
    var count = 0
    for round in 0..<5000 {
      let text = (0..<Int.random(in: 1...9, using: &generator)).map { _ in
        RoundTripTests.words.randomElement(using: &generator) ?? ""
      }.joined(separator: Bool.random(using: &generator) ? " " : "")
      do {
        for expression in try Expression.parseList(text) {
          let plain = expression.unlocated
          count += 1
          guard plain != Expression(.allColumns) else { continue }
          #expect(try Expression.parse(plain.description).unlocated == plain, "seed \(seed), round \(round): \(text)")
        }
      } catch let error as LazyFrameError {
        let span = try #require(error.span, "seed \(seed), round \(round): \(text)")
        #expect(0 <= span.start && span.start <= span.end && span.end <= text.utf8.count, "\(text)")
        #expect(error.placed(in: text) != nil)
      }
      _ = try? Expression.parseSortKeys(text)
    }
    // The words must meet often enough for the test to mean something.
    #expect(count > 200)
  }

  @Test("random bytes never crash the parser", arguments: [9, 10] as [UInt64])
  func bytes(seed: UInt64) {
    var generator = SplitMix64(seed: seed)
    for _ in 0..<5000 {
      let length = Int.random(in: 0...24, using: &generator)
      let bytes = (0..<length).map { _ in
        UInt8.random(in: 0...255, using: &generator) & (Bool.random(using: &generator) ? 0x7F : 0xFF)
      }
      let text = String(decoding: bytes, as: UTF8.self)
      do {
        _ = try Expression.parseList(text)
      } catch let error as LazyFrameError {
        #expect(error.placed(in: text) != nil)
      } catch {
        Issue.record(error)
      }
    }
  }

  private static let words = [
    "a", "b", "\"c d\"", "\"\"", "1", "2.5", "'x'", "''", "null", "true", "and", "or", "not", "in", "is", "like",
    "between",
    "case", "when", "then", "else", "end", "cast", "as", "int", "date", "date '2020-01-31'", "'", "\"", "(", "(", "(",
    ")",
    ")", ")", ",", "*", "+", "-", "-", "/", "%", "||", "=", "<>", "<", ">=", ":", "desc", "mean", "mean(", "count(",
    "quantile(", "over (", "partition by", "order by", "shift(", "rolling_sum(", "abs(", "round(", "corr(", "a", "b",
    "1", "+", "&", "é", "\t",
  ]

  /// An expression in the shape that the parser gives it.
  private static func expression(_ depth: Int, _ generator: inout SplitMix64) -> Expression {
    func inner() -> Expression { expression(depth - 1, &generator) }
    switch depth == 0 ? Int.random(in: 0...2, using: &generator) : Int.random(in: 0...13, using: &generator) {
    case 0:
      return col(["a", "case", "größe", "x y", "1st", "", "Null", "q\"q"].randomElement(using: &generator) ?? "a")
    case 1:
      let values: [Value] = [
        .null, .bool(true), .bool(false), .int(7), .int(-7), .int(.min), .double(0.1), .double(-2.5e300),
        .double(.leastNonzeroMagnitude),
        .string("it's"), .string("a\nb"), .date(days: 18_292), .datetime(microseconds: 1_580_463_000_000_001),
      ]
      return lit(values.randomElement(using: &generator) ?? .null)
    case 2: return depth > 0 ? inner() : col("z")
    case 3, 4, 5:
      let operations: [BinaryOperator] = [
        .add, .subtract, .multiply, .divide, .remainder, .concatenate, .equal, .notEqual, .less, .lessOrEqual, .greater,
        .greaterOrEqual, .and, .or,
      ]
      return Expression(.binary(operations.randomElement(using: &generator) ?? .add, inner(), inner()))
    case 6: return !inner()
    case 7: return Bool.random(using: &generator) ? inner().isNull() : inner().isNotNull()
    case 8:
      let operand = inner()
      // The parser takes the sign of a number into the number.
      if case .literal(let value) = operand.node, value.number != nil { return operand }
      return -operand
    case 9:
      return Bool.random(using: &generator)
        ? inner().isIn([inner(), inner()]) : Expression(.function(.like, [inner(), inner()]))
    case 10: return Bool.random(using: &generator) ? inner().pow(inner()) : inner().cast(to: .float64)
    case 12:
      let windows = [
        inner().shift(-2, fill: inner()), inner().rank(method: .dense, descending: true), rowNumber(),
        inner().rolling(rows: 3).mean(), inner().rolling(by: col("t"), window: "7d", minimum: 2).quantile(0.1),
        inner().mean(), inner().cumSum() + inner(),
      ]
      let window = windows.randomElement(using: &generator) ?? rowNumber()
      let order = SortKey(inner(), descending: Bool.random(using: &generator))
      return [window.over(), window.over(inner(), inner()), window.over([inner()], orderBy: [order])]
        .randomElement(using: &generator) ?? window
    case 11: return when(inner()).then(inner()).when(inner()).then(inner()).otherwise(inner())
    default: return Bool.random(using: &generator) ? inner().quantile(0.25) : inner().correlation(with: inner())
    }
  }
}
