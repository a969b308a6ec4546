import Columnar

/// What each aggregate takes and gives.
enum AggregateSignature {
  /// The types its inputs are cast to, the type of what is aggregated, and the type that this is cast to; or an error that
  /// says what it needs.
  static func resolve(
    _ function: AggregateFunction, _ types: [DType]
  ) throws -> (inputs: [DType], computed: DType, result: DType) {
    func numbers() throws -> [DType] {
      for type in types where !type.isNumeric && type != .null {
        throw LazyFrameError(.type, "\(function.name) needs numbers, and the column is \(type)")
      }
      return types.map { TypeRules.widestNumber($0) }
    }
    if function != .count, let list = types.first(where: { $0.element != nil }) {
      throw LazyFrameError(.unsupported, "\(function.name) does not apply to lists, and the column is \(list)")
    }
    switch function {
    case .count, .countDistinct: return (types, .int64, .int64)
    case .sum where types == [.duration], .mean where types == [.duration]:
      return (types, .duration, .duration)
    case .standardDeviation where types == [.duration], .quantile where types == [.duration]:
      // In microseconds.
      return ([.float64], .float64, .duration)
    case .sum:
      let inputs = try numbers()
      return (inputs, inputs[0], inputs[0])
    case .mean: return (try numbers(), .float64, .float64)
    case .variance, .standardDeviation, .quantile, .correlation, .covariance:
      return (try numbers().map { _ in .float64 }, .float64, .float64)
    case .min, .max, .first, .last:
      // Categories are chosen by their text.
      let chosen = types[0] == .categorical ? .string : types[0]
      return ([chosen], chosen, types[0])
    case .top(let count), .bottom(let count):
      guard count > 0 else {
        throw LazyFrameError(.type, "\(function.name) gives at least one value, and \(count) are wanted")
      }
      let chosen = types[0] == .categorical ? .string : types[0]
      return ([chosen], .list(chosen), .list(chosen))
    case .any, .all:
      for type in types where type != .bool && type != .null {
        throw LazyFrameError(.type, "\(function.name) needs conditions, and the column is \(type)")
      }
      return ([.bool], .bool, .bool)
    }
  }
}
