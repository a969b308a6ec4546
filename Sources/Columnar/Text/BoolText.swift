/// Truth values in text.
package enum BoolText {
  /// `true` and `false` in lower case, capitalised or in upper case; else nil.
  package static func value(_ text: UnsafeRawBufferPointer) -> Bool? {
    guard text.count == 4 || text.count == 5 else { return nil }
    switch String(decoding: text, as: UTF8.self) {
    case "true", "True", "TRUE": return true
    case "false", "False", "FALSE": return false
    default: return nil
    }
  }
}
