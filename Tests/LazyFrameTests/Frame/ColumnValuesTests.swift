import LazyFrame
import Testing

@Suite("Frames of Swift values") struct ColumnValuesTests {
  struct Price: Codable, Equatable {
    enum Kind: String, Codable { case share, bond }
    let symbol: String
    let day: CivilDate
    let close: Double?
    let volume: Int32
    let kind: Kind
  }

  struct Nested: Encodable {
    let a: Int
    let inner: Price?
  }

  private func message(_ body: () throws -> Void) -> String? {
    do {
      try body()
      return nil
    } catch {
      return (error as? LazyFrameError)?.message ?? "\(error)"
    }
  }

  @Test("columns are literals, in their order")
  func literals() throws {
    let frame = try DataFrame([
      "b": [1, 2, nil], "a": ["x", nil, "z"], "c": [1.5, 2, .nan], "d": [true, false, nil], "e": [nil, nil, nil],
      "f": [.date(CivilDate(days: 0)), nil, nil], "g": [nil, .duration(.seconds(90)), nil],
      "h": .column(Column([Int8(1), 2, 3])),
    ])
    #expect(
      frame.schema.description
        == "b: int64, a: string, c: float64, d: bool, e: null, f: date, g: duration, h: int8")
    #expect(frame.row(0).map(\.description) == ["1", "x", "1.5", "true", "null", "1970-01-01", "null", "1"])
    #expect(frame.row(2).map(\.description) == ["null", "z", "nan", "null", "null", "null", "null", "3"])
    #expect(try frame.lazy.compute().rowCount == 3)
    #expect(try LazyFrame(["a": [1, 2]], partitions: 2).sum().compute().row(0) == [.int(3)])
    #expect(try DataFrame([:]).rowCount == 0)
  }

  @Test("what is no table is an error")
  func mistakes() throws {
    #expect(
      message { _ = try DataFrame(["a": [1, nil, "x"]]) }
        == "column 'a' has values of different types: string in row 3, int64 before it")
    #expect(message { _ = try DataFrame(["a": [1, 2], "b": [1]]) } == "column 'b' has 1 values, and 'a' has 2")
    #expect(message { _ = try DataFrame(["a": [1], "a": [2]]) } == "two results are called 'a'")
  }

  @Test("rows become columns, and come back")
  func rows() throws {
    let prices = [
      Price(symbol: "A", day: CivilDate(days: 1), close: nil, volume: 7, kind: .share),
      Price(symbol: "B", day: CivilDate(days: 2), close: 2.5, volume: 8, kind: .bond),
      Price(symbol: "C", day: CivilDate(days: 3), close: nil, volume: 9, kind: .share),
    ]
    let frame = try DataFrame(rows: prices)
    #expect(frame.schema.names.sorted() == ["close", "day", "kind", "symbol", "volume"])
    #expect(frame.schema["volume"]?.type == .int32)
    #expect(frame.schema["close"]?.type == .float64)
    #expect(try frame.decode(as: Price.self) == prices)
    #expect(try DataFrame(rows: [Price]()).rowCount == 0)
    #expect(
      message { _ = try DataFrame(rows: [Nested(a: 1, inner: prices[0])]) } == "property 'inner' is no single value")
    #expect(message { _ = try DataFrame(rows: [1, 2]) } == "a row is no structure with properties")
  }
}
