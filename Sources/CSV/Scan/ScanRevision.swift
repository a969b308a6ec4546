import Columnar

/// Why a scan must be done again, and how: what was assumed about the file turned out wrong.
package enum ScanRevision: Error, Sendable {
  /// Some columns hold values that need wider types.
  case widen([Int: DType])
  /// A guessed partition boundary was wrong.
  case exactStarts
}
