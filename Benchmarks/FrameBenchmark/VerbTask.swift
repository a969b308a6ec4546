import LazyFrame

/// Every verb of a frame, on the rows of db-benchmark's group-by, to see how its time grows with them.
enum VerbTask {
  /// What is asked, by its name.
  static func questions(path: String, _ options: ComputeOptions) throws -> [String: Question] {
    let x = LazyFrame(try LazyFrame.scanCSV(path).compute(options))
    let others = x.select(col("id6").as("id6"), col("v3").as("other")).distinct(on: "id6")
    let times = x.select((col("id6") * 10).as("time"), col("v3").as("other"))
    let (id1, id3, id4, id6) = (col("id1"), col("id3"), col("id4"), col("id6"))
    let (v1, v2, v3) = (col("v1"), col("v2"), col("v3"))
    let holes = x.withColumns(when(v2 > 7).then(v3).otherwise(lit(.null)).as("gap"))
    let lazy: [String: LazyFrame] = [
      "filter": x.filter(v1 > 2 && v3 < 50),
      "select": x.select((v1 * v3 + v2).as("value"), id4),
      "text function": x.select(id3.str.uppercased.as("id3")),
      "drop nulls": holes.dropNulls(in: "gap"),
      "fill nulls forward": holes.select(col("gap").forwardFill().as("gap")),
      "sort by float": x.sort(by: v3),
      "sort by two keys": x.sort(by: [SortKey(id4, descending: true), SortKey(id6)]),
      "sort by text": x.sort(by: id3),
      "top k": x.topK(100, by: v3),
      "head": x.head(1000),
      "tail": x.tail(1000),
      "slice": x.slice(1000, 1000),
      "sample n": x.sample(n: 1000),
      "sample fraction": x.sample(fraction: 0.1),
      "distinct on few": x.distinct(on: "id4", "id5"),
      "distinct on many": x.distinct(on: "id6", keep: .last),
      "distinct": x.select(id4, v1).distinct(),
      "value counts": x.valueCounts(id1),
      "number of unique values": x.nUnique(),
      "quantile": x.select(v1, v2, v3).quantile(0.9),
      "group to lists": x.groupBy(id6).aggregate(v1.list().as("v1")),
      "group by mode": x.groupBy(id4).aggregate(v2.mode().as("v2")),
      "explode": x.groupBy(id6).aggregate(v1.list().as("v1")).explode("v1"),
      "pivot": x.pivot(on: "v1", columns: [.int(1), .int(2), .int(3), .int(4), .int(5)], index: id4, values: v3) {
        $0.sum()
      },
      "unpivot": x.unpivot(on: ["v1", "v2"], index: ["id4"]),
      "shift": x.withColumns(v3.shift().as("before")),
      "cumulative sum": x.withColumns(v1.cumSum().as("total")),
      "rank": x.withColumns(v3.rank().as("rank")),
      "rank over a key": x.withColumns(v3.rank().over(id6).as("rank")),
      "mean over a key": x.withColumns(v3.mean().over(id6).as("mean")),
      "rolling mean": x.withColumns(v3.rolling(rows: 100).mean().as("mean")),
      "rolling median over a key": x.withColumns(v3.rolling(rows: 100).median().over(id4).as("median")),
      "semi join": x.join(others.filter(col("other") > 50), on: id6, how: .semi),
      "anti join": x.join(others.filter(col("other") > 50), on: id6, how: .anti),
      "left join": x.join(others, on: id6, how: .left),
      "right join": others.join(x, on: id6, how: .right),
      "full join": x.join(others.filter(col("other") > 50), on: id6, how: .full),
      "asof join": x.joinAsof(times, leftOn: id6 * 10 + v1, rightOn: col("time")),
      "cross join": x.crossJoin(others.head(3)),
      "concat below": LazyFrame.concat([x, x]),
      "concat beside": LazyFrame.concat([x, x.select(v1.as("w1"))], how: .horizontal),
      "row numbers": x.withRowNumber(),
      "map partitions": x.mapPartitions(schema: try x.schema()) { $0 },
      "repartition": x.repartition(count: 7),
    ]
    var questions = lazy.mapValues { frame -> Question in { try frame.compute($0) } }
    questions["describe"] = { try x.describe($0) }
    questions["correlation of columns"] = { try x.select(v1, v2, v3).correlation($0) }
    return questions
  }
}
