import Testing

@testable import CommandLineTool

@Suite("The generated tables of db-benchmark's join questions")
struct H2OJoinDatasetTests {
  private typealias Table = H2OJoinDataset.Table

  @Test(
    "are the same on every machine and for ever",
    arguments: [
      (.x, 727_876, 0x226C_925B_6B44_D57C), (.small, 173, 0x60B8_C358_31FF_F8FB), (.medium, 484, 0xAD25_AB7E_3D86_4873),
      (.big, 725_535, 0xB1B9_1700_590D_E548),
    ] as [(H2OJoinDataset.Table, Int, UInt64)])
  func recordedBytes(table: H2OJoinDataset.Table, bytes: Int, hash: UInt64) throws {
    let text = try text(table, rows: 20_000)
    #expect(text.bytes.count == bytes)
    #expect(text.hash == hash)
  }

  @Test("have the columns of the original, and the keys as numbers and as texts")
  func columns() throws {
    let headers = [
      "id1,id2,id3,id4,id5,id6,v1", "id1,id4,v2", "id1,id2,id4,id5,v2", "id1,id2,id3,id4,id5,id6,v2",
    ]
    for (table, header) in zip(Table.allCases, headers) {
      let text = try text(table, rows: 30_000)
      #expect(text.lines.first == header[...])
      let keys = (header.split(separator: ",").count - 1) / 2
      for row in text.rows {
        try #require(row.count == 2 * keys + 1)
        for column in 0..<keys { #expect(row[keys + column] == "id" + row[column]) }
        let value = try #require(Double(row[2 * keys]))
        #expect((0..<100).contains(value))
      }
    }
  }

  @Test(
    "share nine keys of ten",
    arguments: [(10, [10, 10, 10]), (20_000, [10, 20, 20_000]), (34_567, [10, 34, 34_567])])
  func sharedKeys(rows: Int, counts: [Int]) throws {
    let left = try text(.x, rows: rows).rows
    #expect(left.count == rows)
    for (column, table) in [Table.small, .medium, .big].enumerated() {
      let right = try text(table, rows: rows).rows
      #expect(right.count == counts[column])
      for column in 0...column {
        let (leftKeys, rightKeys) = (Set(left.map { $0[column] }), Set(right.map { $0[column] }))
        #expect(leftKeys.count == counts[column])
        #expect(rightKeys.count == counts[column])
        #expect(leftKeys.intersection(rightKeys).count == counts[column] - counts[column] / 10)
        let all = leftKeys.union(rightKeys).compactMap { Int($0) }
        #expect(all.sorted() == Array(1...counts[column] + counts[column] / 10))
      }
    }
  }

  @Test("are in random order, and use all keys about equally often")
  func randomOrder() throws {
    let rows = try text(.x, rows: 20_000).rows
    let keys = rows.compactMap { Int($0[2]) }
    let rising = zip(keys, keys.dropFirst()).count { $0 < $1 }
    #expect((9_700...10_300).contains(rising))
    for key in Set(rows.map { $0[0] }) { #expect((1_800...2_200).contains(rows.count { $0[0] == key })) }
    // The keys that every table uses once come first before they are shuffled.
    #expect(Set(rows.prefix(20).map { $0[1] }).count < 20)
  }

  @Test("differ from seed to seed")
  func seeds() throws {
    #expect(try text(.big, rows: 100, seed: 1).hash != text(.big, rows: 100, seed: 2).hash)
  }

  @Test("are refused when they cannot be made", arguments: [-1, 9, 1_000_000_001])
  func refusals(rows: Int) {
    let error = #expect(throws: InvalidDataset.self) { try H2OJoinDataset(rows: rows, seed: 1) }
    #expect(error?.description == "h2o-join cannot have \(rows) rows; it takes from 10 to 1000000000")
  }

  private func text(_ table: Table, rows: Int, seed: UInt64 = 1) throws -> GeneratedText {
    let dataset = try H2OJoinDataset(rows: rows, seed: seed)
    return try GeneratedText { sink in try dataset.write(table, to: sink) }
  }
}
