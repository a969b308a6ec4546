/// How a picture of a graph is written.
enum PictureFormat: String, CaseIterable {
  /// The text in the DOT language, as it is.
  case dot
  case svg, png, pdf

  /// The format that the ending of a file's name asks for.
  init(path: String) throws(PictureError) {
    let name = path.lowercased()
    if let format = PictureFormat.allCases.first(where: { name.hasSuffix(".\($0)") }) {
      self = format
    } else if name.hasSuffix(".gv") {
      self = .dot
    } else {
      let pictures = PictureFormat.allCases.filter { $0 != .dot }.map { ".\($0)" }.joined(separator: ", ")
      throw PictureError(
        .unknownEnding, "'\(path)' has no ending that says what to write",
        hint: "end it in .dot for text, or in \(pictures) for a picture")
    }
  }
}
