import LazyFrame

/// The task graph of a group-by over a CSV file, by layer; and that of the means of all rows, by task.
///
///     swift run MainJobGraph datasets/prices.csv layers.svg tasks.svg
@main
struct MainJobGraph {
  static func main() throws {
    var arguments = CommandLine.arguments.dropFirst()
    let path = arguments.popFirst() ?? "datasets/prices.csv"
    // Small partitions, so that the sample has some.
    var options = CSVOptions()
    options.partitionSize = 128 << 10
    let prices = try LazyFrame.scanCSV(path, options: options)
    let means = col("open", "high", "low", "close", "volume").mean()
    let yearly = prices.groupBy(col("symbol"), col("date").dt.year.as("year")).aggregate(means)
    print(try yearly.explain(.graph))
    if let layers = arguments.popFirst() { try yearly.visualize(layers, detail: .layers) }

    // Groups are merged in 32 buckets of keys, too many to look at. Without a key there is one.
    let overall = prices.groupBy().aggregate(means)
    if let tasks = arguments.popFirst() { try overall.visualize(tasks, detail: .tasks) }
  }
}
