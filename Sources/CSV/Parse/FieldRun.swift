import CSVSIMD
import Columnar

/// One column's fields of a block, ready for parsing: plain quotes around a field are outside its bounds.
struct FieldRun {
  let kernelFields: csv_fields
  let quote: Quote?
  /// Holds the bounds when they differ from the block's.
  private let stripped: Storage?

  init(_ block: RecordBlock, column: Int, quote: Quote?) {
    let fields = block.fields(column)
    self.quote = quote
    if let quote, block.hasQuote, FieldRun.hasQuotedField(fields, quote.byte) {
      let storage = FieldRun.strip(fields, quote)
      let bounds = storage.base.assumingMemoryBound(to: UInt32.self)
      stripped = storage
      kernelFields = csv_fields(
        data: fields.data, starts: UnsafePointer(bounds), ends: UnsafePointer(bounds + fields.count), stride: 1,
        count: fields.count, bias: 0)
    } else {
      stripped = nil
      kernelFields = fields
    }
  }

  /// Fields that lie wherever their bounds say. A quote is none of them.
  init(_ fields: csv_fields) {
    (kernelFields, quote, stripped) = (fields, nil, nil)
  }

  var count: Int { kernelFields.count }

  /// The field's bytes. A field with quotes inside still has all of them.
  @inline(__always)
  func bytes(_ row: Int) -> UnsafeRawBufferPointer {
    let at = row &* kernelFields.stride
    let start = Int(kernelFields.starts[at] &+ kernelFields.bias)
    return UnsafeRawBufferPointer(start: kernelFields.data + start, count: Int(kernelFields.ends[at]) &- start)
  }

  private static func hasQuotedField(_ fields: csv_fields, _ quote: UInt8) -> Bool {
    for row in 0..<fields.count where fields.data[Int(fields.starts[row * fields.stride] &+ fields.bias)] == quote {
      return true
    }
    return false
  }

  private static func strip(_ fields: csv_fields, _ quote: Quote) -> Storage {
    let storage = Storage(byteCount: 2 * fields.count * MemoryLayout<UInt32>.stride)
    let starts = storage.base.assumingMemoryBound(to: UInt32.self)
    let ends = starts + fields.count
    for row in 0..<fields.count {
      let start = fields.starts[row * fields.stride] &+ fields.bias
      let end = fields.ends[row * fields.stride]
      let field = UnsafeRawBufferPointer(start: fields.data + Int(start), count: Int(end &- start))
      let isPlain = field.first == quote.byte && FieldText.plainContent(field, quote: quote) != nil
      starts[row] = isPlain ? start + 1 : start
      ends[row] = isPlain ? end - 1 : end
    }
    return storage
  }
}
