import Columnar

@testable import LazyFrame

/// Aggregates as one would define them, on the rows of one group, without a thought for speed.
///
/// Numbers are expected to be whole multiples of 1/64, so that sums of them and of their squares are exact in 128 bits.
enum NaiveAggregates {
  static func aggregate(_ function: AggregateFunction, _ inputs: [[Value]]) -> Value {
    let rows = inputs[0].indices.filter { row in inputs.allSatisfy { !$0[row].isNull } }
    let values = rows.map { inputs[0][$0] }
    switch function {
    case .nullCount: return .int(Int64(inputs[0].count { $0.isNull }))
    case .list: return .list(inputs[0])
    case .firstRow: return inputs[0].first ?? .null
    case .lastRow: return inputs[0].last ?? .null
    case .mode:
      var different: [(value: Value, count: Int)] = []
      for value in values {
        if let place = different.firstIndex(where: { order($0.value, value) == 0 }) {
          different[place].count += 1
        } else {
          different.append((value.number == 0 && value.isDouble ? .double(0) : value, 1))
        }
      }
      let most = different.map(\.count).max()
      return different.first { $0.count == most }?.value ?? .null
    case .atMin, .atMax:
      let others = rows.map { inputs[1][$0] }
      let best = others.indices.reduce(others.indices.first ?? 0) { best, row in
        let comparison = order(others[row], others[best])
        return (function == .atMin ? comparison < 0 : comparison > 0) ? row : best
      }
      return values.isEmpty ? .null : values[best]
    case .joined(let separator):
      return values.isEmpty ? .null : .string(values.map(\.description).joined(separator: separator))
    case .approximateCountDistinct, .approximateQuantile, .product, .weightedMean, .populationVariance,
      .populationStandardDeviation, .adjustedVariance, .adjustedStandardDeviation, .countDistinctRows, .range,
      .geometricMean, .standardError, .skewness, .kurtosis, .populationCovariance:
      preconditionFailure("\(function.name) has tests of its own")
    case .count: return .int(Int64(values.count))
    case .countDistinct:
      var different: [Value] = []
      for value in values where !different.contains(where: { order($0, value) == 0 }) { different.append(value) }
      return .int(Int64(different.count))
    case .first: return values.first ?? .null
    case .last: return values.last ?? .null
    case .min, .all: return values.reduce(values.first ?? .null) { order($1, $0) < 0 ? $1 : $0 }
    case .max, .any: return values.reduce(values.first ?? .null) { order($1, $0) > 0 ? $1 : $0 }
    case .quantile(let fraction): return quantile(fraction, values)
    case .top(let count): return .list(Array(values.stablySorted { order($0, $1) > 0 }.prefix(count)))
    case .bottom(let count): return .list(Array(values.stablySorted { order($0, $1) < 0 }.prefix(count)))
    case .sum, .mean:
      if values.isEmpty { return .null }
      if case .int = values[0] {
        let sum = values.reduce(Int128(0)) { if case .int(let value) = $1 { $0 + Int128(value) } else { $0 } }
        return function == .sum ? .int(Int64(sum)) : .double(Double(sum) / Double(values.count))
      }
      let sum = Double(sum(values.map(whole))) / 64
      return .double(function == .sum ? sum : sum / Double(values.count))
    case .variance, .standardDeviation, .covariance, .correlation:
      return moment(function, rows.map { whole(inputs[0][$0]) }, rows.map { whole(inputs[inputs.count - 1][$0]) })
    }
  }

  private static func whole(_ value: Value) -> Int128 { Int128((value.number ?? .nan) * 64) }

  private static func sum(_ numbers: [Int128]) -> Int128 { numbers.reduce(0, +) }

  private static func moment(_ function: AggregateFunction, _ x: [Int128], _ y: [Int128]) -> Value {
    let count = Int128(x.count)
    if count < 2 { return .null }
    func products(_ a: [Int128], _ b: [Int128]) -> Double {
      Double(count * sum(zip(a, b).map { $0 * $1 }) - sum(a) * sum(b))
    }
    if function == .correlation {
      return .double(products(x, y) / (products(x, x).squareRoot() * products(y, y).squareRoot()))
    }
    let covariance = products(x, y) / Double(count * (count - 1)) / 4096
    return .double(function == .standardDeviation ? covariance.squareRoot() : covariance)
  }

  private static func quantile(_ fraction: Double, _ values: [Value]) -> Value {
    if values.isEmpty { return .null }
    let sorted = values.sorted { order($0, $1) < 0 }.map { $0.number ?? .nan }
    let position = fraction * Double(sorted.count - 1)
    let low = sorted[Int(position)]
    let weight = position - position.rounded(.down)
    if weight == 0 { return .double(low + 0) }
    let high = sorted[Int(position) + 1]
    return .double(low == high ? low + 0 : low + (high - low) * weight + 0)
  }

  /// Negative, zero or positive.
  static func order(_ left: Value, _ right: Value) -> Int {
    switch (left, right) {
    case (.bool(let a), .bool(let b)): a == b ? 0 : a ? 1 : -1
    case (.int(let a), .int(let b)): a < b ? -1 : a > b ? 1 : 0
    case (.unsigned(let a), .unsigned(let b)): a < b ? -1 : a > b ? 1 : 0
    case (.unsigned, .int): 1
    case (.int, .unsigned): -1
    case (.double(let a), .double(let b)):
      if a.isNaN || b.isNaN { a.isNaN ? b.isNaN ? 0 : 1 : -1 } else { a < b ? -1 : a > b ? 1 : 0 }
    case (.string(let a), .string(let b)):
      Array(a.utf8) == Array(b.utf8) ? 0 : a.utf8.lexicographicallyPrecedes(b.utf8) ? -1 : 1
    case (.date(let a), .date(let b)): a < b ? -1 : a > b ? 1 : 0
    case (.duration(let a), .duration(let b)): a < b ? -1 : a > b ? 1 : 0
    case (.datetime(let a), .datetime(let b)): a < b ? -1 : a > b ? 1 : 0
    default: preconditionFailure("values of different types")
    }
  }
}

extension Value {
  fileprivate var isDouble: Bool { if case .double = self { true } else { false } }
}

extension [Value] {
  fileprivate func stablySorted(_ comesBefore: (Value, Value) -> Bool) -> [Value] {
    enumerated().sorted { left, right in
      comesBefore(left.element, right.element)
        || !comesBefore(right.element, left.element) && left.offset < right.offset
    }.map(\.element)
  }
}
