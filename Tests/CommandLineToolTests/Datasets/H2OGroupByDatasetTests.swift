import Testing

@testable import CommandLineTool

@Suite("The generated table of db-benchmark's group-by questions")
struct H2OGroupByDatasetTests {
  @Test(
    "is the same on every machine and for ever",
    arguments: [
      (rows: 1_000, groups: 100, seed: 1 as UInt64, bytes: 47_132, hash: 0xF01F_A1C5_B52C_9B90 as UInt64),
      (rows: 1_000, groups: 10, seed: 2, bytes: 46_321, hash: 0x58E4_4A3D_10A1_D0BE),
    ])
  func recordedBytes(rows: Int, groups: Int, seed: UInt64, bytes: Int, hash: UInt64) throws {
    let text = try GeneratedText(H2OGroupByDataset(rows: rows, groups: groups, seed: seed).write)
    #expect(text.bytes.count == bytes)
    #expect(text.hash == hash)
  }

  @Test(
    "draws all values of each column and no others",
    arguments: [
      (rows: 20_000, groups: 10, smallGroups: 2_000), (rows: 20_000, groups: 1_200, smallGroups: 16),
      (rows: 20_000, groups: 30_000, smallGroups: 1),
    ])
  func columns(rows: Int, groups: Int, smallGroups: Int) throws {
    let text = try GeneratedText(H2OGroupByDataset(rows: rows, groups: groups, seed: 3).write)
    #expect(text.lines.first == "id1,id2,id3,id4,id5,id6,v1,v2,v3")
    let cells = text.rows
    try #require(cells.count == rows && cells.allSatisfy { $0.count == 9 })
    let columns: [(count: Int, width: Int?)] = [
      (groups, 3), (groups, 3), (smallGroups, 10), (groups, nil), (groups, nil), (smallGroups, nil), (5, nil),
      (15, nil),
    ]
    for (index, column) in columns.enumerated() {
      let allowed = Set((1...column.count).map { number in column.width.map { identifier(number, $0) } ?? "\(number)" })
      let found = Set(cells.map { $0[index] })
      #expect(found.isSubset(of: allowed), "column \(index)")
      if rows > 15 * column.count { #expect(found.count == column.count, "column \(index)") }
    }
    for cell in cells.map({ $0[8] }) {
      let value = try #require(Double(cell))
      #expect((0..<100).contains(value) && (cell.split(separator: ".").dropFirst().first?.count ?? 0) <= 6, "\(cell)")
    }
    let sum = cells.reduce(0) { $0 + (Double($1[8]) ?? 0) }
    #expect((49...51).contains(sum / Double(rows)))
  }

  @Test("draws the columns independently of each other")
  func independence() throws {
    let cells = try GeneratedText(H2OGroupByDataset(rows: 20_000, groups: 10, seed: 1).write).rows
    for (one, other) in [(0, 1), (0, 3), (3, 4), (1, 6)] {
      let pairs = Set(cells.map { $0[one] + " " + $0[other] })
      #expect(pairs.count == Set(cells.map { $0[one] }).count * Set(cells.map { $0[other] }).count)
    }
  }

  @Test("has no rows when none are asked for")
  func empty() throws {
    #expect(try GeneratedText(H2OGroupByDataset(rows: 0, groups: 100, seed: 1).write).lines.count == 1)
  }

  private func identifier(_ number: Int, _ width: Int) -> String {
    "id" + String(repeating: "0", count: max(0, width - "\(number)".count)) + "\(number)"
  }
}
