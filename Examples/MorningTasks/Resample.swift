import LazyFrame

extension MorningTasks {
  /// Days become months: the first price, the highest, the lowest, the last, and what was traded.
  static func resample() throws {
    let days = try LazyFrame.scanCSV("datasets/prices.csv")
      .filter(col("symbol") == "GAM" && col("date") >= "2021-06-01")

    let bars = [
      col("open").first().as("open"), col("high").max().as("high"), col("low").min().as("low"),
      col("close").last().as("close"), col("volume").sum().as("volume"), count().as("days"),
    ]
    let months = days.groupBy(col("date").dt.monthStart.as("month")).aggregate(bars)
    print(try months.compute())

    let weeks = days.groupBy(col("date").dt.truncated(to: "2w").as("from")).aggregate(bars)
    print("\nThe last two weeks but the current ones:\n\(try weeks.slice(-3, 2).compute())")
  }
}
