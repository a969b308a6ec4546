import LazyFrame

/// The examples of `Aggregates.md`.
enum AggregateExamples {
  static let file = "Tests/DocumentationTests/Examples/AggregateExamples.swift"

  private static let sales = Samples.sales

  static let all = [
    Example("Overview", function: "overview", overview), Example("Some of the rows", function: "filtered", filtered),
    Example("Several columns", function: "several", several), Example("Of all rows", function: "whole", whole),
    Example("Beside the rows", function: "beside", beside),
  ]

  static func overview() throws -> any Printed {
    sales.groupBy(col("shop")).aggregate(
      count(), col("sold").sum(), (col("sold").max() - col("sold").min()).as("range"))
  }

  static func filtered() throws -> any Printed {
    sales.groupBy(col("shop")).aggregate(
      col("sold").sum().filter(where: col("day") == 1).as("first day"),
      count().filter(where: col("sold").isNull()).as("unknown"))
  }

  static func several() throws -> any Printed {
    sales.groupBy(col("shop")).aggregate(col("sold", "price").max())
  }

  static func whole() throws -> any Printed {
    sales.groupBy().aggregate(
      col("shop").countDistinct().as("shops"), (col("sold") * col("price")).sum().as("turnover"))
  }

  static func beside() throws -> any Printed {
    sales.select(
      col("shop", "sold"), (100 * col("sold") / col("sold").sum().over(col("shop"))).rounded().as("percent"))
  }

  // MARK: Tables

  static let tables = [
    table("Counts", counts), table("Sums and means", sums), table("Spread and shape", spread),
    table("Two columns", pairs), table("Order", order), table("Rows", rows), table("Conditions", conditions),
  ]

  private static func table(_ heading: String, _ rows: [ExampleRow]) -> ExampleTable {
    ExampleTable(
      heading: heading, header: ["Aggregate", "Result"],
      result: { try Samples.group.groupBy().aggregate($0.as("result")).compute().columns[0] }, rows: rows)
  }

  private static let counts = [
    ExampleRow(count()),
    ExampleRow(col("x").count()),
    ExampleRow(col("x").nullCount()),
    ExampleRow(col("s").countDistinct()),
    ExampleRow(countDistinct(col("s"), col("ok"))),
    ExampleRow(col("s").approximateCountDistinct()),
  ]

  private static let sums = [
    ExampleRow(col("x").sum()),
    ExampleRow(col("x").product()),
    ExampleRow(col("x").mean()),
    ExampleRow(col("x").geometricMean()),
    ExampleRow(col("x").weightedMean(by: col("y"))),
  ]

  private static let spread = [
    ExampleRow(col("x").range()),
    ExampleRow(col("x").variance()),
    ExampleRow(col("x").variance(ddof: 2)),
    ExampleRow(col("x").standardDeviation()),
    ExampleRow(col("x").populationVariance()),
    ExampleRow(col("x").populationStandardDeviation()),
    ExampleRow(col("x").standardError()),
    ExampleRow(col("x").skewness()),
    ExampleRow(col("y").kurtosis()),
  ]

  private static let pairs = [
    ExampleRow(col("x").correlation(with: col("y"))),
    ExampleRow(col("x").covariance(with: col("y"))),
    ExampleRow(col("x").populationCovariance(with: col("y"))),
    ExampleRow(col("s").atMin(of: col("y"))),
    ExampleRow(col("s").atMax(of: col("x"))),
  ]

  private static let order = [
    ExampleRow(col("s").min()),
    ExampleRow(col("x").max()),
    ExampleRow(col("y").median()),
    ExampleRow(col("y").quantile(0.9)),
    ExampleRow(col("y").approximateQuantile(0.9)),
    ExampleRow(col("y").topK(2)),
    ExampleRow(col("y").bottomK(2)),
  ]

  private static let rows = [
    ExampleRow(col("s").mode()),
    ExampleRow(col("s").first()),
    ExampleRow(col("x").last()),
    ExampleRow(col("x").last(skipsNulls: false)),
    ExampleRow(col("x").list()),
    ExampleRow(col("s").joined(separator: "-")),
  ]

  private static let conditions = [
    ExampleRow(col("ok").any()),
    ExampleRow(col("ok").all()),
    ExampleRow((col("y") > 5).all()),
    ExampleRow(col("x").sum().filter(where: col("ok"))),
  ]
}
