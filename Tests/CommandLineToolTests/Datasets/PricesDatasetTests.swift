import Testing

@testable import CommandLineTool

@Suite("The generated data set of stock prices")
struct PricesDatasetTests {
  @Test(
    "is the same on every machine and for ever",
    arguments: [
      (rows: 1_000, symbols: nil as Int?, seed: 1 as UInt64, bytes: 76_442, hash: 0xE265_FCC5_D63E_6A24 as UInt64),
      (rows: 1_000, symbols: nil, seed: 2, bytes: 73_836, hash: 0xE001_9E52_7185_1F56),
      (rows: 30_000, symbols: 2, seed: 1, bytes: 2_328_125, hash: 0xECDE_CD17_E3B8_C6AA),
    ])
  func recordedBytes(rows: Int, symbols: Int?, seed: UInt64, bytes: Int, hash: UInt64) throws {
    let text = try generated(rows: rows, symbols: symbols, seed: seed)
    #expect(text.bytes.count == bytes)
    #expect(text.hash == hash)
  }

  @Test("has the rows and symbols that were asked for", arguments: [(0, 0), (1, 1), (11, 11), (12, 12), (20_000, 12)])
  func counts(rows: Int, symbols: Int) throws {
    let dataset = try PricesDataset(rows: rows)
    #expect(dataset.symbols == symbols)
    let lines = try lines(rows: rows)
    #expect(lines.first == #""",symbol,date,open,high,low,close,volume,adjusted"#)
    #expect(lines.count == rows + 1)
    #expect(Set(lines.dropFirst().map { $0.split(separator: ",")[1] }).count == symbols)
  }

  @Test("keeps the promises of its columns, whatever the seed", arguments: [1, 2] as [UInt64])
  func columns(seed: UInt64) throws {
    var previous = (symbol: "", date: "")
    for (index, line) in try lines(rows: 20_000, symbols: 5, seed: seed).dropFirst().enumerated() {
      let cells = line.split(separator: ",", omittingEmptySubsequences: false).map(String.init)
      try #require(cells.count == 9, "\(line)")
      let number = index + 1
      let (symbol, date) = (cells[1], cells[2])
      #expect(cells[0] == "\(number)")
      #expect((1...5).contains(symbol.count) && symbol.allSatisfy { ("A"..."Z").contains($0) }, "\(line)")
      #expect(("1962-01-02"..."2021-11-12").contains(date) && date.count == 10, "\(line)")
      #expect((previous.symbol, previous.date) < (symbol, date), "\(line)")
      if symbol != previous.symbol, index > 0 { #expect(previous.date == "2021-11-12") }
      previous = (symbol, date)

      let figures = cells[3...]
      if number % 3001 == 1500 {
        #expect(figures.allSatisfy { $0 == "NA" }, "\(line)")
        continue
      }
      if number % 4999 == 2500 {
        #expect(cells[7] == "NA", "\(line)")
      } else {
        let volume = try #require(Int(cells[7]), "\(line)")
        #expect((0..<1_000_000_000).contains(volume), "\(line)")
      }
      let prices = try [3, 4, 5, 6, 8].map { try #require(Double(cells[$0]), "\(line)") }
      let (open, high, low, close, adjusted) = (prices[0], prices[1], prices[2], prices[3], prices[4])
      #expect(0 < low && low <= min(open, close) && max(open, close) <= high, "\(line)")
      #expect(0 < adjusted && adjusted <= close, "\(line)")
      for cell in [3, 4, 5, 6, 8].map({ cells[$0] }) where cell.contains(".") {
        let decimals = cell.split(separator: ".")[1]
        #expect((1...6).contains(decimals.count) && decimals.last != "0", "\(line)")
      }
    }
  }

  @Test("makes a sample that is worth looking at")
  func sample() throws {
    let lines = try lines(rows: 20_000)
    let groups = Set(lines.dropFirst().map { $0.split(separator: ",")[1] + $0.split(separator: ",")[2].prefix(4) })
    #expect(groups.count >= 60)
    #expect(lines.count { $0.hasSuffix(",NA,NA,NA,NA,NA,NA") } == 7)
    #expect(lines.count { $0.contains(",NA,") && !$0.hasSuffix(",NA") } == 4)
    #expect(try generated(rows: 20_000).bytes.count < 2_000_000)
  }

  @Test("fills whole histories when the symbols are as few as can be")
  func fewestSymbols() throws {
    let days = TradingCalendar().count
    let full = try lines(rows: 2 * days, symbols: 2)
    #expect(full.count == 2 * days + 1)
    #expect(full.count { $0.contains(",1962-01-02,") } == 2)
  }

  @Test("gives each row its own symbol when there are as many symbols as rows")
  func mostSymbols() throws {
    let lines = try lines(rows: 5_000, symbols: 5_000)
    #expect(lines.dropFirst().allSatisfy { $0.contains(",2021-11-12,") })
    #expect(Set(lines.dropFirst().map { $0.split(separator: ",")[1] }).count == 5_000)
  }

  @Test(
    "refuses what cannot be made, and says what can",
    arguments: [
      (rows: -1, symbols: nil as Int?, message: "the number of rows is -1; it must be 0 or more"),
      (rows: 10, symbols: 11, message: "11 symbols cannot share 10 rows; it takes from 1 to 10"),
      (rows: 10, symbols: 0, message: "0 symbols cannot share 10 rows; it takes from 1 to 10"),
      (rows: 10, symbols: -3, message: "-3 symbols cannot share 10 rows; it takes from 1 to 10"),
      (rows: 0, symbols: 1, message: "1 symbols cannot share 0 rows; it takes exactly 0"),
      (rows: 100_000, symbols: 2, message: "2 symbols cannot share 100000 rows; it takes from 7 to 100000"),
      (rows: .max, symbols: nil, message: "9223372036854775807 rows are too many; the most is 15252000000"),
    ])
  func refusals(rows: Int, symbols: Int?, message: String) {
    let error = #expect(throws: InvalidDataset.self) {
      try PricesDataset(rows: rows, symbols: symbols)
    }
    #expect(error?.description == message)
  }

  @Test("hands on pieces that end on a row and are no larger than the buffer")
  func pieces() throws {
    var sizes: [Int] = []
    try PricesDataset(rows: 20_000).write { piece in
      sizes.append(piece.count)
      #expect(piece.last == UInt8(ascii: "\n"))
    }
    #expect(sizes.count > 3)
    #expect(sizes.dropLast().allSatisfy { $0 >= RowWriter.flushSize })
    #expect(sizes.allSatisfy { (1..<RowWriter.flushSize + RowWriter.longestRow).contains($0) })
  }

  @Test("stops at the first error of the sink")
  func sinkFails() throws {
    struct Full: Error {}
    var calls = 0
    let dataset = try PricesDataset(rows: 20_000)
    #expect(throws: Full.self) {
      try dataset.write { _ in
        calls += 1
        throw Full()
      }
    }
    #expect(calls == 1)
  }

  private func generated(rows: Int, symbols: Int? = nil, seed: UInt64 = 1) throws -> GeneratedText {
    try GeneratedText(PricesDataset(rows: rows, symbols: symbols, seed: seed).write)
  }

  private func lines(rows: Int, symbols: Int? = nil, seed: UInt64 = 1) throws -> [Substring] {
    try generated(rows: rows, symbols: symbols, seed: seed).lines
  }
}
