import LazyFrame

/// The examples of `Expressions.md`, and its tables of windows.
enum ExpressionExamples {
  static let file = "Tests/DocumentationTests/Examples/ExpressionExamples.swift"

  private static let sales = Samples.sales
  private static let companies = Samples.companies

  static let all = [
    Example("Text", function: "text", text), Example("Patterns", function: "patterns", patterns),
    Example("Lists", function: "lists", lists),
    Example("Time", function: "time", time), Example("Maths", function: "maths", maths),
    Example("Choice", function: "choice", choice), Example("Windows", function: "windows", windows),
  ]

  static func text() throws -> any Printed {
    try LazyFrame.scanCSV(companies).head(3).select(
      col("name").str.part(1, separatedBy: " ").str.uppercased.as("first word"),
      concat(col("country"), col("founded"), separator: "-").as("code"))
  }

  static func patterns() throws -> any Printed {
    let lines = try LazyFrame(["line": ["12 kg rice", "tea, 3 kg", "salt"]])
    return lines.select(col("line"), col("line").str.extract("(\\d+) kg", group: 1).str.toInteger.as("kg"))
  }

  static func lists() throws -> any Printed {
    let posts = try LazyFrame(["post": [1, 2, 3], "tags": ["swift,linux", nil, "data"]])
      .withColumns(col("tags").str.split(by: ",").as("tags"))
    return posts.withColumns(col("tags").list.length.as("count")).explode("tags")
  }

  static func time() throws -> any Printed {
    let texts = try LazyFrame(["text": ["31.01.2024", "29.02.2024"]])
    return texts.select(col("text").str.toDate(format: "%d.%m.%Y").as("day"))
      .withColumns(col("day").dt.weekdayName.as("weekday"), col("day").dt.offset(by: "1mo").as("due"))
  }

  static func maths() throws -> any Printed {
    sales.select(col("price"), (col("price").log() * 100).rounded(1).as("log"), col("sold").floorDivided(by: 12))
  }

  static func choice() throws -> any Printed {
    sales.select(
      col("shop").fillNull("unknown").as("shop"),
      when(col("sold") >= 20).then("many").when(col("sold") >= 10).then("some").otherwise("few").as("sales"))
  }

  static func windows() throws -> any Printed {
    sales.select(
      col("shop", "day", "sold"), col("sold").cumSum().over(col("shop"), orderBy: col("day")).as("so far"),
      col("sold").rank(method: .min, descending: true).as("place"))
  }

  // MARK: Windows

  static let tables = [
    table("Neighbours", neighbours), table("Up to this row", cumulative), table("Ranks", ranks),
    table("Fills", fills), table("Rolling", rolling), table("Groups", groups),
  ]

  private static func table(_ heading: String, _ rows: [ExampleRow]) -> ExampleTable {
    ExampleTable(
      heading: heading, header: ["Expression", "Result"],
      result: { try Samples.rows.select($0.as("result")).compute().columns[0] }, rows: rows)
  }

  private static let neighbours = [
    ExampleRow(col("x").shift()),
    ExampleRow(col("x").shift(-1, fill: 0)),
    ExampleRow(col("x").diff()),
    ExampleRow(col("x").pctChange()),
  ]

  private static let cumulative = [
    ExampleRow(col("x").cumSum()),
    ExampleRow(col("x").cumProd()),
    ExampleRow(col("x").cumMax()),
    ExampleRow(col("x").cumMin()),
    ExampleRow(col("x").cumCount()),
  ]

  private static let ranks = [
    ExampleRow(col("x").rank()),
    ExampleRow(col("k").rank(method: .dense)),
    ExampleRow(col("k").rank(method: .min, descending: true)),
    ExampleRow(rowNumber()),
    ExampleRow(rowNumber().over(col("k"), orderBy: col("x"))),
  ]

  private static let fills = [
    ExampleRow(col("x").forwardFill()),
    ExampleRow(col("x").backwardFill(limit: 1)),
    ExampleRow(col("x").fillNull(.mean)),
    ExampleRow(col("x").fillNull(.zero)),
    ExampleRow(col("x").fillNull(.max)),
  ]

  private static let rolling = [
    ExampleRow(col("x").rolling(rows: 2).sum()),
    ExampleRow(col("x").rolling(rows: 2, minimum: 1).sum()),
    ExampleRow(col("x").rolling(rows: 3, minimum: 1).mean()),
    ExampleRow(col("x").rolling(rows: 3, minimum: 1).min()),
    ExampleRow(col("x").rolling(rows: 3, minimum: 1).max()),
    ExampleRow(col("x").rolling(rows: 3, minimum: 1).count()),
    ExampleRow(col("x").rolling(rows: 3, minimum: 2).standardDeviation()),
    ExampleRow(col("x").rolling(rows: 3, minimum: 2).variance()),
    ExampleRow(col("x").rolling(rows: 3, minimum: 1).median()),
    ExampleRow(col("x").rolling(rows: 3, minimum: 1).quantile(0.25)),
    ExampleRow(col("x").rolling(by: col("day"), window: "7d").sum()),
    ExampleRow(col("x").rolling(by: col("day"), window: "7d", closed: .both).sum()),
    ExampleRow(col("x").rolling(by: col("day"), window: "7d", closed: .lower).sum()),
    ExampleRow(col("x").rolling(by: col("day"), window: "7d", closed: .none).count()),
  ]

  private static let groups = [
    ExampleRow(col("x").mean().over(col("k"))),
    ExampleRow(col("x") - col("x").max().over()),
    ExampleRow(col("x").shift().over(col("k"), orderBy: col("x"))),
    ExampleRow(col("x").first().over([col("k")], orderBy: [SortKey(col("day"), descending: true)])),
  ]
}
