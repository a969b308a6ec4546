import CSVSIMD
import Columnar

/// The whole records of one piece of a file, and where their fields lie.
///
/// Row `r` occupies `stride` steps of `bounds`: field `c` lies between `bounds[r * stride + c] + 1` and
/// `bounds[r * stride + c + 1]`. In a block whose records all have the right number of fields and end in a bare newline the
/// bounds are the separators as they were found, and the newline of one row is the bound before the next: the stride
/// is the number of fields. Otherwise each row has its own first bound, and the stride is one more.
///
///     bytes    a , b b \n c , d \n          offsets 0 1 2 3 4 5 6 7 8
///     bounds   -1  1     4     6   8        stride 2
///
/// The bounds are valid until the reader that made the block goes on.
struct RecordBlock {
  /// Keeps the bytes alive; string columns share it.
  let storage: Storage
  /// Where the data begins in `storage`.
  let dataOffset: Int
  /// Where the data begins in the file.
  let fileOffset: Int
  let bounds: UnsafePointer<UInt32>
  let stride: Int
  let rowCount: Int
  let hasQuote: Bool
  let hasNonASCII: Bool

  var data: UnsafePointer<UInt8> { UnsafePointer((storage.base + dataOffset).assumingMemoryBound(to: UInt8.self)) }

  /// The field's first byte and the byte behind its last, quotes included.
  func field(_ row: Int, _ column: Int) -> Range<Int> {
    let at = row * stride + column
    return Int(bounds[at] &+ 1)..<Int(bounds[at + 1])
  }

  func bytes(_ range: Range<Int>) -> UnsafeRawBufferPointer {
    UnsafeRawBufferPointer(start: data + range.lowerBound, count: range.count)
  }

  /// One column's fields, as the vector kernels read them.
  func fields(_ column: Int) -> csv_fields {
    csv_fields(
      data: data, starts: bounds + column, ends: bounds + column + 1, stride: stride, count: rowCount, bias: 1)
  }
}
