import Columnar
import Foundation
import Testing

@testable import LazyFrame

@Suite("Rows of a type of one's own as columns")
struct RowEncoderTests {
  private enum Kind: String, Codable { case small, large }

  private struct Row: Codable, Equatable {
    var id: Int
    var note: String?
    var weight: Double?
    var kind: Kind?
    var day: CivilDate?
    var small: Int8?
    var count: UInt64
  }

  private func row(_ id: Int, _ note: String? = nil, kind: Kind? = nil) -> Row {
    Row(id: id, note: note, weight: nil, kind: kind, day: nil, small: nil, count: 1)
  }

  @Test("have a column for every property, in their order, also where it is nil in every row")
  func nils() throws {
    let frame = try DataFrame(rows: [row(1), row(2, "b"), row(3)])
    #expect(frame.schema.names == ["id", "note", "weight", "kind", "day", "small", "count"])
    #expect(frame.schema.fields.map(\.type) == [.int64, .string, .float64, .null, .date, .int8, .uint64])
    #expect(frame.columns[1].all == [.null, .string("b"), .null])
    #expect(try frame.decode(as: Row.self) == [row(1), row(2, "b"), row(3)])
    #expect(try DataFrame(rows: [row(1), row(2, kind: .large)]).columns[3].all == [.null, .string("large")])
  }

  private struct Event: Codable, Equatable {
    var at: Date
    var until: Date?
  }

  @Test("have moments of Foundation's dates, and give them back")
  func dates() throws {
    let events = [
      Event(at: Date(timeIntervalSince1970: 0.25), until: nil),
      Event(at: Date(timeIntervalSince1970: -86_400), until: Date(timeIntervalSince1970: 1_700_000_000)),
    ]
    let frame = try DataFrame(rows: events)
    #expect(frame.schema.fields.map(\.type) == [.datetime, .datetime])
    #expect(frame.columns[0].all == [.datetime(microseconds: 250_000), .datetime(microseconds: -86_400_000_000)])
    #expect(frame.columns[1].all == [.null, .datetime(microseconds: 1_700_000_000_000_000)])
    #expect(try frame.decode(as: Event.self) == events)
    #expect(throws: LazyFrameError.self) {
      try DataFrame(rows: [Event(at: .distantFuture.addingTimeInterval(1e30), until: nil)])
    }
  }
}
