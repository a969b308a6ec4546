import CSVSIMD
import Columnar
import Glibc

/// Where the first record of a byte range starts.
///
/// A range that begins in the middle of a file cannot know whether its first byte lies inside a quoted field: only all
/// the bytes before it tell. So the boundary is guessed from the bytes behind it, and the guess is checked later at no
/// cost: the task of the range before ends at exactly the byte where this range's first record must start
/// (see `ScanExtent`). If any guess was wrong, `exact` walks the file once and the run is repeated.
///
///     ...,"a note\nwith, a line\nbreak",x\n17,b,...
///              ^ range begins here
///     guess 1, outside quotes: first record at `with, ...`    fields per record: 2, 3      (4 expected)
///     guess 2, inside quotes:  first record at `17,b,...`     fields per record: 4, 4, 4   wins
enum RecordBoundary {
  /// How many bytes behind a boundary are looked at: no more than the range has, so that small samples stay small.
  private static let windowSizes = 4 << 10...32 << 10

  /// The likely start of the first record in `range`, or nil when none seems to start there. Reads a few blocks.
  static func guess(_ file: InputFile, _ dialect: Dialect, range: Range<Int>, fieldCount: Int) throws -> Int? {
    // The byte before the range is read too: if it is a newline, a record starts right at the range.
    var at = range.lowerBound - 1
    let window = Window(size: min(max(range.count, windowSizes.lowerBound), windowSizes.upperBound))
    var isInsideQuotes: Bool?
    while at < range.upperBound - 1 {
      let count = try window.read(file, at: at)
      if count == 0 { return nil }
      let isInside = isInsideQuotes ?? window.guessIsInsideQuotes(dialect, count, fieldCount)
      var scan = SeparatorScan(dialect, isInsideQuotes: isInside, startsRecord: false)
      if let newline = window.firstNewline(&scan, count) {
        let start = at + newline + 1
        return start < range.upperBound && start < file.size ? start : nil
      }
      isInsideQuotes = scan.isInsideQuotes
      at += count
    }
    return nil
  }

  /// The start of the first record of each range, by reading the file from `start` on. O(bytes).
  static func exact(
    _ file: InputFile, _ dialect: Dialect, ranges: [Range<Int>], start: Int, maximumRecordSize: Int
  ) throws -> [Int?] {
    var starts = [Int?](repeating: nil, count: ranges.count)
    let reader = RecordReader(
      file: file, dialect: dialect, start: start, end: file.size, maximumRecordSize: maximumRecordSize)
    var index = 0
    func note(_ record: Int, _ fieldCount: Int) {
      while index < ranges.count, record >= ranges[index].upperBound { index += 1 }
      if index < ranges.count, starts[index] == nil { starts[index] = record }
    }
    while try reader.nextRecords(note) {}
    return starts
  }

  /// The bytes behind a boundary, with room for the vector kernels.
  private final class Window {
    private let size: Int
    private let storage: Storage
    private let offsets: Storage

    init(size: Int) {
      self.size = size
      storage = Storage(byteCount: size + 2 * Int(CSV_SIMD_PADDING))
      offsets = Storage(byteCount: (size + 64) * MemoryLayout<UInt32>.stride)
    }

    private var data: UnsafeMutablePointer<UInt8> {
      (storage.base + Int(CSV_SIMD_PADDING)).assumingMemoryBound(to: UInt8.self)
    }
    private var separators: UnsafeMutablePointer<UInt32> { offsets.base.assumingMemoryBound(to: UInt32.self) }

    func read(_ file: InputFile, at offset: Int) throws -> Int {
      try file.read(into: UnsafeMutableRawBufferPointer(start: data, count: size), at: offset)
    }

    func firstNewline(_ scan: inout SeparatorScan, _ count: Int) -> Int? {
      if !scan.isInsideQuotes, firstIndex(scan.state.quote, count) == nil {
        return firstIndex(UInt8(ascii: "\n"), count)
      }
      let found = scan.find(data, count, separators)
      for index in 0..<found where data[Int(separators[index])] == UInt8(ascii: "\n") { return Int(separators[index]) }
      return nil
    }

    /// Tries both states and keeps the one whose records have the right number of fields more often.
    func guessIsInsideQuotes(_ dialect: Dialect, _ count: Int, _ fieldCount: Int) -> Bool {
      guard let quote = dialect.quote, firstIndex(quote, count) != nil else { return false }
      return goodShare(dialect, true, count, fieldCount) > goodShare(dialect, false, count, fieldCount)
    }

    private func firstIndex(_ byte: UInt8, _ count: Int) -> Int? {
      memchr(data, Int32(byte), count).map { $0 - UnsafeMutableRawPointer(data) }
    }

    private func goodShare(_ dialect: Dialect, _ isInsideQuotes: Bool, _ count: Int, _ fieldCount: Int) -> Double {
      var scan = SeparatorScan(dialect, isInsideQuotes: isInsideQuotes, startsRecord: false)
      let found = scan.find(data, count, separators)
      var good = 0
      var records = 0
      var fields = 0
      for index in 0..<found {
        fields += 1
        guard data[Int(separators[index])] == UInt8(ascii: "\n") else { continue }
        // The first record is cut by the boundary.
        if records > 0, fields == fieldCount { good += 1 }
        records += 1
        fields = 0
      }
      return records > 1 ? Double(good) / Double(records - 1) : 0
    }
  }
}

/// What one range saw of the record structure, to check guessed boundaries against each other.
struct PartitionExtent: Sendable, Hashable {
  let range: Range<Int>
  /// Where the first record started, or nil when none did.
  let first: Int?
  /// Where the record behind the last one starts; nil with `first`.
  let next: Int?
  /// How many fields were left out of its rows, since they have too many.
  var droppedFieldCount = 0

  /// The extent of two neighbours in one file, or nil when they contradict each other. O(1).
  func joined(_ right: PartitionExtent) -> PartitionExtent? {
    precondition(range.upperBound == right.range.lowerBound, "extents are joined in the order of the file")
    func whole(first: Int?, next: Int?) -> PartitionExtent {
      PartitionExtent(
        range: range.lowerBound..<right.range.upperBound, first: first, next: next,
        droppedFieldCount: droppedFieldCount + right.droppedFieldCount)
    }
    // When nothing started on the left, whoever stands before must end at the right's first record.
    guard let next else { return whole(first: right.first, next: right.next) }
    if let rightFirst = right.first { return next == rightFirst ? whole(first: first, next: right.next) : nil }
    return next >= right.range.upperBound ? whole(first: first, next: next) : nil
  }
}
