import LazyFrame

/// Watches the run of a group-by and writes what every thread did, as a page and as a trace.
///
///     swift run RunReport datasets/prices.csv report.html trace.json
@main
struct RunReport {
  static func main() throws {
    var arguments = CommandLine.arguments.dropFirst()
    let path = arguments.popFirst() ?? "datasets/prices.csv"
    // Small partitions, so that the sample has some.
    var scan = CSVOptions()
    scan.partitionSize = 128 << 10
    let prices = try LazyFrame.scanCSV(path, options: scan)
    let yearly =
      prices
      .groupBy(col("symbol"), col("date").dt.year.as("year"))
      .aggregate(col("open", "high", "low", "close", "volume").mean())

    var options = ComputeOptions()
    let monitor = RunMonitor(recordsTasks: true)
    options.monitor = monitor
    print(try yearly.head(5).compute(options))

    // One for each file: `.html` is a page to look at, `.json` a trace for Chrome and Perfetto.
    for path in arguments { try monitor.profile.write(toFile: path) }
  }
}
