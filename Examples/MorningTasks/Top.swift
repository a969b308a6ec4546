import LazyFrame

extension MorningTasks {
  /// The largest few rows of each group, as rows, as lists, and just the first.
  static func top() throws {
    let prices = try LazyFrame.scanCSV("datasets/prices.csv").filter(col("symbol").isIn(["AZNN", "KFM", "UBBL"]))

    let place = col("volume").rank(method: .ordinal, descending: true).over(col("symbol"))
    let busiest = prices.select(col("symbol"), place.as("place"), col("date", "close", "volume"))
      .filter(col("place") <= 3)
      .sort(by: col("symbol", "place"))
    print("The three busiest days of each:\n\(try busiest.compute())\n")

    let lists = prices.groupBy(col("symbol")).aggregate(
      col("volume").topK(3), col("date").atMax(of: col("volume")).as("busiest day"))
    print("The same as lists:\n\(try lists.compute())\n")

    print("The best of all:\n\(try prices.select(col("symbol", "date", "close")).topK(2, by: col("close")).compute())")
  }
}
