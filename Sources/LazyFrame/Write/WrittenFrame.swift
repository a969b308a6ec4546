/// What was written of a frame.
public struct WrittenFrame: Sendable, Hashable {
  /// The files, in the order of the rows; none where the text went to a function.
  public internal(set) var paths: [String] = []
  /// How many rows there are.
  public internal(set) var rowCount = 0
  /// How many bytes of text, headers included.
  public internal(set) var byteCount = 0
  /// How many fields were dropped of CSV rows that have more than there are columns: see `BadRowPolicy.keep`.
  public internal(set) var droppedFieldCount = 0
}
