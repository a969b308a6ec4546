import Columnar

/// A text field whose bytes are no UTF-8.
struct InvalidText: Error {
  let row: Int
}

extension ColumnParser {
  /// Views of the fields. Short strings are copied into their views; long ones point into the block; only those with
  /// quotes inside are rewritten.
  func strings(_ block: RecordBlock, column: Int) throws -> Column {
    var validity = ValidityBuilder(count: block.rowCount)
    let views = MutableBuffer<StringView>(count: block.rowCount)
    let target = views.pointer
    var rewritten = StringBuilder()
    var sharesBlock = false
    let data = block.data
    let emptyIsNull = nulls.emptyTextIsNull
    for row in 0..<block.rowCount {
      let field = block.field(row, column)
      let length = field.count
      let text = UnsafeRawPointer(data + field.lowerBound)
      if length == 0 {
        if emptyIsNull { validity.setNull(row) }
        target[row] = .empty
        continue
      }
      if block.hasQuote, let quote, text.load(as: UInt8.self) == quote.byte {
        try target[row] = quoted(block.bytes(field), quote, block, row, &rewritten, &sharesBlock)
        continue
      }
      if block.hasNonASCII, !FieldText.isValidUTF8(block.bytes(field)) { throw InvalidText(row: row) }
      if nulls.hasTextWords, nulls.containsText(block.bytes(field)) { validity.setNull(row) }
      target[row] = ColumnParser.view(text, length, in: block.storage, &sharesBlock)
    }
    // Block 0 is the file's block, the others hold rewritten strings.
    let builtBlocks = rewritten.freeze().blocks
    let blocks = sharesBlock || !builtBlocks.isEmpty ? [block.storage] + builtBlocks : []
    return Column(
      type: .string, values: .string(StringValues(views: views.freeze(), blocks: blocks)), validity: validity.finish())
  }

  /// A view of bytes in a block of memory. Reads up to 16 bytes behind `text`, which its padding allows.
  @inline(__always)
  static func view(
    _ text: UnsafeRawPointer, _ length: Int, in storage: Storage, _ sharesBlock: inout Bool
  ) -> StringView {
    if length > StringView.inlineLimit {
      sharesBlock = true
      return StringView(long: text, length: length, buffer: 0, offset: text - UnsafeRawPointer(storage.base))
    }
    let prefixBits = UInt64(min(length, 4) &* 8)
    let restBits = UInt64(max(length &- 4, 0) &* 8)
    let prefix = UInt64(text.loadUnaligned(as: UInt32.self)) & ((1 &<< prefixBits) &- 1)
    // (2 << (n - 1)) - 1 is n ones also for n = 64.
    let restMask = restBits == 0 ? 0 : (2 &<< (restBits &- 1)) &- 1
    return StringView(
      low: UInt64(length) | prefix &<< 32, high: text.loadUnaligned(fromByteOffset: 4, as: UInt64.self) & restMask)
  }

  private func quoted(
    _ field: UnsafeRawBufferPointer, _ quote: Quote, _ block: RecordBlock, _ row: Int, _ rewritten: inout StringBuilder,
    _ sharesBlock: inout Bool
  ) throws -> StringView {
    if block.hasNonASCII, !FieldText.isValidUTF8(field) { throw InvalidText(row: row) }
    if let inner = FieldText.plainContent(field, quote: quote) {
      guard let base = inner.baseAddress, inner.count > 0 else { return .empty }
      return ColumnParser.view(base, inner.count, in: block.storage, &sharesBlock)
    }
    return FieldText.withContent(field, quote: quote) { text in
      let view = rewritten.makeView(text)
      if view.isInline { return view }
      // The builder's blocks come behind the file's.
      return StringView(low: view.low, high: view.high &+ 1)
    }
  }
}
