import Columnar
import Testing

@testable import LazyFrame

@Suite("Choosing between columns")
struct SelectionKernelsTests {
  @Test("the first true condition wins, null is not true", arguments: KernelSamples.types, KernelSamples.counts)
  func chooses(type: DType, count: Int) {
    for nulls in KernelSamples.Nulls.allCases {
      let branches: [(condition: Column, value: Column)] = (0..<3).map { branch in
        let condition = KernelSamples.column(.bool, count: count, branch == 1 ? .some : .none, seed: branch * 5)
        let value = KernelSamples.column(type, count: count, branch == 0 ? nulls : .none, seed: branch * 1000)
        return (condition, value)
      }
      let otherwise = KernelSamples.column(type, count: count, nulls, seed: 9000)
      let result = SelectionKernels.choose(branches, otherwise: otherwise)
      for row in 0..<count {
        let chosen = branches.first { $0.condition[row] == .bool(true) }?.value ?? otherwise
        #expect(result[row] == chosen[row])
      }
      #expect(result.type == type && result.count == count && result.isWellFormed)
    }
  }

  @Test("whole words of rows are chosen at once")
  func wholeWords() {
    let condition = Column((0..<200).map { row -> Bool? in (64..<128).contains(row) || row == 199 })
    let (a, b) = (KernelSamples.column(.int64, count: 200), KernelSamples.column(.int64, count: 200, seed: 500))
    let result = SelectionKernels.choose([(condition, a)], otherwise: b)
    #expect(result.all == (0..<200).map { condition[$0] == .bool(true) ? a[$0] : b[$0] })
    #expect(SelectionKernels.choose([], otherwise: b).all == b.all)
  }

  @Test("a null's slot of a condition may be true")
  func nullSlot() {
    let condition = Column([true, true]).masked(by: Bitmap([true, false]))
    let result = SelectionKernels.choose(
      [(condition, Column([1, 1] as [Int64]))], otherwise: Column([2, 2] as [Int64]))
    #expect(result.printed == ["1", "2"])
  }

  @Test("coalesce gives the first value that is not null", arguments: KernelSamples.types, KernelSamples.counts)
  func coalesces(type: DType, count: Int) {
    for nulls in KernelSamples.Nulls.allCases {
      let columns = [
        KernelSamples.column(type, count: count, .some), KernelSamples.column(type, count: count, nulls, seed: 77),
        KernelSamples.column(type, count: count, .none, seed: 99),
      ]
      for columns in [columns, Array(columns.dropLast()), Array(columns.dropLast(2)), columns.reversed()] {
        let result = SelectionKernels.coalesce(columns)
        let expected = (0..<count).map { row in columns.map { $0[row] }.first { !$0.isNull } ?? .null }
        #expect(result.all == expected)
        #expect(result.isWellFormed)
      }
    }
  }

  @Test(
    "in follows SQL's three values",
    arguments: [
      (.int(1), [.int(2), .int(1)], .bool(true)), (.int(1), [.int(2), .null], .null),
      (.int(1), [.null, .int(1)], .bool(true)),
      (.null, [.int(1)], .null), (.null, [.null], .null), (.int(3), [.int(1), .int(2)], .bool(false)),
      (.int(3), [], .bool(false)), (.null, [], .null),
    ] as [(Value, [Value], Value)])
  func isIn(value: Value, list: [Value], expected: Value) throws {
    for count in [1, 65] {
      let columns = ([value] + list).map { Column(repeating: $0, type: .int64, count: count) }
      #expect(
        try ScalarFunction.isIn.definition.compute(columns, .bool).all == Array(repeating: expected, count: count))
    }
  }

  @Test("in compares as equality does, NaN with NaN")
  func isInTypes() {
    let numbers = Column([.nan, 1, -0.0] as [Double])
    let list = [Double.nan, 0].map { Column(repeating: .double($0), type: .float64, count: 3) }
    #expect(SelectionKernels.isIn(numbers, list).printed == ["true", "false", "true"])
    let texts = Column(["AAPL", "a ticker of more than twelve letters", nil])
    let tickers = ["MSFT", "a ticker of more than twelve letters"].map {
      Column(repeating: .string($0), type: .string, count: 3)
    }
    #expect(SelectionKernels.isIn(texts, tickers).printed == ["false", "true", "null"])
    let nulls = Column(nullsOf: .null, count: 2)
    #expect(SelectionKernels.isIn(nulls, [nulls]).printed == ["null", "null"])
  }
}
