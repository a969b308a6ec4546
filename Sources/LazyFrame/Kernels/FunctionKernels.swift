import Columnar

/// Finds the kernel of a function.
enum FunctionKernels {
  /// The function's value for each row. Number and types of the arguments are those that `FunctionSignature` gives.
  ///
  /// - Throws: `LazyFrameError` when an integer does not fit 64 bits.
  static func call(_ function: ScalarFunction, _ arguments: [Column], _ type: DType) throws -> Column {
    let first = arguments[0]
    switch function {
    case .abs: return try MathKernels.abs(first)
    case .round: return try MathKernels.round(first, digits: arguments.count > 1 ? arguments[1] : nil)
    case .floor: return MathKernels.floor(first)
    case .ceil: return MathKernels.ceil(first)
    case .sqrt: return MathKernels.sqrt(first)
    case .exp: return MathKernels.exp(first)
    case .ln: return MathKernels.ln(first)
    case .log10: return MathKernels.log10(first)
    case .pow: return MathKernels.pow(first, arguments[1])
    case .sign: return MathKernels.sign(first)
    case .lower: return TextKernels.lower(first)
    case .upper: return TextKernels.upper(first)
    case .trim: return TextKernels.trim(first)
    case .length: return TextKernels.length(first)
    case .substr: return TextKernels.slice(first, arguments[1], arguments.count > 2 ? arguments[2] : nil)
    case .replace: return TextKernels.replace(first, arguments[1], arguments[2])
    case .contains: return TextKernels.match(first, arguments[1], TextPattern.init(containing:))
    case .startsWith: return TextKernels.match(first, arguments[1], TextPattern.init(startingWith:))
    case .endsWith: return TextKernels.match(first, arguments[1], TextPattern.init(endingWith:))
    case .like: return TextKernels.match(first, arguments[1], TextPattern.init(like:))
    case .year: return TemporalKernels.year(first)
    case .quarter: return TemporalKernels.quarter(first)
    case .month: return TemporalKernels.month(first)
    case .week: return TemporalKernels.week(first)
    case .day: return TemporalKernels.day(first)
    case .weekday: return TemporalKernels.weekday(first)
    case .hour: return TemporalKernels.hour(first)
    case .minute: return TemporalKernels.minute(first)
    case .second: return TemporalKernels.second(first)
    case .dateTrunc: return truncate(arguments[1], unit: first)
    case .coalesce: return SelectionKernels.coalesce(arguments)
    case .nullif:
      let isEqual = ComparisonKernels.compare(.equal, first, arguments[1])
      return SelectionKernels.choose([(isEqual, Column(nullsOf: type, count: first.count))], otherwise: first)
    case .isIn: return SelectionKernels.isIn(first, Array(arguments.dropFirst()))
    }
  }

  private static func truncate(_ column: Column, unit: Column) -> Column {
    guard unit.count > 0, case .string(let name) = unit[0] else { return column }
    guard let unit = TimeUnit(rawValue: name) else { preconditionFailure("the plan cuts moments to '\(name)'") }
    return TemporalKernels.truncate(column, to: unit)
  }
}
