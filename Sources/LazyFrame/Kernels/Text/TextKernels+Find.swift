import Columnar

// Places and numbers of occurrences.

extension TextKernels {
  /// The code point, counted from 1, at which a text first occurs; 0 where it does not. An empty one occurs at the start.
  static func position(_ column: Column, of search: Column) -> Column {
    withSearch(column, search) { text, search in
      if search.isEmpty { return 1 }
      guard let found = text.firstIndex(of: search, from: 0) else { return 0 }
      return UnsafeRawBufferPointer(rebasing: text[..<found]).scalarCount + 1
    }
  }

  /// How often a text occurs, from left to right and without overlap. An empty one occurs nowhere.
  static func occurrences(_ column: Column, of search: Column) -> Column {
    withSearch(column, search) { text, search in
      if search.isEmpty { return 0 }
      var (found, at) = (0, 0)
      while let next = text.firstIndex(of: search, from: at) { (found, at) = (found + 1, next + search.count) }
      return found
    }
  }

  private static func withSearch(
    _ column: Column, _ search: Column, _ number: (UnsafeRawBufferPointer, UnsafeRawBufferPointer) -> Int
  ) -> Column {
    search.strings.read { searches in
      count(column, Bitmap.both(column.validity, search.validity)) { text, index in number(text, searches[index]) }
    }
  }
}
