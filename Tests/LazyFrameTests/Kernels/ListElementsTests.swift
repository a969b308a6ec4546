import Columnar
import TestSupport
import Testing

@testable import LazyFrame

@Suite("Elements of lists") struct ListElementsTests {
  /// Lists of small numbers, some of them null, whose null lists have elements that mean nothing.
  private static func lists(_ random: inout SplitMix64, count: Int) -> (column: Column, values: [[Int64?]?]) {
    var (offsets, elements, validity): ([Int64], [Int64?], [Bool]) = ([0], [], [])
    for _ in 0..<count {
      for _ in 0..<Int.random(in: 0...6, using: &random) {
        let isNull = Int.random(in: 0...3, using: &random) == 0
        elements.append(isNull ? nil : Int64.random(in: -3...3, using: &random))
      }
      offsets.append(Int64(elements.count))
      validity.append(Int.random(in: 0...4, using: &random) > 0)
    }
    let values = ListValues(offsets: Buffer(offsets), elements: Column(elements))
    let column = Column(type: .list(.int64), values: .list(values), validity: Bitmap(validity).unlessAllSet)
    return (column, (0..<count).map { validity[$0] ? Array(elements[values[$0]]) : nil })
  }

  @Test("are what a plain array has")
  func plain() throws {
    let seed = UInt64.random(in: 0...UInt64.max)
    var random = SplitMix64(seed: seed)
    for count in [0, 1, 63, 200] {
      let (column, lists) = ListElementsTests.lists(&random, count: count)
      let positions = (0..<count).map { _ in Int64.random(in: -7...7, using: &random) as Int64? }
      let ends = (0..<count).map { _ in Int64.random(in: -7...7, using: &random) as Int64? }
      let columns = [("l", column), ("p", Column(positions)), ("q", Column(ends))]
      func check(_ text: String, _ expected: (Int, [Int64?]) -> Value) throws {
        let found = try computed(text, columns)
        #expect(found.isWellFormed)
        for row in 0..<count {
          let value = lists[row].map { expected(row, $0) } ?? .null
          #expect(found[row] == value, "\(text) in row \(row) of seed \(seed): \(column[row])")
        }
      }
      func number(_ value: Int64?) -> Value { value.map { .int($0) } ?? .null }
      /// A position from 1, where it may be counted from the end.
      func place(_ position: Int64?, _ list: [Int64?]) -> Int {
        let position = Int(position ?? 0)
        return position < 0 ? list.count + 1 + position : position
      }
      try check("list_length(l)") { .int(Int64($1.count)) }
      try check("list_extract(l, p)") { row, list in
        let place = place(positions[row], list)
        return 1...max(list.count, 1) ~= place && !list.isEmpty ? number(list[place - 1]) : .null
      }
      try check("list_slice(l, p, q)") { row, list in
        let (first, last) = (place(positions[row], list), place(ends[row], list))
        return .list(list.indices.filter { $0 + 1 >= first && $0 + 1 <= last }.map { number(list[$0]) })
      }
      try check("list_reverse(l)") { .list($1.reversed().map(number)) }
      try check("list_sort(l)") {
        .list($1.compactMap { $0 }.sorted().map(number) + $1.filter { $0 == nil }.map(number))
      }
      try check("list_sort(l, 'desc')") {
        .list($1.compactMap { $0 }.sorted(by: >).map(number) + $1.filter { $0 == nil }.map(number))
      }
      try check("list_distinct(l)") { _, list in
        .list(list.indices.filter { !list[..<$0].contains(list[$0]) }.map { number(list[$0]) })
      }
      try check("list_contains(l, p)") { row, list in .bool(list.contains(positions[row])) }
      try check("list_sum(l)") { $1.contains { $0 != nil } ? .int($1.compactMap { $0 }.reduce(0, +)) : .null }
      try check("list_min(l)") { number($1.compactMap { $0 }.min()) }
      try check("list_max(l)") { number($1.compactMap { $0 }.max()) }
      try check("list_avg(l)") {
        let known = $1.compactMap { $0 }.map(Double.init)
        return known.isEmpty ? .null : .double(known.reduce(0, +) / Double(known.count))
      }
      try check("array_to_string(l, ', ')") { .string($1.compactMap { $0.map { "\($0)" } }.joined(separator: ", ")) }
    }
  }

  @Test("what null lists have in them is never summed")
  func hidden() throws {
    let values = ListValues(offsets: Buffer([0, 2, 3]), elements: Column([.max, .max, 1] as [Int64?]))
    let column = Column(type: .list(.int64), values: .list(values), validity: Bitmap([false, true]))
    #expect(try computed("list_sum(l)", [("l", column)]).all == [.null, .int(1)])
    let shown = Column(type: .list(.int64), values: .list(values))
    #expect(throws: LazyFrameError.self) { try computed("list_sum(l)", [("l", shown)]) }
  }

  @Test(
    "of every type are sorted, found and told apart",
    arguments: DType.all.filter { $0 != .null })
  func types(type: DType) throws {
    let elements = KernelSamples.column(type, count: 40, .some)
    let lists = Column(lists: [10, nil, 0, 29, 1], elements: elements)
    let columns = [("l", lists)]
    let sorted = try computed("list_sort(l)", columns)
    let whole = LazyFrame(
      DataFrame(RecordBatch(schema: Schema([Field("e", type)]), columns: [elements], rowCount: 40)))
    let rows = try whole.slice(10, 29).sort(by: col("e")).compute().columns[0].all
    #expect(sorted[3].description == Value.list(rows).description)
    #expect(try computed("list_min(l)", columns)[3].description == rows[0].description)
    #expect(sorted.type == .list(type))
    let distinct = try whole.slice(10, 29).distinct().compute().columns[0].all
    #expect(try computed("list_distinct(l)", columns)[3].description == Value.list(distinct).description)
    #expect(try computed("list_contains(l, list_extract(l, 1))", columns).all.count == 5)
    #expect(try computed("list_reverse(list_reverse(l))", columns).printed == lists.printed)
  }
}
