import Columnar
import Testing

@testable import LazyFrame

/// What holds for every function, whatever it computes.
@Suite("All functions")
struct FunctionKernelsTests {
  /// The columns of one call as a user could write it, with the constants it needs.
  private static func arguments(_ function: ScalarFunction) -> [ResolvedExpression] {
    let (number, text) = (ResolvedExpression.column("number", .float64), ResolvedExpression.column("text", .string))
    switch function {
    case .abs, .sign, .floor, .ceil, .sqrt, .exp, .ln, .log10: return [number]
    case .round: return [number, .literal(.int(1), .int64)]
    case .pow: return [number, .column("integer", .int64)]
    case .lower, .upper, .trim, .length: return [text]
    case .substr: return [text, .column("integer", .int64), .literal(.int(4), .int64)]
    case .replace: return [text, .literal(.string("t"), .string), .column("other", .string)]
    case .contains, .startsWith, .endsWith: return [text, .literal(.string("t"), .string)]
    case .like: return [text, .literal(.string("%4_"), .string)]
    case .year, .quarter, .month, .week, .day, .weekday, .hour, .minute, .second: return [.column("date", .date)]
    case .dateTrunc: return [.literal(.string("month"), .string), .column("moment", .datetime)]
    case .coalesce, .nullif: return [text, .column("other", .string)]
    case .isIn: return [.column("integer", .int64), .literal(.int(2919), .int64), .literal(.int(1), .int64)]
    }
  }

  private static func batch(_ count: Int, _ nulls: KernelSamples.Nulls) -> RecordBatch {
    let types: [(String, DType)] = [
      ("number", .float64), ("integer", .int64), ("text", .string), ("other", .string), ("date", .date),
      ("moment", .datetime),
    ]
    let columns = types.enumerated().map { KernelSamples.column($1.1, count: count, nulls, seed: $0 * 3) }
    return RecordBatch(schema: Schema(types.map { Field($0.0, $0.1) }), columns: columns, rowCount: count)
  }

  private static func slice(_ batch: RecordBatch, _ row: Int) -> RecordBatch {
    RecordBatch(
      schema: batch.schema, columns: batch.columns.map { RowKernels.slice($0, row..<row + 1) }, rowCount: 1)
  }

  @Test("a row's value depends on that row alone, at each length and with nulls", arguments: ScalarFunction.allCases)
  func rowByRow(function: ScalarFunction) throws {
    let expression = try FunctionSignature.resolve(function, FunctionKernelsTests.arguments(function))
    for count in KernelSamples.counts {
      for nulls in KernelSamples.Nulls.allCases {
        let batch = FunctionKernelsTests.batch(count, nulls)
        let result = try Evaluator.evaluate(expression, batch)
        #expect(result.type == expression.type)
        #expect(result.count == count)
        #expect(result.isWellFormed)
        for row in 0..<count {
          let alone = try Evaluator.evaluate(expression, FunctionKernelsTests.slice(batch, row))
          #expect(result[row].description == alone[0].description)
        }
      }
    }
  }

  @Test("null in, null out", arguments: ScalarFunction.allCases)
  func nulls(function: ScalarFunction) throws {
    let expression = try FunctionSignature.resolve(function, FunctionKernelsTests.arguments(function))
    let batch = FunctionKernelsTests.batch(65, .some)
    let result = try Evaluator.evaluate(expression, batch)
    for row in 0..<65 {
      let isNull = KernelSamples.Nulls.some.contains(row)
      #expect(result.isNull(at: row) == isNull, "row \(row)")
    }
  }

  @Test("the null of no type is an argument of every function", arguments: ScalarFunction.allCases)
  func untypedNulls(function: ScalarFunction) throws {
    var arguments = FunctionKernelsTests.arguments(function)
    let position = function == .dateTrunc ? 1 : 0
    arguments[position] = .literal(.null, .null)
    let expression = try FunctionSignature.resolve(function, arguments)
    let result = try Evaluator.evaluate(expression, FunctionKernelsTests.batch(65, .none))
    #expect(result.type == expression.type)
    if function != .coalesce { #expect(result.nullCount == 65) }
  }
}
