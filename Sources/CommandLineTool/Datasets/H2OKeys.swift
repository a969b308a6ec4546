/// The keys by which tables are joined: some are in both tables, some in the left one only, some in the right one only.
///
///     drawn   ├────── shared, 9/10 of n ──────┤├ left only ┤├ right only ┤      the numbers from 1 to 1.1 n, shuffled
///     left    ├───────────────────────────────────────────┤                    n keys
///     right   ├───────────────────────────────┤             ├────────────┤     n keys
struct H2OKeys: Sendable {
  /// n: how many keys a table has.
  let count: Int
  private let drawn: [UInt32]

  /// - Parameter count: At least 10, and such that 1.1 times as many are numbers of 32 bits.
  init(count: Int, using random: inout SplitMix64) {
    self.count = count
    var numbers = Array(1...UInt32(count + count / 10))
    Self.shuffle(&numbers, using: &random)
    drawn = numbers
  }

  /// A key for each row: all of the table's keys, further ones at random, in random order.
  ///
  /// - Parameter rows: At least as many as there are keys.
  func column(rows: Int, isLeft: Bool, using random: inout SplitMix64) -> [UInt32] {
    let shared = count - count / 10
    var column = isLeft ? Array(drawn[..<count]) : Array(drawn[..<shared] + drawn[count...])
    column.reserveCapacity(rows)
    while column.count < rows { column.append(column[random.next(below: count)]) }
    Self.shuffle(&column, using: &random)
    return column
  }

  /// Fisher and Yates' shuffle, by Durstenfeld; the standard library's may change between versions of Swift.
  private static func shuffle(_ numbers: inout [UInt32], using random: inout SplitMix64) {
    var end = numbers.count
    while end > 1 {
      numbers.swapAt(random.next(below: end), end - 1)
      end -= 1
    }
  }
}
