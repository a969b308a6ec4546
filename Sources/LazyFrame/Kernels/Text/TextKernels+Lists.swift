import Columnar

// Texts taken apart into lists, and lists put together to texts.

extension TextKernels {
  /// The parts between separators. An empty separator separates nothing. No byte is copied.
  static func split(_ column: Column, _ separator: Column) -> Column {
    let (strings, separators) = (column.strings, separator.strings)
    let validity = Bitmap.both(column.validity, separator.validity)
    let offsets = MutableBuffer<Int64>(count: column.count + 1)
    offsets.pointer[0] = 0
    var parts = MutableBuffer<StringView>(capacity: 2 * column.count)
    strings.read { strings in
      separators.read { separators in
        for index in 0..<column.count {
          if validity?[index] ?? true {
            let (text, separator, view) = (strings[index], separators[index], strings.view(index))
            var start = 0
            while !separator.isEmpty, let end = text.firstIndex(of: separator, from: start) {
              parts.append(view.part(text, start..<end))
              start = end + separator.count
            }
            parts.append(view.part(text, start..<text.count))
          }
          offsets.pointer[index + 1] = Int64(parts.count)
        }
      }
    }
    let elements = Column(
      type: .string, values: .string(StringValues(views: parts.freeze(), blocks: strings.blocks)))
    return Column(
      type: .list(.string), values: .list(ListValues(offsets: offsets.freeze(), elements: elements)),
      validity: validity)
  }

  /// The elements that are not null with a separator between them.
  static func joined(_ lists: Column, separator: Column) -> Column {
    let (values, separators) = (lists.lists, separator.strings)
    let known = values.elements.validity
    let validity = Bitmap.both(lists.validity, separator.validity)
    var output = TextOutput(count: lists.count, sharing: [])
    var scratch: [UInt8] = []
    values.elements.strings.read { elements in
      separators.read { separators in
        for row in 0..<lists.count where validity?[row] ?? true {
          scratch.removeAll(keepingCapacity: true)
          var isFirst = true
          for place in values[row] where known?[place] ?? true {
            if !isFirst { scratch.append(contentsOf: separators[row]) }
            scratch.append(contentsOf: elements[place])
            isFirst = false
          }
          output.set(row, scratch)
        }
      }
    }
    return output.finish(validity)
  }
}
