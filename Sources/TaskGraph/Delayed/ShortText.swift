/// A value in a few words, for errors: itself if it is short, else its type.
///
///     4, "text", [1, 2, 3], Array<Int> of 1000 elements, Settings
func shortText(_ value: any Sendable) -> String { shortText(of: value) }

private let longest = 40

private func shortText(of value: Any) -> String {
  let type = String(describing: Swift.type(of: value))
  let mirror = Mirror(reflecting: value)
  switch mirror.displayStyle {
  case .optional:
    return mirror.children.first.map { shortText(of: $0.value) } ?? "nil"
  case .collection where mirror.children.count <= 8:
    let text = "[\(mirror.children.map { shortText(of: $0.value) }.joined(separator: ", "))]"
    return text.count <= longest ? text : "\(type) of \(counted(mirror.children.count, "element"))"
  case .collection, .set, .dictionary:
    return "\(type) of \(counted(mirror.children.count, "element"))"
  case .enum where mirror.children.isEmpty:
    return "\(value)"
  default:
    break
  }
  if let text = value as? String ?? (value as? Substring).map({ String($0) }) {
    return String(text.prefix(longest)).debugDescription + (text.count <= longest ? "" : "…")
  }
  // Without a description of its own a value would be described with all that it consists of.
  guard let text = (value as? any CustomStringConvertible)?.description, text.count <= longest,
    !text.contains(where: \.isNewline)
  else { return type }
  return text
}
