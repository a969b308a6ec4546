import Columnar
import TestSupport
import Testing

@testable import LazyFrame

@Suite("Runs without their nulls")
struct GroupRunsTests {
  @Test("are all values and nothing else, as long as they can be", arguments: 0..<60)
  func cover(seed: Int) {
    var numbers = SplitMix64(seed: seed)
    let count = 1 + numbers.next(below: 400)
    let nullRate = [0, 2, 50, 98, 100][seed % 5]
    let valid = (0..<count).map { _ in numbers.next(below: 100) >= nullRate }
    var starts: [UInt32] = [0]
    while Int(starts[starts.count - 1]) < count {
      starts.append(min(UInt32(count), starts[starts.count - 1] + 1 + UInt32(numbers.next(below: [2, 100][seed % 2]))))
    }
    let groups = starts.dropLast().indices.map { UInt32($0) }
    var found: [[Int]] = []
    groups.withUnsafeBufferPointer { groups in
      starts.withUnsafeBufferPointer { starts in
        guard let groupBase = groups.baseAddress, let startBase = starts.baseAddress else { return }
        GroupRuns(groups: groupBase, starts: startBase, count: groups.count).forEach(Bitmap(valid)) {
          found.append([$0, $1, $2])
        }
      }
    }
    var expected: [[Int]] = []
    for group in groups.indices {
      for row in Int(starts[group])..<Int(starts[group + 1]) where valid[row] {
        if let last = expected.last, last[0] == group, last[2] == row {
          expected[expected.count - 1][2] = row + 1
        } else {
          expected.append([group, row, row + 1])
        }
      }
    }
    #expect(found == expected, "seed \(seed)")
  }
}
