import LazyFrame

extension MorningTasks {
  /// The mean of twenty trading days, and the days on which a price comes out above it.
  static func rolling() throws {
    let prices = try LazyFrame.scanCSV("datasets/prices.csv")
    let trend =
      prices
      .select(
        col("symbol", "date", "close"),
        col("close").rolling(rows: 20).mean().over(col("symbol"), orderBy: col("date")).as("mean_20"),
        col("close").rolling(by: col("date"), window: "7d").max().over(col("symbol"), orderBy: col("date"))
          .as("week_high"))
    print(try trend.filter(col("symbol") == "GAM").tail(4).compute())

    let isAbove = col("close") > col("mean_20")
    let crossings =
      trend
      .withColumns(isAbove.as("is_above"))
      .filter(col("is_above") && !col("is_above").shift().over(col("symbol"), orderBy: col("date")))
    print("\nUp through the mean, the last time of each:")
    print(try crossings.distinct(on: "symbol", keep: .last).drop("is_above").compute())
  }
}
