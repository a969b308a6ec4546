import Columnar

/// Computes expressions over a batch, a column at a time: the type is looked at once, then a tight loop runs.
enum Evaluator {
  /// The values of the expression for each row of the batch. O(rows · nodes).
  ///
  /// - Throws: `LazyFrameError` when integers overflow, and when a strict cast meets a value without an equal.
  static func evaluate(_ expression: ResolvedExpression, _ batch: RecordBatch) throws -> Column {
    do {
      return try compute(expression, batch)
    } catch let error as LazyFrameError {
      throw error.about(expression.description)
    }
  }

  private static func compute(_ expression: ResolvedExpression, _ batch: RecordBatch) throws -> Column {
    if let column = try overDictionary(expression, batch) { return column }
    switch expression {
    case .column(let name, _):
      guard let column = batch[name] else {
        preconditionFailure("the plan reads column '\(name)', which the batch does not have")
      }
      return column
    case .literal(let value, let type): return Column(repeating: value, type: type, count: batch.rowCount)
    case .cast(let operand, let type): return CastKernels.cast(try evaluate(operand, batch), to: type)
    case .strictCast(let operand, let type): return try CastKernels.strictCast(evaluate(operand, batch), to: type)
    case .unary(let operation, let operand): return try unary(operation, try evaluate(operand, batch))
    case .binary(let operation, let left, let right, let type):
      return try binary(operation, try evaluate(left, batch), try evaluate(right, batch), type)
    case .function(let function, let arguments, let type):
      return try function.definition.compute(try arguments.map { try evaluate($0, batch) }, type)
    case .membership(let operand, let constants): return constants.contains(try evaluate(operand, batch))
    case .conditional(let branches, let otherwise):
      let columns = try branches.map {
        (condition: try evaluate($0.condition, batch), value: try evaluate($0.value, batch))
      }
      return SelectionKernels.choose(columns, otherwise: try evaluate(otherwise, batch))
    case .computing(let parts, let result):
      var known = batch
      for part in parts {
        known = RecordBatch(
          schema: Schema(known.schema.fields + [part.field]),
          columns: known.columns + [try evaluate(part.expression, known)], rowCount: known.rowCount)
      }
      return try evaluate(result, known)
    }
  }

  private static func unary(_ operation: UnaryOperator, _ operand: Column) throws -> Column {
    switch operation {
    case .negate: try ArithmeticKernels.negate(operand)
    case .not: LogicKernels.not(operand)
    case .isNull: LogicKernels.isNull(operand, inverted: false)
    case .isNotNull: LogicKernels.isNull(operand, inverted: true)
    }
  }

  private static func binary(
    _ operation: BinaryOperator, _ left: Column, _ right: Column, _ type: DType
  ) throws -> Column {
    if operation.isLogical { return LogicKernels.combine(operation, left, right) }
    if operation.isComparison { return ComparisonKernels.compare(operation, left, right) }
    if operation == .concatenate { return TextKernels.concatenate(left, right) }
    return try ArithmeticKernels.compute(operation, left, right, type)
  }
}
