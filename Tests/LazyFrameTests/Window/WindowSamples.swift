import Columnar
import TestSupport

@testable import LazyFrame

/// Tables for windows: few keys, ties, nulls, NaN and infinities.
enum WindowSamples {
  static func batch(rows: Int, seed: UInt64) -> RecordBatch {
    var generator = SplitMix64(seed: seed)
    func column<Element>(nulls: Int, _ make: (inout SplitMix64) -> Element) -> [Element?] {
      (0..<rows).map { _ in Int.random(in: 0..<100, using: &generator) < nulls ? nil : make(&generator) }
    }
    let texts = ["", "a", "b", "a text of more than twelve bytes", "a text of more than twelve letters"]
    let specials = [Double.nan, .infinity, -.infinity, -0.0, 0.0, 1e100]
    let keys = column(nulls: 10) { "a long name of the key \(Int.random(in: 0..<7, using: &$0))" as String }
    let numbers = column(nulls: 5) { Int64.random(in: 0..<3, using: &$0) }
    let floats = column(nulls: 20) { generator in
      Int.random(in: 0..<20, using: &generator) == 0
        ? specials.randomElement(using: &generator) ?? 0 : Double.random(in: -1000...1000, using: &generator)
    }
    let whole = column(nulls: 15) { Int64.random(in: -5..<6, using: &$0) }
    let strings = column(nulls: 20) { texts.randomElement(using: &$0) ?? "" }
    let times = column(nulls: 10) { CivilDatetime(microseconds: Int64.random(in: 0..<100, using: &$0) * 3_600_000_000) }
    let columns = [
      Column(keys), Column(numbers), Column(floats), Column(whole), Column(strings), Column(times),
      Column((0..<rows).map { Int64($0) as Int64? }),
    ]
    let fields = zip(["k", "j", "x", "i", "s", "t", "row"], columns).map { Field($0, $1.type) }
    return RecordBatch(schema: Schema(fields), columns: columns, rowCount: rows)
  }

  /// A frame of so many partitions of any number of rows, some of none.
  static func frame(_ batch: RecordBatch, partitions: Int) -> LazyFrame {
    let edges = (0...partitions).map { $0 * $0 * batch.rowCount / (partitions * partitions) }
    let pieces = zip(edges, edges.dropFirst()).map { start, end in
      RecordBatch(
        schema: batch.schema, columns: batch.columns.map { RowKernels.slice($0, start..<end) }, rowCount: end - start)
    }
    return LazyFrame(partitions: pieces, schema: batch.schema)
  }

  /// A window of each kind.
  static let windows = [
    "mean(x) over (partition by k)", "sum(i) over ()", "first(s) over (partition by k, j order by t desc)",
    "max(s) over (partition by j)", "shift(s, 2) over (partition by k)", "lead(i, 1, 0) over (order by t, x)",
    "cum_sum(x) over (partition by k order by t)", "cum_max(s) over (partition by k)",
    "cum_prod(x) over (partition by j)",
    "cum_count(x)", "rank(x, 'average') over (partition by k)", "rank() over (partition by j order by s, i desc)",
    "dense_rank() over (order by i)", "row_number() over (partition by k order by x desc)",
    "forward_fill(s, 2) over (partition by k)", "backward_fill(x) over (partition by k, j)",
    "rolling_mean(x, 5, 1) over (partition by k)", "rolling_std(x, 4, 2) over (partition by j order by t)",
    "rolling_median(x, 9, 1) over (partition by k)", "rolling_min(s, 3, 1) over (partition by k)",
    "rolling_sum(i, t, '7h') over (partition by k order by t)", "rolling_max(x, t, '1d') over (order by t)",
    "x - mean(x - min(x) over (partition by j)) over (partition by k)",
    "median(i) over (partition by i % 2, cast(t as date))",
  ]
}
