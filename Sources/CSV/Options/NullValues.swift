import Columnar

/// Which fields mean null.
///
/// In a text column only the empty field outside quotes is null by default, so that the ticker `NA` stays a ticker and
/// `""` an empty string. In columns of other types the usual words for "no value" are null too.
public struct NullValues: Sendable, Hashable, Codable {
  /// The words that mean null in a column that is not text, unless others are given. NaN is not among them: it is a
  /// number.
  public static let standard = ["", "NA", "N/A", "n/a", "#N/A", "NULL", "null", "None", "<NA>"]

  private let words: [[UInt8]]
  private let longest: Int
  /// Given words are null in every column, the standard ones only where text is not expected.
  private let appliesToText: Bool
  /// Whether some null word could be read as a value, as `-999` can, so that every field must be compared.
  let lookLikeValues: Bool

  /// - Parameter given: the words that mean null in every column, or nil for the standard ones.
  public init(_ given: [String]?) {
    words = (given ?? NullValues.standard).map { Array($0.utf8) }
    longest = words.map(\.count).max() ?? 0
    appliesToText = given != nil
    lookLikeValues = words.contains { word in
      word.withUnsafeBytes { word in
        NumberText.double(word) != nil || BoolText.value(word) != nil || TemporalText.date(word) != nil
          || TemporalText.datetime(word) != nil || DurationText.microseconds(word) != nil
      }
    }
  }

  /// Whether a field means null in a column that is not text. O(words).
  func contains(_ field: UnsafeRawBufferPointer) -> Bool {
    guard field.count <= longest else { return false }
    return words.contains { $0.count == field.count && $0.elementsEqual(field) }
  }

  /// Whether a field outside quotes means null in a text column. O(words).
  func containsText(_ field: UnsafeRawBufferPointer) -> Bool {
    appliesToText ? contains(field) : field.isEmpty
  }

  /// Whether a text column has null words longer than the empty one, so that every field must be compared.
  var hasTextWords: Bool { appliesToText && longest > 0 }

  /// Whether the empty field is null in a text column.
  var emptyTextIsNull: Bool { !appliesToText || words.contains([]) }
}
