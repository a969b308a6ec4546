import Columnar
import Testing

@testable import LazyFrame

@Suite("Bounds, the least and the greatest") struct ChoiceKernelsTests {
  private static func call(_ function: ScalarFunction, _ columns: Column..., type: DType = .int64) throws -> [String] {
    try function.definition.compute(columns, type).printed
  }

  @Test("clips between bounds of each row")
  func clips() throws {
    let values = Column([.nan, nil, -.infinity, 0.5, 5] as [Double?])
    let low = Column([0, 0, 0, nil, 6] as [Double?])
    let high = Column([1, 1, 1, .nan, 5] as [Double?])
    #expect(
      try Self.call("clip", values, low, high, type: .float64) == ["nan", "null", "0.0", "0.5", "6.0"])
    let dates = Column(dates: [-5, 0, 5])
    let (first, last) = (Column(dates: [-1, -1, -1]), Column(dates: [nil, nil, 1]))
    #expect(try Self.call("clip", dates, first, last, type: .date) == ["1969-12-31", "1970-01-01", "1970-01-02"])
  }

  @Test("least and greatest skip nulls, and NaN is the greatest")
  func extremes() throws {
    let columns = [[1, nil, .nan, nil, 2], [2, 3, 1, nil, nil], [0, nil, nil, nil, 2]] as [[Double?]]
    let (a, b, c) = (Column(columns[0]), Column(columns[1]), Column(columns[2]))
    #expect(try Self.call("least", a, b, c, type: .float64) == ["0.0", "3.0", "1.0", "null", "2.0"])
    #expect(try Self.call("greatest", a, b, c, type: .float64) == ["2.0", "3.0", "nan", "null", "2.0"])
    let texts = (Column(["b", nil, "a text that does not fit"]), Column(["a", "é", "a text that does not"]))
    #expect(try Self.call("least", texts.0, texts.1, type: .string) == ["a", "é", "a text that does not"])
  }
}
