import Columnar

/// What each aggregate takes and gives.
enum AggregateSignature {
  /// The types its inputs are cast to, the type of what is aggregated, and the type that this is cast to; or an error that
  /// says what it needs.
  static func resolve(
    _ function: AggregateFunction, _ types: [DType]
  ) throws -> (inputs: [DType], computed: DType, result: DType) {
    try refuseLists(function, types)
    switch function {
    case .quantile(let fraction) where !(0...1).contains(fraction),
      .approximateQuantile(let fraction) where !(0...1).contains(fraction):
      throw LazyFrameError(.type, "\(function.name) needs a fraction from 0 to 1, not \(fraction)")
    case .count, .nullCount, .countDistinct: return (types, .int64, .int64)
    case .countDistinctRows:
      guard types.count <= KeyEncoder.keyLimit else {
        throw LazyFrameError(
          .unsupported, "\(function.name) takes at most \(KeyEncoder.keyLimit) columns, and there are \(types.count)",
          hint: "join some of them into one: a || '-' || b")
      }
      return (types, .int64, .int64)
    case .range, .geometricMean: preconditionFailure("the resolver replaces this function")
    case .adjustedVariance(let ddof) where ddof < 0, .adjustedStandardDeviation(let ddof) where ddof < 0:
      throw LazyFrameError(.type, "\(function.name) needs degrees of freedom from 0 on, and not \(ddof)")
    // Categories are chosen, ordered and compared by their text.
    case .approximateCountDistinct: return ([types[0].plain], .int64, .int64)
    case .min, .max, .first, .last, .mode: return ([types[0].plain], types[0].plain, types[0])
    case .firstRow, .lastRow: return (types, types[0], types[0])
    case .atMin, .atMax: return ([types[0], types[1].plain], types[0], types[0])
    case .list:
      guard types[0].depth < DType.nestingLimit else {
        throw LazyFrameError(.unsupported, "lists of \(types[0]) would lie too deep inside each other")
      }
      return (types, .list(types[0]), .list(types[0]))
    case .top(let count), .bottom(let count):
      guard count > 0 else {
        throw LazyFrameError(.type, "\(function.name) gives at least one value, and \(count) are wanted")
      }
      return ([types[0].plain], .list(types[0].plain), .list(types[0].plain))
    case .joined:
      guard types[0].isText || types[0] == .null else {
        throw LazyFrameError(
          .type, "\(function.name) needs text, and the column is \(types[0])", hint: "cast it: cast(… as string)")
      }
      return ([.string], .string, .string)
    case .sum where types == [.duration], .mean where types == [.duration]:
      return (types, .duration, .duration)
    case .standardDeviation where types == [.duration], .populationStandardDeviation where types == [.duration],
      .adjustedStandardDeviation where types == [.duration], .standardError where types == [.duration],
      .quantile where types == [.duration],
      .approximateQuantile where types == [.duration]:
      // In microseconds.
      return ([.float64], .float64, .duration)
    case .sum:
      let inputs = try numbers(function, types)
      return (inputs, inputs[0], inputs[0])
    case .mean: return (try numbers(function, types), .float64, .float64)
    case .product, .weightedMean, .variance, .standardDeviation, .populationVariance, .populationStandardDeviation,
      .adjustedVariance, .adjustedStandardDeviation,
      .standardError, .skewness, .kurtosis, .quantile, .approximateQuantile, .correlation, .covariance,
      .populationCovariance:
      return (try numbers(function, types).map { _ in .float64 }, .float64, .float64)
    case .any, .all:
      for type in types where type != .bool && type != .null {
        throw LazyFrameError(.type, "\(function.name) needs conditions, and the column is \(type)")
      }
      return ([.bool], .bool, .bool)
    }
  }

  private static func numbers(_ function: AggregateFunction, _ types: [DType]) throws -> [DType] {
    for type in types where !type.isNumeric && type != .null {
      throw LazyFrameError(.type, "\(function.name) needs numbers, and the column is \(type)")
    }
    return types.map { TypeRules.widestNumber($0) }
  }

  /// Lists are counted and passed on, but neither ordered nor computed with.
  private static func refuseLists(_ function: AggregateFunction, _ types: [DType]) throws {
    let refused: [DType] =
      switch function {
      case .count, .nullCount, .first, .last, .firstRow, .lastRow, .list: []
      case .atMin, .atMax: [types[1]]
      default: types
      }
    if let list = refused.first(where: { $0.element != nil }) {
      throw LazyFrameError(.unsupported, "\(function.name) does not apply to lists, and the column is \(list)")
    }
  }
}

extension DType {
  /// The type without the dictionary of categories.
  fileprivate var plain: DType { self == .categorical ? .string : self }

  /// How many lists lie inside each other.
  fileprivate var depth: Int {
    var (depth, type) = (0, self)
    while let element = type.element { (depth, type) = (depth + 1, element) }
    return depth
  }
}
