import Columnar

/// What each aggregate takes and gives.
enum AggregateSignature {
  /// The types its inputs are cast to and the type of the result, or an error that says what it needs.
  static func resolve(_ function: AggregateFunction, _ types: [DType]) throws -> (inputs: [DType], result: DType) {
    func numbers() throws -> [DType] {
      for type in types where !type.isNumeric && type != .null {
        throw LazyFrameError(.type, "\(function.name) needs numbers, and the column is \(type)")
      }
      return types.map(TypeRules.widestNumber)
    }
    switch function {
    case .count, .countDistinct: return (types, .int64)
    case .sum:
      let inputs = try numbers()
      return (inputs, inputs[0])
    case .mean: return (try numbers(), .float64)
    case .variance, .standardDeviation, .quantile, .correlation, .covariance:
      return (try numbers().map { _ in .float64 }, .float64)
    case .min, .max, .first, .last: return (types, types[0])
    case .any, .all:
      for type in types where type != .bool && type != .null {
        throw LazyFrameError(.type, "\(function.name) needs conditions, and the column is \(type)")
      }
      return ([.bool], .bool)
    }
  }
}
