import LazyFrame

/// A function of one's own over a column of a lazy frame: the largest fall of each stock from a peak.
///
///     swift run DelayedFrame datasets/prices.csv
@main
struct DelayedFrame {
  static func main() throws {
    let path = CommandLine.arguments.dropFirst().first ?? "datasets/prices.csv"
    let prices = try LazyFrame.scanCSV(path)

    // Swift that no expression could say, run as a task when the frame's tasks are done.
    let largestFall = delayed("largest-fall") { (frame: DataFrame) throws in
      var peak = 0.0
      var fall = 0.0
      for case let close? in try frame.values("close", as: Double.self) {
        peak = max(peak, close)
        fall = max(fall, 1 - close / peak)
      }
      return fall
    }
    let report = delayed("report") { (symbols: [String], falls: [Double]) in
      zip(symbols, falls).map { symbol, fall in "\(symbol)  \(Int((100 * fall).rounded())) %" }.joined(separator: "\n")
    }

    let symbols = ["CGW", "DPT", "DVV"]
    let falls = symbols.map { symbol in
      largestFall(prices.filter(col("symbol") == lit(symbol)).sort(by: col("date")).select(col("close")))
    }
    print(try report(symbols, falls).compute())
  }
}
