import LazyFrame

extension MorningTasks {
  /// What is in a file: types, figures, gaps, frequent values, what goes with what.
  static func describe() throws {
    let prices = try LazyFrame.scanCSV("datasets/prices.csv").drop("column_1")
    print("\(try prices.schema())\n\n\(try prices.head(3).compute())\n")
    print("\(try prices.drop("adjusted").describe())\n")
    print("Gaps:\n\(try prices.nullCount().compute())\n")
    print("The most frequent:\n\(try prices.valueCounts(col("symbol")).head(3).compute())\n")
    print("Correlations:\n\(try prices.select(col("open", "close", "volume")).correlation())")
  }
}
