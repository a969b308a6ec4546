import Testing

@testable import Columnar

@Suite("Schemas and types")
struct SchemaTests {
  private let schema = Schema([Field("symbol", .string), Field("close", .float64)])

  @Test("find a column by its name")
  func lookUp() {
    #expect(schema.index(of: "close") == 1)
    #expect(schema.index(of: "Close") == nil)
    #expect(schema["symbol"]?.type == .string)
    #expect(schema.names == ["symbol", "close"])
    #expect(schema.description == "symbol: string, close: float64")
  }

  @Test("every type is found by the name it prints", arguments: DType.all)
  func names(type: DType) {
    #expect(DType(name: type.description) == type)
  }

  @Test("lists are named by what is in them", arguments: DType.all)
  func lists(type: DType) throws {
    #expect(DType.list(type).description == "list(\(type))")
    #expect(DType(name: "list(list(\(type)))") == .list(.list(type)))
    #expect(DType.list(type).element == type && type.element == nil)
    #expect(DType.list(type) != type && DType.list(type) != .list(.list(type)))
    #expect(!DType.list(type).isNumeric && !DType.list(type).isText && !DType.list(type).isTemporal)
  }

  @Test(
    "what is no name of a type is none",
    arguments: [
      "", "list", "list()", "list(int64", "list(int64))", "list(x)", " int64", "INT64", "int64)",
      String(repeating: "list(", count: 100_000) + "int64" + String(repeating: ")", count: 100_000),
    ])
  func noNames(name: String) {
    #expect(DType(name: name) == nil)
  }

  @Test("a type is of one family at most")
  func families() {
    for type in DType.all {
      #expect(type.isNumeric == (type.isInteger != type.isFloatingPoint), "\(type)")
      #expect(!(type.isNumeric && type.isTemporal), "\(type)")
    }
    #expect(DType(name: "float") == nil)
    #expect(DType.all.filter(\.isTemporal) == [.date, .datetime])
  }

  @Test("a batch finds its columns by name, and counts rows without any column")
  func batches() {
    let batch = RecordBatch(
      schema: schema, columns: [Column(["A", nil]), Column([1.5, nil])], rowCount: 2)
    #expect(batch["close"]?[0] == .double(1.5))
    #expect(batch["volume"] == nil)
    #expect(RecordBatch(schema: Schema([]), columns: [], rowCount: 5).rowCount == 5)
  }
}
