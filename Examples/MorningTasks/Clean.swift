import LazyFrame

extension MorningTasks {
  /// Spaces in names and texts, three ways to write a date, prices with signs and commas: what a file looks like, and
  /// the table that one wanted.
  static func clean() throws {
    print("As it is:\n\(try rawOrders().head(6).compute())\n")
    let orders = try orders()
    print("Cleaned: \(try orders.schema())\n\(try orders.compute())\n")
    print("What is missing:\n\(try orders.nullCount().compute())")
  }

  /// The file, with the words that mean null.
  private static func rawOrders() throws -> LazyFrame {
    var options = CSVOptions()
    options.nullValues = ["", "n/a", "-"]
    return try LazyFrame.scanCSV("Examples/Data/orders.csv", options: options)
  }

  /// The rows with names, texts, dates and prices as they should be, repeated rows still among them.
  static func orders() throws -> LazyFrame {
    let date = col("Ordered").str
    return try rawOrders().select(
      col("Order ID").as("order"),
      col(" Customer ").str.trimmed.str.titlecased.as("customer"),
      col("Item").str.trimmed.str.lowercased.as("item"),
      date.toDate(format: "%Y-%m-%d")
        .coalesce(date.toDate(format: "%d/%m/%Y"), date.toDate(format: "%d %b %Y")).as("day"),
      col("Qty").as("quantity"),
      col("Unit Price").str.removingPrefix("€").str.replacing(",", with: ".").str.toNumber.as("price"),
      col("Note").as("note"))
  }
}
