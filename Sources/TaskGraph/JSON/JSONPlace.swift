/// Where in the text of a graph something stands, for errors.
struct JSONPlace: CustomStringConvertible {
  var layer: Int?
  var name: String?
  var task: Int?

  var description: String {
    var text = layer.map { "layers[\($0)]" } ?? "the task graph"
    if let name { text += " '\(name)'" }
    if let task { text += ", task \(task)" }
    return text
  }

  func error(_ message: String, hint: String? = nil) -> GraphError {
    GraphError(.invalidGraph, "\(self): \(message)", hint: hint)
  }

  /// A value as an integer that is not negative.
  func integer(_ value: JSONValue, _ field: String) throws(GraphError) -> Int {
    guard case .number(let text) = value, let number = Int(text), number >= 0 else {
      throw error("'\(field)' holds \(value.noun) where an integer from 0 to \(Int.max) should stand")
    }
    return number
  }

  /// A value as the id of a task.
  func id(_ value: JSONValue, _ field: String) throws(GraphError) -> TaskID {
    guard case .number(let text) = value, let number = UInt32(text), number < .max else {
      throw error("'\(field)' holds \(value.noun) where the number of a task should stand")
    }
    return TaskID(index: number)
  }

  /// What an error of a value that encodes or decodes itself says, with the place in the parameters.
  static func describe(_ error: any Error) -> String {
    let context: (path: [any CodingKey], text: String)
    switch error {
    case EncodingError.invalidValue(_, let inner): context = (inner.codingPath, inner.debugDescription)
    case DecodingError.keyNotFound(_, let inner): context = (inner.codingPath, inner.debugDescription)
    case DecodingError.valueNotFound(_, let inner): context = (inner.codingPath, inner.debugDescription)
    case DecodingError.typeMismatch(_, let inner): context = (inner.codingPath, inner.debugDescription)
    case DecodingError.dataCorrupted(let inner): context = (inner.codingPath, inner.debugDescription)
    default: context = ([], String(describing: error))
    }
    var path = ""
    for key in context.path {
      if let index = key.intValue { path += "[\(index)]" } else { path += (path.isEmpty ? "" : ".") + key.stringValue }
    }
    return path.isEmpty ? context.text : "\(path): \(context.text)"
  }
}
