import LazyFrame
import Scheduler

/// The questions of https://github.com/duckdblabs/db-benchmark, and the data they are asked of.
enum H2OTask: String {
  case groupby, join

  /// Loads the data, and gives the questions by their names.
  func questions(path: String, _ options: ComputeOptions) throws -> [String: LazyFrame] {
    func load(_ path: String) throws -> LazyFrame { LazyFrame(try LazyFrame.scanCSV(path).compute(options)) }
    switch self {
    case .groupby:
      // The texts repeat, so that they are read as categories.
      let texts = ["id1", "id2", "id3"].map { col($0).cast(to: .categorical).as($0) }
      return Self.groupBy(LazyFrame(try LazyFrame.scanCSV(path).withColumns(texts).compute(options)))
    case .join:
      let tables = try ["x", "small", "medium", "big"].map { try load("\(path)/\($0).csv") }
      return Self.join(tables[0], small: tables[1], medium: tables[2], big: tables[3])
    }
  }

  private static func groupBy(_ x: LazyFrame) -> [String: LazyFrame] {
    let (v1, v2, v3) = (col("v1"), col("v2"), col("v3"))
    func by(_ keys: String...) -> LazyGroupBy { x.groupBy(keys.map { col($0) }) }
    let correlation = v1.correlation(with: v2)
    return [
      "q1": by("id1").aggregate(v1.sum().as("v1")),
      "q2": by("id1", "id2").aggregate(v1.sum().as("v1")),
      "q3": by("id3").aggregate(v1.sum().as("v1"), v3.mean().as("v3")),
      "q4": by("id4").aggregate(v1.mean().as("v1"), v2.mean().as("v2"), v3.mean().as("v3")),
      "q5": by("id6").aggregate(v1.sum().as("v1"), v2.sum().as("v2"), v3.sum().as("v3")),
      "q6": by("id4", "id5").aggregate(v3.median().as("median_v3"), v3.standardDeviation().as("sd_v3")),
      "q7": by("id3").aggregate((v1.max() - v2.min()).as("range_v1_v2")),
      "q8": by("id6").aggregate(v3.topK(2).as("largest2_v3")).explode("largest2_v3"),
      "q9": by("id2", "id4").aggregate((correlation * correlation).as("r2")),
      "q10": by("id1", "id2", "id3", "id4", "id5", "id6").aggregate(v3.sum().as("v3"), count().as("count")),
    ]
  }

  private static func join(
    _ x: LazyFrame, small: LazyFrame, medium: LazyFrame, big: LazyFrame
  ) -> [String: LazyFrame] {
    [
      "q1": x.join(small, on: col("id1")),
      "q2": x.join(medium, on: col("id2")),
      "q3": x.join(medium, on: col("id2"), how: .left),
      "q4": x.join(medium, on: col("id5")),
      "q5": x.join(big, on: col("id3")),
    ]
  }
}
