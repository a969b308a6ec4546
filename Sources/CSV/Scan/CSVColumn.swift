import Columnar

/// A column of a CSV data set: what it is called, what it is taken for, and why.
public struct CSVColumn: Sendable, Hashable, Codable {
  /// How the type came about.
  public struct Evidence: Sendable, Hashable, Codable {
    enum Origin: String, Codable {
      case sampled, whole, given, widened
    }
    var origin: Origin
    var valueCount: Int
    var nullCount: Int
    /// The value that did not fit the type that the samples suggested.
    package internal(set) var cause: String?
  }

  /// The name in the header, or one that was made up; no two columns have the same.
  public let name: String
  /// The type that the values are read as: given, or inferred and then widened where the data ask for it.
  public internal(set) var type: DType
  /// How the type came about, to be printed.
  public internal(set) var evidence: Evidence
  /// Whether the header has no text for this column, so that its name was made up.
  public let isUnnamed: Bool

  /// Whether the type was given in the options, so that a value that does not fit is an error.
  public var isGiven: Bool { evidence.origin == .given }
}

extension CSVColumn.Evidence: CustomStringConvertible {
  /// `12345 values sampled, 12 null`.
  public var description: String {
    let nulls = nullCount > 0 ? ", \(nullCount) null" : ""
    return switch origin {
    case .sampled: "\(valueCount) values sampled\(nulls)"
    case .whole: "all \(valueCount) value\(valueCount == 1 ? "" : "s") seen\(nulls)"
    case .given: "given"
    case .widened: "widened by " + (cause ?? "a value outside the samples")
    }
  }
}
