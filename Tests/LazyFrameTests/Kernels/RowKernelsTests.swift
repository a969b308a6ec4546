import Columnar
import Testing

@testable import LazyFrame

@Suite("Moving rows")
struct RowKernelsTests {
  @Test("slices put end to end give the column again", arguments: KernelSamples.types)
  func slices(type: DType) {
    for count in KernelSamples.counts {
      for nulls in KernelSamples.Nulls.allCases {
        let column = KernelSamples.column(type, count: count, nulls)
        for cut in [0, 1, 31, 63, 64, 65, 100] where cut <= count {
          let middle = (cut + count) / 2
          let parts = [0..<cut, cut..<middle, middle..<count].map { RowKernels.slice(column, $0) }
          for (part, range) in zip(parts, [0..<cut, cut..<middle, middle..<count]) {
            #expect(part.all == Array(column.all[range]))
            #expect(part.isWellFormed)
          }
          let joined = RowKernels.concatenate(parts)
          #expect(joined.type == type)
          #expect(joined.all == column.all)
          #expect(joined.isWellFormed)
        }
      }
    }
  }

  @Test("takes rows in any order, some of them twice", arguments: KernelSamples.types)
  func takes(type: DType) {
    for count in KernelSamples.counts where count > 0 {
      for nulls in KernelSamples.Nulls.allCases {
        let column = KernelSamples.column(type, count: count, nulls)
        let rows = (0..<count + 5).map { UInt32($0 * 37 % count) }
        let taken = rows.withUnsafeBufferPointer { RowKernels.take(column, $0) }
        #expect(taken.all == rows.map { column[Int($0)] })
        #expect(taken.isWellFormed)
      }
    }
  }

  @Test("takes no row of an empty column", arguments: KernelSamples.types)
  func takesNothing(type: DType) {
    let taken = [UInt32]().withUnsafeBufferPointer { RowKernels.take(KernelSamples.column(type, count: 0), $0) }
    #expect(taken.count == 0 && taken.type == type)
  }

  @Test("filters by a condition of which null is not true", arguments: KernelSamples.types)
  func filters(type: DType) {
    for count in KernelSamples.counts {
      let column = KernelSamples.column(type, count: count, .some)
      let condition = KernelSamples.column(.bool, count: count, .some, seed: 2)
      let kept = (0..<count).filter { condition[$0] == .bool(true) }
      let filtered = RowKernels.filter(column, Selection(condition))
      #expect(filtered.all == kept.map { column[$0] })
    }
  }

  @Test("a complete selection moves nothing")
  func complete() {
    let selection = Selection(Column([Bool?](repeating: true, count: 65)))
    #expect(selection.isComplete)
    #expect(!Selection(Column([true, nil])).isComplete)
  }

  @Test("leaves out the bitmap when no null is taken")
  func noBitmap() {
    let column = Column([1, nil, 3] as [Int64?])
    #expect([0, 2].withUnsafeBufferPointer { RowKernels.take(column, $0) }.validity == nil)
    #expect([0, 1].withUnsafeBufferPointer { RowKernels.take(column, $0) }.validity != nil)
    #expect(RowKernels.slice(column, 2..<3).validity == nil)
  }

  @Test("a few strings do not keep their column's blocks alive")
  func blocks() {
    weak var block: Storage?
    var taken: Column?
    do {
      let column = KernelSamples.column(.string, count: 300)
      block = column.strings.blocks[0]
      taken = [1, 3].withUnsafeBufferPointer { RowKernels.take(column, $0) }
      #expect(block != nil)
    }
    #expect(block == nil)
    #expect(taken?.all == [1, 3].map { KernelSamples.column(.string, count: 300)[$0] })
  }

  @Test("a repeated long string is copied once")
  func repeated() {
    let text = String(repeating: "x", count: 100)
    let column = Column(repeating: .string(text), type: .string, count: 1000)
    let taken = Array(UInt32(0)..<900).withUnsafeBufferPointer { RowKernels.take(column, $0) }
    #expect(taken.strings.blocks.reduce(0) { $0 + $1.byteCount } < 2000)
    #expect(taken[899] == .string(text))
  }

  @Test("joined strings keep their blocks, each once")
  func joinedBlocks() {
    let (a, b) = (KernelSamples.column(.string, count: 70), KernelSamples.column(.string, count: 90, seed: 1000))
    let joined = RowKernels.concatenate([a, b, a, b])
    #expect(joined.all == a.all + b.all + a.all + b.all)
    #expect(joined.strings.blocks.count == a.strings.blocks.count + b.strings.blocks.count)
  }

  @Test("joins columns with and without nulls at any offset", arguments: [1, 63, 64, 65, 130])
  func joinedNulls(first: Int) {
    let parts = [
      KernelSamples.column(.int64, count: first), KernelSamples.column(.int64, count: 70, .some),
      KernelSamples.column(.int64, count: 0), KernelSamples.column(.int64, count: 129),
      KernelSamples.column(.int64, count: 64, .all),
    ]
    let joined = RowKernels.concatenate(parts)
    #expect(joined.all == parts.flatMap(\.all))
    #expect(joined.isWellFormed)
    #expect(joined.nullCount == parts.reduce(0) { $0 + $1.nullCount })
  }
}
