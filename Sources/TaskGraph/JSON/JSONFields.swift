/// An object of the format, whose fields are all known.
struct JSONFields {
  let members: [JSONValue.Member]
  var place: JSONPlace

  init(_ value: JSONValue, at place: JSONPlace) throws(GraphError) {
    guard case .object(let members) = value else {
      throw place.error("\(value.noun) stands where an object should stand")
    }
    self.members = members
    self.place = place
  }

  /// Refuses fields that are not among those known: one that is misspelt would have no effect.
  func check(_ known: [String]) throws(GraphError) {
    for member in members where !known.contains(member.key) {
      throw place.error(
        "there is a field '\(member.key)', which the format does not have",
        hint: NearestName.suggestion(member.key, among: known) ?? "the fields are: \(known.joined(separator: ", "))")
    }
  }

  subscript(field: String) -> JSONValue? { members[field] }

  func required(_ field: String) throws(GraphError) -> JSONValue {
    guard let value = members[field] else { throw place.error("'\(field)' is missing") }
    return value
  }

  func array(_ field: String) throws(GraphError) -> [JSONValue] {
    let value = try required(field)
    guard case .array(let elements) = value else {
      throw place.error("'\(field)' is \(value.noun) where an array should stand")
    }
    return elements
  }

  func text(_ field: String) throws(GraphError) -> String {
    let value = try required(field)
    guard case .string(let text) = value else {
      throw place.error("'\(field)' is \(value.noun) where a string should stand")
    }
    return text
  }

  func integer(_ field: String) throws(GraphError) -> Int { try place.integer(try required(field), field) }
}
