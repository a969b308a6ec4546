import Columnar

// New texts made of old ones.

extension TextKernels {
  /// The longest text that is made, in bytes: more is most likely a mistake, and would not fit memory for long.
  private static let longest = Int64(Int32.max)

  /// A text appended to `scratch` for each row that is not null.
  private static func make(
    _ column: Column, _ validity: Bitmap?, _ append: (UnsafeRawBufferPointer, Int, inout [UInt8]) throws -> Void
  ) rethrows -> Column {
    let strings = column.strings
    var output = TextOutput(count: strings.count, sharing: [])
    var scratch: [UInt8] = []
    try strings.read { strings in
      for index in 0..<column.count where validity?[index] ?? true {
        scratch.removeAll(keepingCapacity: true)
        try append(strings[index], index, &scratch)
        output.set(index, scratch)
      }
    }
    return output.finish(validity)
  }

  /// Where a text stands in the room that it is given.
  enum Alignment {
    case start, end, center
  }

  /// With a character repeated around it so that it has so many code points; a text that has them already stays.
  ///
  /// - Throws: when a text becomes longer than 2 GB.
  static func pad(_ column: Column, to length: Column, with fill: Column?, _ alignment: Alignment) throws -> Column {
    let lengths = length.int64s
    let character = fill.map { Array($0.strings[0].utf8) } ?? [UInt8(ascii: " ")]
    return try make(column, Bitmap.both(column.validity, length.validity)) { text, index, output in
      let missing = max(max(lengths[index], 0) - Int64(text.scalarCount), 0)
      try check(missing, Int64(character.count), "padded")
      let before = alignment == .start ? 0 : alignment == .end ? missing : missing / 2
      append(character, Int(before), to: &output)
      output.append(contentsOf: text)
      append(character, Int(missing - before), to: &output)
    }
  }

  private static func append(_ character: [UInt8], _ count: Int, to output: inout [UInt8]) {
    if character.count == 1 { return output.append(contentsOf: repeatElement(character[0], count: count)) }
    for _ in 0..<count { output += character }
  }

  /// With zeros in front, but behind a sign, so that it has so many code points.
  static func zeroFill(_ column: Column, to length: Column) throws -> Column {
    let lengths = length.int64s
    return try make(column, Bitmap.both(column.validity, length.validity)) { text, index, output in
      let missing = max(max(lengths[index], 0) - Int64(text.scalarCount), 0)
      try check(missing, 1, "padded")
      let sign = text.first == UInt8(ascii: "-") || text.first == UInt8(ascii: "+") ? 1 : 0
      output.append(contentsOf: text.prefix(sign))
      output.append(contentsOf: repeatElement(UInt8(ascii: "0"), count: Int(missing)))
      output.append(contentsOf: text.dropFirst(sign))
    }
  }

  /// So many times in a row; nothing for a number below 1.
  ///
  /// - Throws: when a text becomes longer than 2 GB.
  static func `repeat`(_ column: Column, _ count: Column) throws -> Column {
    let counts = count.int64s
    return try make(column, Bitmap.both(column.validity, count.validity)) { text, index, output in
      guard !text.isEmpty, counts[index] > 0 else { return }
      try check(counts[index], Int64(text.count), "repeated")
      for _ in 0..<counts[index] { output.append(contentsOf: text) }
    }
  }

  private static func check(_ count: Int64, _ size: Int64, _ what: String) throws {
    guard count > longest / size else { return }
    throw LazyFrameError(
      .overflow, "a text \(what) to \(count) times \(size) bytes is longer than 2 GB", hint: "check the number")
  }

  /// Its code points from the last to the first. A combining mark comes before what it stood on.
  static func reverse(_ column: Column) -> Column {
    make(column, column.validity) { text, _, output in
      if text.isASCII { return output.append(contentsOf: text.reversed()) }
      var end = text.count
      while end > 0 {
        let start = text.scalarStart(before: end)
        output.append(contentsOf: text[start..<end])
        end = start
      }
    }
  }

  /// With each word's first letter in upper case and the others in lower case. A word is a run of letters, digits and
  /// combining marks.
  static func titleCase(_ column: Column) -> Column {
    make(column, column.validity) { text, _, output in
      var isInWord = false
      guard text.isASCII else {
        for scalar in String(decoding: text, as: UTF8.self).unicodeScalars {
          let properties = scalar.properties
          output.append(
            contentsOf: (isInWord ? properties.lowercaseMapping : properties.titlecaseMapping).utf8)
          isInWord =
            properties.isAlphabetic || properties.numericType != nil
            || properties.canonicalCombiningClass != .notReordered
        }
        return
      }
      for byte in text {
        let isLetter = (byte | 0x20) &- UInt8(ascii: "a") < 26
        output.append(!isLetter ? byte : isInWord ? byte | 0x20 : byte & ~0x20)
        isInWord = isLetter || byte &- UInt8(ascii: "0") < 10
      }
    }
  }

  /// The texts of each row that are not null, with a separator between them. Null only where the separator is.
  static func join(_ columns: [Column], separator: Column) -> Column {
    let separators = separator.strings
    var output = TextOutput(count: separator.count, sharing: [])
    var scratch: [UInt8] = []
    let texts = columns.map { (strings: $0.strings, validity: $0.validity) }
    for index in 0..<separator.count where separator.validity?[index] ?? true {
      scratch.removeAll(keepingCapacity: true)
      var isFirst = true
      for (strings, validity) in texts where validity?[index] ?? true {
        if !isFirst { separators.withBytes(at: index) { scratch.append(contentsOf: $0) } }
        strings.withBytes(at: index) { scratch.append(contentsOf: $0) }
        isFirst = false
      }
      output.set(index, scratch)
    }
    return output.finish(separator.validity)
  }
}
