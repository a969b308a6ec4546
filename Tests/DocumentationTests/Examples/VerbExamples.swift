import LazyFrame

/// The examples of `Verbs.md`.
enum VerbExamples {
  static let file = "Tests/DocumentationTests/Examples/VerbExamples.swift"

  private static let sales = Samples.sales
  private static let shops = Samples.shops
  private static let (companies, visits, folder) = (Samples.companies, Samples.visits, Samples.folder)

  static let all = [
    Example("scanCSV", scanCSV), Example("scanNDJSON", scanNDJSON), Example("readJSON", readJSON),
    Example("scanJSON", scanJSON), Example("init", function: "frame", frame), Example("filter", filter),
    Example("head", head),
    Example("limit", limit),
    Example("tail", tail), Example("slice", slice), Example("sample", sample), Example("sort", sort),
    Example("topK", topK), Example("distinct", distinct), Example("dropNulls", dropNulls), Example("select", select),
    Example("withColumns", withColumns), Example("drop", drop), Example("rename", rename),
    Example("withRowNumber", withRowNumber), Example("groupBy", groupBy), Example("aggregate", aggregate),
    Example("valueCounts", valueCounts), Example("join", join), Example("crossJoin", crossJoin),
    Example("joinAsof", joinAsof), Example("concat", concat), Example("pivot", pivot), Example("unpivot", unpivot),
    Example("explode", explode), Example("nullCount", nullCount), Example("nUnique", nUnique), Example("sum", sum),
    Example("mean", mean), Example("min", min), Example("max", max), Example("median", median),
    Example("quantile", quantile), Example("standardDeviation", standardDeviation), Example("variance", variance),
    Example("describe", describe), Example("correlation", correlation), Example("covariance", covariance),
    Example("schema", schema), Example("explain", explain), Example("compute", compute), Example("persist", persist),
    Example("isEmpty", isEmpty), Example("writeCSV", writeCSV), Example("writeNDJSON", writeNDJSON),
    Example("writeJSON", writeJSON), Example("write", write), Example("writeRejectedRows", writeRejectedRows),
    Example("partitionCount", partitionCount),
    Example("partitions", partitions), Example("repartition", repartition),
    Example("mapPartitions", mapPartitions),
  ]

  // MARK: Sources

  static func scanCSV() throws -> any Printed {
    try LazyFrame.scanCSV(companies).filter(col("country") == "JP")
  }

  static func scanNDJSON() throws -> any Printed {
    try LazyFrame.scanNDJSON(visits)
  }

  static func readJSON() throws -> any Printed {
    try sales.head(2).writeJSON(to: folder + "/sales.json")
    return try LazyFrame.readJSON(folder + "/sales.json")
  }

  static func scanJSON() throws -> any Printed {
    let scan = try JSONScan.open([visits])
    return scan.columns.map { "\($0.name): \($0.type)" }.joined(separator: ", ")
  }

  static func frame() throws -> any Printed {
    try LazyFrame(["item": ["tea", "cake", nil], "price": [2.5, 4, .nan]])
  }

  // MARK: Rows

  static func filter() throws -> any Printed {
    sales.filter(col("sold") >= 10 && col("shop") == "north")
  }

  static func head() throws -> any Printed {
    sales.head(2)
  }

  static func limit() throws -> any Printed {
    sales.filter(col("day") > 1).limit(1)
  }

  static func tail() throws -> any Printed {
    sales.tail(2)
  }

  static func slice() throws -> any Printed {
    sales.slice(1, 2)
  }

  static func sample() throws -> any Printed {
    sales.sample(n: 2, seed: 1)
  }

  static func sort() throws -> any Printed {
    sales.sort(by: [SortKey(col("shop"), nullsFirst: true), SortKey(col("sold"), descending: true)])
  }

  static func topK() throws -> any Printed {
    sales.topK(2, by: col("sold") * col("price"))
  }

  static func distinct() throws -> any Printed {
    sales.distinct(on: "shop", keep: .last)
  }

  static func dropNulls() throws -> any Printed {
    sales.dropNulls(in: "shop", "sold")
  }

  // MARK: Columns

  static func select() throws -> any Printed {
    sales.select(col("shop"), (col("sold") * col("price")).as("turnover"))
  }

  static func withColumns() throws -> any Printed {
    sales.withColumns(col("shop").fillNull("unknown").as("shop"), (col("price") * 1.2).rounded(2).as("gross"))
  }

  static func drop() throws -> any Printed {
    sales.drop("day", "price").head(2)
  }

  static func rename() throws -> any Printed {
    sales.rename(["sold": "pieces", "day": "date"]).head(2)
  }

  static func withRowNumber() throws -> any Printed {
    sales.withRowNumber("row").filter(col("sold").isNull())
  }

  // MARK: Groups

  static func groupBy() throws -> any Printed {
    sales.groupBy(col("shop"), (col("day") > 1).as("is_late")).aggregate(count())
  }

  static func aggregate() throws -> any Printed {
    sales.groupBy(col("shop")).aggregate(
      col("sold").sum(), col("price").mean().rounded(2).as("mean price"),
      col("sold").max().filter(where: col("day") > 1).as("later max"))
  }

  static func valueCounts() throws -> any Printed {
    sales.valueCounts(col("shop"))
  }

  // MARK: Several frames

  static func join() throws -> any Printed {
    sales.join(shops, on: col("shop"), how: .left, validate: .manyToOne)
  }

  static func crossJoin() throws -> any Printed {
    shops.head(2).crossJoin(shops.select(col("city").as("to")))
  }

  static func joinAsof() throws -> any Printed {
    let visits = try LazyFrame(["day": [0, 2, 9], "visitor": ["ann", "bo", "cy"]])
    return visits.joinAsof(sales.select(col("day", "sold")), on: col("day"), tolerance: .int(3))
  }

  static func concat() throws -> any Printed {
    LazyFrame.concat([sales.head(1), shops.head(1)], how: .diagonal)
  }

  // MARK: Shape

  static func pivot() throws -> any Printed {
    try sales.pivot(on: "shop", index: col("day"), values: col("sold")) { $0.sum() }
  }

  static func unpivot() throws -> any Printed {
    sales.head(2).unpivot(on: ["sold", "price"], index: ["shop"])
  }

  static func explode() throws -> any Printed {
    sales.groupBy(col("shop")).aggregate(col("sold").list().as("sold")).explode("sold")
  }

  // MARK: One row of all

  static func nullCount() throws -> any Printed {
    sales.nullCount()
  }

  static func nUnique() throws -> any Printed {
    sales.nUnique()
  }

  static func sum() throws -> any Printed {
    sales.sum()
  }

  static func mean() throws -> any Printed {
    sales.mean()
  }

  static func min() throws -> any Printed {
    sales.min()
  }

  static func max() throws -> any Printed {
    sales.max()
  }

  static func median() throws -> any Printed {
    sales.median()
  }

  static func quantile() throws -> any Printed {
    sales.quantile(0.25)
  }

  static func standardDeviation() throws -> any Printed {
    sales.standardDeviation()
  }

  static func variance() throws -> any Printed {
    sales.variance()
  }

  // MARK: Computed at once

  static func describe() throws -> any Printed {
    try sales.describe()
  }

  static func correlation() throws -> any Printed {
    try sales.correlation()
  }

  static func covariance() throws -> any Printed {
    try sales.covariance()
  }

  // MARK: Plans and runs

  static func schema() throws -> any Printed {
    try sales.schema()
  }

  static func explain() throws -> any Printed {
    try sales.filter(col("day") > 1).groupBy(col("shop")).aggregate(col("sold").sum()).explain()
  }

  static func compute() throws -> any Printed {
    try sales.filter(col("day") == 1).compute()
  }

  static func persist() throws -> any Printed {
    let late = try sales.filter(col("day") > 1).persist()
    return try late.explain()
  }

  static func isEmpty() throws -> any Printed {
    try sales.filter(col("sold") > 100).isEmpty()
  }

  // MARK: Files

  static func writeCSV() throws -> any Printed {
    let written = try sales.filter(col("day") == 1).writeCSV(to: folder + "/first day.csv")
    return "\(written.rowCount) rows, \(written.byteCount) bytes"
  }

  static func writeNDJSON() throws -> any Printed {
    let written = try sales.repartition(count: 2).writeNDJSON(to: folder + "/sales", partitioned: true)
    return "\(written.paths.count) files of \(written.rowCount) rows"
  }

  static func writeJSON() throws -> any Printed {
    try shops.writeJSON(to: folder + "/shops.json")
    return try LazyFrame.readJSON(folder + "/shops.json").schema()
  }

  static func write() throws -> any Printed {
    var text = ""
    try sales.head(2).write(.ndjson) { text += String(decoding: $0, as: UTF8.self) }
    return text
  }

  // MARK: Partitions

  static func partitions() throws -> any Printed {
    sales.repartition(count: 3).partitions[2]
  }

  static func writeRejectedRows() throws -> any Printed {
    try "k,n\na,1\nb\n".write(toFile: folder + "/bad.csv", atomically: true, encoding: .utf8)
    var options = CSVOptions()
    options.badRows = .skip
    var rejects = ""
    try LazyFrame.scanCSV(folder + "/bad.csv", options: options).writeRejectedRows {
      rejects += String(decoding: $0, as: UTF8.self)
    }
    return rejects.replacing(folder + "/", with: "")
  }

  static func partitionCount() throws -> any Printed {
    try sales.partitionCount()
  }

  static func repartition() throws -> any Printed {
    try sales.repartition(count: 3).partitionCount()
  }

  static func mapPartitions() throws -> any Printed {
    let schema = try sales.schema()
    return sales.repartition(count: 2).mapPartitions(schema: schema) { piece in
      try piece.lazy.topK(1, by: col("sold")).compute()
    }
  }
}
