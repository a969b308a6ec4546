import LazyFrame

extension MorningTasks {
  /// Changes, parts of dates, and words for numbers.
  static func derive() throws {
    let prices = try LazyFrame.scanCSV("datasets/prices.csv")
    let before = col("close").shift().over(col("symbol"), orderBy: col("date"))
    let days =
      prices
      .withColumns((100 * (col("close") / before - 1)).rounded(2).as("change_%"))
      .filter(col("symbol") == "GAM" && col("date") >= "2021-11-01")
      .select(
        col("date"), col("date").dt.weekdayName.str.prefix(3).as("weekday"), col("close", "change_%"),
        (100 * (col("high") - col("low")) / col("open")).rounded(1).as("range_%"),
        (col("volume") / 1000).as("thousands"),
        when(col("change_%") > 1).then("up").when(col("change_%") < -1).then("down").otherwise("flat").as("move"))
    print(try days.compute())
  }
}
