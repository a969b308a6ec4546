/// A generated look-alike of a long history of stock prices: nine columns, sorted by symbol and date.
///
///     "",symbol,date,open,high,low,close,volume,adjusted
///     1,AZNN,2018-04-17,69.742683,70.106476,69.254662,69.689438,3400,69.689438
///
/// The same rows, symbols and seed give the same bytes on every machine and for ever. A shorter data set is not the
/// beginning of a longer one, since each symbol's history is as long as the number of rows asks for.
///
/// Nulls are the word `NA`, and their rows follow from the row number alone: where `number % 3001 == 1500` all six
/// figures are missing, where `number % 4999 == 2500` the volume is. In 13 million rows that makes 4,332 and 2,600.
struct PricesDataset: Sendable {
  /// More symbols than this are refused: they would no longer look like one to five letters at random.
  static let mostSymbols = 1_000_000

  /// The number of rows, without the header.
  let rows: Int
  /// The number of symbols.
  let symbols: Int
  /// What all random numbers follow from.
  let seed: UInt64
  private let calendar: TradingCalendar

  /// Describes a data set; nothing is generated yet.
  ///
  /// - Parameters:
  ///   - rows: The number of rows, without the header; 0 gives the header alone.
  ///   - symbols: The number of symbols; by default one for each 4,727 rows (2,750 in 13 million), but at least 12
  ///     as far as there are rows.
  ///   - seed: What all random numbers follow from.
  /// - Throws: `InvalidDataset` if there are more symbols than rows, or more rows than the symbols have trading days.
  init(rows: Int, symbols: Int? = nil, seed: UInt64 = 1) throws(InvalidDataset) {
    calendar = TradingCalendar()
    guard rows >= 0 else {
      throw InvalidDataset("the number of rows is \(rows); it must be 0 or more")
    }
    let symbols = symbols ?? min(rows, max(12, rows / 4_727))
    let fewest = rows / calendar.count + (rows % calendar.count == 0 ? 0 : 1)
    let most = min(rows, Self.mostSymbols)
    guard fewest <= Self.mostSymbols else {
      throw InvalidDataset("\(rows) rows are too many; the most is \(Self.mostSymbols * calendar.count)")
    }
    guard symbols >= fewest, symbols <= most else {
      let range = fewest == most ? "exactly \(most)" : "from \(fewest) to \(most)"
      throw InvalidDataset("\(symbols) symbols cannot share \(rows) rows; it takes \(range)")
    }
    self.rows = rows
    self.symbols = symbols
    self.seed = seed
  }

  /// Generates the data set and hands it to `sink` in pieces of about 256 KB that end on a row.
  ///
  /// The bytes are valid during the call of `sink` only. Time grows with the rows; memory is a fixed buffer plus some
  /// 50 bytes for each symbol.
  ///
  /// - Throws: What `sink` throws, at once.
  func write(to sink: (UnsafeRawBufferPointer) throws -> Void) rethrows {
    var random = SplitMix64(seed: seed)
    let tickers = Ticker.distinct(symbols, using: &random)
    let histories = historyLengths(using: &random)

    var writer = RowWriter()
    writer.write("\"\",symbol,date,open,high,low,close,volume,adjusted")
    try writer.endRow(sink)
    var number: UInt64 = 0
    for (index, ticker) in tickers.enumerated() {
      var walk = PriceWalk(days: histories[index], random: SplitMix64(seed: seed, stream: UInt64(index)))
      // Every history ends on the calendar's last day.
      for day in (calendar.count - histories[index])..<calendar.count {
        number += 1
        let figures = walk.next(tick: tick(on: day))
        writer.write(number)
        writer.write(UInt8(ascii: ","))
        writer.write(ticker)
        calendar.text.withUnsafeBufferPointer { text in
          // `day` is below the count of days, so its text is inside, and the text is not empty.
          if let first = text.baseAddress { writer.writeDay(first + day * TradingCalendar.textLength) }
        }
        Self.write(figures, ofRow: number, to: &writer)
        try writer.endRow(sink)
      }
    }
    try writer.flush(sink)
  }

  private static func write(_ day: PriceWalk.Day, ofRow number: UInt64, to writer: inout RowWriter) {
    if number % 3001 == 1500 {
      writer.write("NA,NA,NA,NA,NA,NA")
      return
    }
    let comma = UInt8(ascii: ",")
    writer.write(millionths: day.open)
    writer.write(comma)
    writer.write(millionths: day.high)
    writer.write(comma)
    writer.write(millionths: day.low)
    writer.write(comma)
    writer.write(millionths: day.close)
    writer.write(comma)
    if number % 4999 == 2500 {
      writer.write("NA")
    } else {
      writer.write(day.volume)
    }
    writer.write(comma)
    writer.write(millionths: day.adjusted)
  }

  /// The step between prices on a day of the calendar, in hundredths of a cent.
  private func tick(on day: Int) -> Int {
    if day >= calendar.firstDayOfCents { return 100 }
    return day >= calendar.firstDayOfSixteenths ? 625 : 1250
  }

  /// Draws how many trading days each symbol has, so that together they are the rows.
  ///
  /// The weights, x + 3x³ of a uniform x, are skewed to short histories, as most listed companies are young. Their
  /// common factor is the largest with which the sum stays within the rows; what is then still missing is handed out
  /// a day at a time.
  private func historyLengths(using random: inout SplitMix64) -> [Int] {
    if symbols == 0 { return [] }
    let shortest = min(250, max(1, rows / symbols / 2))
    let weights = (0..<symbols).map { _ in
      let draw = random.next(below: 1 << 16)
      let square = (draw * draw) >> 16
      return 1 + draw + 3 * ((square * draw) >> 16)
    }
    func length(_ weight: Int, _ factor: Int) -> Int {
      min(calendar.count, shortest + (weight * factor) >> 16)
    }
    var factors = 0..<((calendar.count << 16) + 1)
    while factors.count > 1 {
      let middle = factors.lowerBound + factors.count / 2
      let isWithin = weights.reduce(0) { $0 + length($1, middle) } <= rows
      factors = isWithin ? middle..<factors.upperBound : factors.lowerBound..<middle
    }
    var lengths = weights.map { length($0, factors.lowerBound) }
    var missing = rows - lengths.reduce(0, +)
    while missing > 0 {
      for index in lengths.indices where missing > 0 && lengths[index] < calendar.count {
        lengths[index] += 1
        missing -= 1
      }
    }
    return lengths
  }
}
