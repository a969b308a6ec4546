import LazyFrame

extension MorningTasks {
  /// Rows that are there twice, and orders that were sent twice.
  static func dedupe() throws {
    let orders = try orders().select(col("order", "customer", "item", "quantity", "note"))
    print("Orders that are there more than once:")
    print(try orders.filter(count().over(col("order")) > 1).sort(by: col("order")).compute())

    let rows = orders.distinct()
    let latest = orders.distinct(on: "order", keep: .last)
    let counts = try [orders, rows, latest].map { try $0.compute().rowCount }
    print("\n\(counts[0]) rows, \(counts[1]) different ones, \(counts[2]) orders\n")
    print("The last word on each, where there were two:")
    print(
      try latest.join(orders.groupBy(col("order")).aggregate(count().as("times")), on: col("order"))
        .filter(col("times") > 1).compute())
  }
}
