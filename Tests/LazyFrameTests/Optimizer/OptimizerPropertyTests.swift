import Columnar
import Scheduler
import TestSupport
import Testing

@testable import LazyFrame

/// Frames made of random verbs, of which some parts stand in several places.
@Suite("Random frames, optimised and not") struct OptimizerPropertyTests {
  private static func table(_ random: inout SplitMix64, partitions: Int) -> LazyFrame {
    let rows = Int.random(in: 0...60, using: &random)
    let keys = (0..<rows).map { _ in Int.random(in: 0...9, using: &random) }
    let floats: [Double?] = [0.0, -0.0, .nan, nil, 1.5, -2.5, 3]
    let columns = [
      Column(keys.map { $0 == 9 ? nil : Int64($0 % 6) }),
      Column((0..<rows).map { _ in floats.randomElement(using: &random).flatMap { $0 } }),
      Column((0..<rows).map { _ in Int64.random(in: -9...9, using: &random) }),
    ]
    let batch = RecordBatch(
      schema: Schema([Field("k", .int64), Field("x", .float64), Field("i", .int64)]), columns: columns, rowCount: rows)
    return LazyFrame(DataFrame(batch), partitions: partitions)
  }

  /// A function that sees partitions: their first row has another number.
  private static func mapped(_ frame: LazyFrame) -> LazyFrame {
    let schema = Schema([Field("k", .int64), Field("x", .float64), Field("i", .int64)])
    return frame.select(col("k"), col("x"), col("i")).mapPartitions(schema: schema) { part in
      guard part.rowCount > 0 else { return part }
      let batch = part.batch
      let numbers = (0..<batch.rowCount).map { row -> Int64? in
        if case .int(let number) = batch.columns[2][row] { return row == 0 ? number % 10 + 100 : number }
        return nil
      }
      return DataFrame(
        RecordBatch(
          schema: schema, columns: [batch.columns[0], batch.columns[1], Column(numbers)], rowCount: batch.rowCount))
    }
  }

  /// A frame with the columns k, x and i, made of one of those there are.
  private static func grown(_ frames: [LazyFrame], _ random: inout SplitMix64) -> LazyFrame {
    guard let frame = frames.randomElement(using: &random), let other = frames.randomElement(using: &random) else {
      preconditionFailure("there is a frame")
    }
    let (k, x, i) = (col("k"), col("x"), col("i"))
    switch Int.random(in: 0..<16, using: &random) {
    case 0: return frame.filter((i * 2 > 3 && i * 2 < 15) || x > 0)
    case 1: return frame.sort(by: [SortKey(x), SortKey(i, descending: true)])
    case 2: return frame.sort(by: i)
    case 3: return frame.withColumns((x * 2 + x * 2).as("x"), (i % 7 + 1).as("i"))
    case 4: return frame.select(k, x.sum().over(k).as("x"), i)
    case 5: return frame.limit(Int.random(in: 0...40, using: &random))
    case 6: return frame.distinct(on: "k", "i", keep: .last)
    case 7: return frame.groupBy(k).aggregate(x.max().as("x"), i.sum().as("i"))
    case 8: return frame.groupBy(i).aggregate(k.first().as("k"), x.first().as("x")).select(k, x, i)
    case 9: return LazyFrame.concat([frame, other])
    case 10:
      return frame.join(other.groupBy(k).aggregate(count().as("n")), on: k).select(k, x, (i + col("n") % 3).as("i"))
    case 11: return frame.join(other.sort(by: x), on: k, how: .semi)
    case 12: return Bool.random(using: &random) ? frame.repartition(count: 3) : mapped(frame)
    case 13: return frame.select(k, x, i).distinct().distinct()
    case 14:
      let (first, second) = (other.groupBy(k).aggregate(i.max().as("a")), other.groupBy(i).aggregate(x.min().as("b")))
      return frame.join(first.filter(col("a") > 0), on: k).join(second.filter(col("b") > -1), on: i)
        .select(k, col("b").as("x"), (i + col("a") % 5).as("i"))
    default:
      let joined = frame.limit(30).join(other.limit(20), on: k).join(other.limit(9).filter(i > 0), on: i, suffix: "_2")
      let number = (count() + i.max() + col("i_right").sum()).as("n")
      let total = joined.groupBy([]).aggregate(number)
      return frame.crossJoin(total).select(k, x, (i + col("n") % 4).as("i"))
    }
  }

  @Test("have the same rows to the last bit, with every pass and each one left out", arguments: 0..<60)
  func passes(seed: Int) throws {
    var random = SplitMix64(seed: UInt64(seed))
    var frames = (0..<2).map { _ in
      OptimizerPropertyTests.table(&random, partitions: Int.random(in: 1...4, using: &random))
    }
    for _ in 0..<6 { frames.append(OptimizerPropertyTests.grown(frames, &random)) }
    let frame = frames[frames.count - 1]
    func rows(_ disabled: Set<String>) throws -> [[String]] {
      var options = ComputeOptions(threads: 2)
      options.disabledPasses = disabled
      return bits(try frame.compute(options))
    }
    let all = Set(Optimizer.Pass.allCases.map(\.rawValue))
    let expected = try rows(all)
    #expect(try rows([]) == expected, "seed \(seed)")
    for pass in all.sorted() { #expect(try rows([pass]) == expected, "seed \(seed), without \(pass)") }
  }
}
