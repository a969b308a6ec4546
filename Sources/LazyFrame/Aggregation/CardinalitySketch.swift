import Columnar
import Glibc

/// About how many different hashes were added, in a few kilobytes: HyperLogLog (Flajolet, Fusy, Gandouet and Meunier 2007).
///
/// The first 12 bits of a hash choose one of 4096 registers. A register keeps the largest number of zeros, plus one, with which
/// the rest of such a hash began. As hashes are random, that tells how many different ones there were.
///
///     hash        | register: 12 | 0001…            rank 4
///     registers   3 0 4 1 …                         4096 bytes
///
/// While there are up to 1024 of them, the hashes are kept with 25 bits for the register, in 4 bytes each, as in HyperLogLog++
/// (Heule, Nunkesser and Hall 2013): then the registers that are not empty tell how many there are, nearly exactly. From
/// there on the estimate is that of Ertl 2017 (arXiv 1702.01284, algorithm 6), which needs no tables of corrections; its
/// standard error is 1.04 / sqrt(4096) = 1.6%. Merging takes the larger ranks, so that the estimate depends neither on the
/// order of rows nor on partitions.
struct CardinalitySketch: GroupSketch {
  private static let bits: UInt64 = 12
  private static let registerCount = 1 << bits
  private static let largestRank = 64 - Int(bits) + 1
  private static let entryBits: UInt64 = 25
  private static let entryLimit = 1024

  /// A register of 25 bits and a rank of 6 each.
  private var entries: [UInt32] = []
  /// At how many entries those of one register are joined.
  private var joinsAt = 16
  /// Empty as long as there are entries instead.
  private var registers: [UInt8] = []

  init() {}

  /// The hashes that `hash(x)` gives, the same in every process. 0.0 equals -0.0, and NaN equals NaN.
  static func elements(of column: Column) -> Buffer<UInt64> {
    FixedValues(HashKernels.hash(column).int64s).buffer()
  }

  mutating func add(_ hash: UInt64) {
    if registers.isEmpty {
      let rank = CardinalitySketch.rank(hash, CardinalitySketch.entryBits)
      add(entry: UInt32(truncatingIfNeeded: hash >> (64 - CardinalitySketch.entryBits)) << 6 | UInt32(rank))
    } else {
      let register = Int(hash >> (64 - CardinalitySketch.bits))
      registers[register] = max(registers[register], CardinalitySketch.rank(hash, CardinalitySketch.bits))
    }
  }

  private static func rank(_ hash: UInt64, _ bits: UInt64) -> UInt8 {
    UInt8(truncatingIfNeeded: (hash << bits | 1 << (bits - 1)).leadingZeroBitCount + 1)
  }

  private mutating func add(entry: UInt32) {
    if registers.isEmpty {
      entries.append(entry)
      if entries.count >= joinsAt { joinEntries() }
      return
    }
    // The register's other 13 bits are the first of those that the rank counts the zeros of.
    let rest = entry >> 6 & 0x1FFF
    let rank = rest == 0 ? 13 + UInt8(entry & 63) : UInt8(truncatingIfNeeded: (rest << 19).leadingZeroBitCount + 1)
    let register = Int(entry >> 19)
    registers[register] = max(registers[register], rank)
  }

  /// Keeps the largest entry of each register. Too many of them become registers.
  private mutating func joinEntries() {
    entries.sort()
    var kept: [UInt32] = []
    for index in entries.indices where index + 1 == entries.count || entries[index + 1] >> 6 != entries[index] >> 6 {
      kept.append(entries[index])
    }
    entries = kept
    joinsAt = max(16, 2 * kept.count)
    guard kept.count > CardinalitySketch.entryLimit else { return }
    registers = Array(repeating: 0, count: CardinalitySketch.registerCount)
    entries = []
    for entry in kept { add(entry: entry) }
  }

  mutating func merge(_ other: CardinalitySketch) {
    var entries = other.entries
    if !other.registers.isEmpty {
      if registers.isEmpty {
        (registers, entries) = (other.registers, self.entries)
        self.entries = []
      } else {
        for index in registers.indices { registers[index] = max(registers[index], other.registers[index]) }
      }
    }
    for entry in entries { add(entry: entry) }
  }

  /// The estimate.
  func count() -> Double {
    var joined = self
    if registers.isEmpty { joined.joinEntries() }
    if joined.registers.isEmpty {
      let total = Double(1 << CardinalitySketch.entryBits)
      return -total * log1p(-Double(joined.entries.count) / total)
    }
    var ranks = [Double](repeating: 0, count: CardinalitySketch.largestRank + 1)
    for rank in joined.registers { ranks[Int(rank)] += 1 }
    let total = Double(CardinalitySketch.registerCount)
    var sum = total * CardinalitySketch.tau(1 - ranks[CardinalitySketch.largestRank] / total)
    for rank in stride(from: CardinalitySketch.largestRank - 1, through: 1, by: -1) { sum = 0.5 * (sum + ranks[rank]) }
    sum += total * CardinalitySketch.sigma(ranks[0] / total)
    return total * total / (2 * log(2) * sum)
  }

  private static func sigma(_ share: Double) -> Double {
    if share == 1 { return .infinity }
    var (power, factor, sum) = (share, 1.0, share)
    while true {
      power *= power
      let before = sum
      sum += power * factor
      factor += factor
      if sum == before { return sum }
    }
  }

  private static func tau(_ share: Double) -> Double {
    if share == 0 || share == 1 { return 0 }
    var (root, factor, sum) = (share, 1.0, 1 - share)
    while true {
      root = root.squareRoot()
      let before = sum
      factor *= 0.5
      sum -= (1 - root) * (1 - root) * factor
      if sum == before { return sum / 3 }
    }
  }
}
