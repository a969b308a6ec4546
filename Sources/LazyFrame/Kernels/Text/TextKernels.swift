import Columnar

/// Functions of text. Positions and lengths count code points; a result is null where an argument is.
///
/// A part of a string, as `trim` and `substr` give, shares the string's block. Only new text is copied.
enum TextKernels {
  static func concatenate(_ left: Column, _ right: Column) -> Column {
    let (a, b) = (left.strings, right.strings)
    let validity = Bitmap.both(left.validity, right.validity)
    var output = TextOutput(count: a.count, sharing: [])
    var scratch: [UInt8] = []
    a.read { a in
      b.read { b in
        for index in 0..<left.count where validity?[index] ?? true {
          scratch.removeAll(keepingCapacity: true)
          scratch.append(contentsOf: a[index])
          scratch.append(contentsOf: b[index])
          output.set(index, scratch)
        }
      }
    }
    return output.finish(validity)
  }

  static func length(_ column: Column) -> Column { count(column, column.validity) { text, _ in text.scalarCount } }

  static func byteCount(_ column: Column) -> Column { count(column, column.validity) { text, _ in text.count } }

  /// A whole number for each text that is not null.
  static func count(_ column: Column, _ validity: Bitmap?, _ number: (UnsafeRawBufferPointer, Int) -> Int) -> Column {
    let strings = column.strings
    let result = MutableBuffer<Int64>(repeating: 0, count: strings.count)
    let target = result.pointer
    strings.read { strings in
      for index in 0..<column.count where validity?[index] ?? true {
        target[index] = Int64(number(strings[index], index))
      }
    }
    return Column(type: .int64, values: .int64(result.freeze()), validity: validity)
  }

  /// Up to `length` code points from position `start` on; without a length all.
  ///
  /// The first position is 1. A negative one counts from the end, -1 being the last; if it lies before the first, the
  /// first is meant. Position 0 lies before the first and holds nothing, but counts into the length. A negative length
  /// is 0.
  static func slice(_ column: Column, _ start: Column, _ length: Column?) -> Column {
    let starts = start.int64s
    let lengths = length?.int64s
    let validity = Bitmap.both(Bitmap.both(column.validity, start.validity), length?.validity)
    return part(column, validity) { text, index in
      let count = Int64(text.scalarCount)
      var first = starts[index]
      var wanted = max(lengths?[index] ?? .max, 0)
      if first < 0 {
        first = max(count &+ max(first, -count), 0)
      } else if first == 0 {
        wanted = max(wanted - 1, 0)
      } else {
        first = min(first - 1, count)
      }
      let end = first + min(wanted, count - first)
      if count == text.count { return Int(first)..<Int(end) }
      let startByte = text.offset(ofScalar: Int(first), from: 0)
      return startByte..<text.offset(ofScalar: Int(end - first), from: startByte)
    }
  }

  /// With every occurrence of `search`, from left to right, or only the first replaced. An empty `search` occurs nowhere.
  static func replace(
    _ column: Column, _ search: Column, _ replacement: Column, onlyFirst: Bool = false
  ) -> Column {
    let (strings, searches, replacements) = (column.strings, search.strings, replacement.strings)
    let validity = Bitmap.both(Bitmap.both(column.validity, search.validity), replacement.validity)
    var output = TextOutput(count: strings.count, sharing: strings.blocks)
    var scratch: [UInt8] = []
    strings.read { strings in
      searches.read { searches in
        replacements.read { replacements in
          for index in 0..<column.count where validity?[index] ?? true {
            let (text, search) = (strings[index], searches[index])
            guard !search.isEmpty, var found = text.firstIndex(of: search, from: 0) else {
              output.set(index, strings.view(index))
              continue
            }
            scratch.removeAll(keepingCapacity: true)
            var copied = 0
            while true {
              scratch.append(contentsOf: UnsafeRawBufferPointer(rebasing: text[copied..<found]))
              scratch.append(contentsOf: replacements[index])
              copied = found + search.count
              guard !onlyFirst, let next = text.firstIndex(of: search, from: copied) else { break }
              found = next
            }
            scratch.append(contentsOf: UnsafeRawBufferPointer(rebasing: text[copied...]))
            output.set(index, scratch)
          }
        }
      }
    }
    return output.finish(validity)
  }

  /// Whether each text matches its pattern. Equal patterns in a row, such as a constant, are prepared once.
  static func match(
    _ column: Column, _ pattern: Column, _ prepare: (UnsafeRawBufferPointer) -> TextPattern
  ) -> Column {
    let (strings, patterns) = (column.strings, pattern.strings)
    let validity = Bitmap.both(column.validity, pattern.validity)
    var bits = MutableBitmap(repeating: false, count: column.count)
    strings.read { strings in
      patterns.read { patterns in
        var start = 0
        while start < column.count {
          var end = start + 1
          while end < column.count, patterns.view(end) == patterns.view(start) { end += 1 }
          let pattern = prepare(patterns[start])
          for index in start..<end where pattern.matches(strings[index]) { bits.set(index) }
          start = end
        }
      }
    }
    return Column(type: .bool, values: .bool(bits.freeze()), validity: validity)
  }

  /// A part of each string that is not null.
  static func part(
    _ column: Column, _ validity: Bitmap?, _ range: (UnsafeRawBufferPointer, Int) -> Range<Int>
  ) -> Column {
    let strings = column.strings
    let views = MutableBuffer<StringView>(repeating: .empty, count: strings.count)
    let target = views.pointer
    strings.read { strings in
      for index in 0..<column.count where validity?[index] ?? true {
        target[index] = strings.view(index).part(strings[index], range(strings[index], index))
      }
    }
    let values = StringValues(views: views.freeze(), blocks: strings.blocks)
    return Column(type: .string, values: .string(values), validity: validity)
  }
}

/// Strings in the order of rows, some of them already in shared blocks, others new.
struct TextOutput: ~Copyable {
  private let views: MutableBuffer<StringView>
  private let shared: [Storage]
  private var fresh = StringBuilder()

  /// So many empty strings.
  init(count: Int, sharing blocks: [Storage]) {
    views = MutableBuffer(repeating: .empty, count: count)
    shared = blocks
  }

  /// A string of the shared blocks.
  mutating func set(_ index: Int, _ view: StringView) {
    views.pointer[index] = view
  }

  /// New text, which is copied.
  mutating func set(_ index: Int, _ text: [UInt8]) {
    let view = text.withUnsafeBytes { fresh.makeView($0) }
    // The new blocks come after the shared ones.
    views.pointer[index] = view.isInline ? view : StringView(low: view.low, high: view.high + UInt64(shared.count))
  }

  consuming func finish(_ validity: Bitmap?) -> Column {
    let blocks = shared + fresh.freeze().blocks
    let strings = StringValues(views: views.freeze(), blocks: blocks)
    return Column(type: .string, values: .string(strings), validity: validity)
  }
}

extension StringView {
  /// The view of some of the bytes of this one's text.
  func part(_ text: UnsafeRawBufferPointer, _ range: Range<Int>) -> StringView {
    guard let base = text.baseAddress, !range.isEmpty else { return .empty }
    if range.count == text.count { return self }
    let start = base + range.lowerBound
    if range.count <= StringView.inlineLimit { return StringView(short: start, length: range.count) }
    return StringView(long: start, length: range.count, buffer: bufferIndex, offset: offset + range.lowerBound)
  }
}
