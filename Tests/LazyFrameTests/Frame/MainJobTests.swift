import LazyFrame
import Scheduler
import Testing

/// The group-by of the README, on the sample of stock prices.
@Suite("The main job") struct MainJobTests {
  private func yearly(partitionSize: Int) throws -> LazyFrame {
    var options = CSVOptions()
    options.partitionSize = partitionSize
    return try LazyFrame.scanCSV(Fixtures.prices, options: options)
      .groupBy(col("symbol"), col("date").dt.year.as("year"))
      .aggregate(col("open", "high", "low", "close", "volume").mean())
  }

  @Test("the serial executor, one thread and four give the same bits", arguments: [1 << 20, 100_000, 30_000])
  func executors(partitionSize: Int) throws {
    let query = try yearly(partitionSize: partitionSize)
    var options = ComputeOptions(threads: 1)
    let one = bits(try query.compute(options))
    options.executor = SerialExecutor()
    #expect(bits(try query.compute(options)) == one)
    #expect(bits(try query.compute(ComputeOptions(threads: 4))) == one)
  }

  @Test("the groups come in the order in which they first appear, whatever the partitions are")
  func order() throws {
    let expected = try yearly(partitionSize: 16 << 20).compute()
    for partitionSize in [1 << 20, 50_000] {
      let frame = try yearly(partitionSize: partitionSize).compute()
      #expect(
        frame["symbol"].map { column in (0..<column.count).map { column[$0] } }
          == expected["symbol"].map { column in (0..<column.count).map { column[$0] } })
      let means = try frame.values("mean_close", as: Double.self)
      for (mean, wanted) in zip(means, try expected.values("mean_close", as: Double.self)) {
        let (mean, wanted) = (try #require(mean), try #require(wanted))
        #expect(abs(mean - wanted) <= 1e-15 * abs(wanted) * 4)
      }
    }
  }

  // Properties are named as the columns are.
  // swift-format-ignore: AlwaysUseLowerCamelCase
  @Test("the means are those of a loop over the rows")
  func oracle() throws {
    let rows = try LazyFrame.scanCSV(Fixtures.prices).select(col("symbol"), col("date"), col("close"), col("volume"))
      .compute()
    var groups: [String: (close: Double, closes: Int, volume: Int64, volumes: Int)] = [:]
    for row in rows.rows {
      guard case .string(let symbol) = row[0], case .date(let days) = row[1] else {
        Issue.record("a row without symbol or date")
        continue
      }
      var group = groups["\(symbol) \(CivilDate(days: days).year)"] ?? (0, 0, 0, 0)
      if case .double(let close) = row[2] {
        group.close += close
        group.closes += 1
      }
      if case .int(let volume) = row[3] {
        group.volume += volume
        group.volumes += 1
      }
      groups["\(symbol) \(CivilDate(days: days).year)"] = group
    }
    let frame = try yearly(partitionSize: 100_000).compute()
    #expect(frame.rowCount == groups.count)
    struct Year: Decodable {
      let symbol: String
      let year: Int
      let mean_close: Double
      let mean_volume: Double
    }
    for year in try frame.decode(as: Year.self) {
      let group = try #require(groups["\(year.symbol) \(year.year)"])
      #expect(year.mean_volume == Double(group.volume) / Double(group.volumes))
      #expect(abs(year.mean_close - group.close / Double(group.closes)) < 1e-12 * year.mean_close)
    }
  }

  @Test("explain computes nothing and shows each step")
  func explain() throws {
    let query = try yearly(partitionSize: 1 << 20)
    let optimized = try query.explain()
    #expect(optimized.contains("columns symbol, date, open, high, low, close, volume (7 of 9)"))
    #expect(try query.explain(.logical).hasPrefix("group by symbol, year(date) as year aggregate mean(open, high"))
    #expect(try query.explain(.physical).contains("merge in partition order"))
    #expect(try query.explain(.graph).contains("finish-groups"))
  }
}
