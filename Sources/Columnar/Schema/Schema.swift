/// A column's name and type.
public struct Field: Hashable, Sendable, Codable {
  /// What the column is called.
  public let name: String
  /// The type of its values.
  public let type: DType

  /// A field of this name and type.
  public init(_ name: String, _ type: DType) {
    self.name = name
    self.type = type
  }
}

/// The names and types of a frame's columns, in order. Names are unique.
public struct Schema: Hashable, Sendable, Codable {
  /// The columns' names and types, in order.
  public let fields: [Field]

  /// Traps when two fields have the same name: whoever makes a schema from data checks that first.
  public init(_ fields: [Field]) {
    precondition(Set(fields.map(\.name)).count == fields.count, "a schema's names must be unique")
    self.fields = fields
  }

  /// How many columns there are.
  public var count: Int { fields.count }
  /// The columns' names, in order. O(columns).
  public var names: [String] { fields.map(\.name) }

  /// The position of the column called `name`, or nil. O(columns).
  public func index(of name: String) -> Int? {
    fields.firstIndex { $0.name == name }
  }

  /// The field called `name`, or nil. O(columns).
  public subscript(name: String) -> Field? {
    fields.first { $0.name == name }
  }
}

extension Schema: CustomStringConvertible {
  /// One line: `symbol: string, close: float64`.
  public var description: String {
    fields.map { "\($0.name): \($0.type)" }.joined(separator: ", ")
  }
}
