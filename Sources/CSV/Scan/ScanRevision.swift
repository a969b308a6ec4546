import Columnar

/// Why a scan must be done again, and how: what was assumed about the file turned out wrong.
package enum ScanRevision: Error, Sendable {
  /// Some columns hold values that need wider types.
  case widen([Int: Widening])
  /// A guessed partition boundary was wrong.
  case exactStarts
  /// There are keys without a column.
  case newKeys
}

/// The wider type of a column, and the value that asks for it.
package struct Widening: Sendable {
  package let type: DType
  /// `'n.v.' in line 3502`.
  package let cause: String
}
