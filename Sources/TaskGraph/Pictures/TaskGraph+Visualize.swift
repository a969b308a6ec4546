import Glibc

extension TaskGraph {
  /// Writes a picture of the graph to a file: `.svg`, `.png` or `.pdf`, or `.dot` or `.gv` for the text of `dot`.
  ///
  ///     try graph.visualize("graph.svg", colouring: .order(graph.priorities(outputs: [total])))
  ///
  /// Runs Graphviz' program `dot`, which must be installed for pictures (`apt-get install graphviz`), and waits for it: well
  /// under a second for a hundred nodes, many minutes for several thousand. The file appears under its name when it is
  /// complete; on failure, what was there before stays. Computes nothing.
  ///
  /// - Parameters:
  ///   - path: The file, in a folder that exists.
  ///   - detail: How much is shown.
  ///   - colouring: What the colours tell, for each task of the graph; nil for no colours.
  /// - Throws: `PictureError` for another ending, when `dot` is missing or fails, or the file cannot be written.
  public func visualize(
    _ path: String, detail: Detail = .automatic, colouring: PictureColouring? = nil
  ) throws(PictureError) {
    let format = try PictureFormat(path: path)
    let text = dot(detail: detail, colouring: colouring)
    let picture = format == .dot ? Array(text.utf8) : try Graphviz().draw(text, as: format)
    do {
      try ReplacedFile.write(path) { sink in try picture.withUnsafeBytes(sink) }
    } catch {
      let error = error as? SystemError ?? SystemError(EIO)
      throw PictureError(
        .unwritable, "cannot write \(path): \(error.text)", hint: error.hint(writing: path, example: "graph.svg"))
    }
  }

  /// The picture as an `<svg>` element, to be put into a page of HTML as it is.
  ///
  /// Runs Graphviz' program `dot`, as `visualize` does.
  ///
  /// - Parameters:
  ///   - detail: How much is shown.
  ///   - colouring: What the colours tell, for each task of the graph; nil for no colours.
  /// - Throws: `PictureError` when `dot` is missing or fails.
  public func svg(
    detail: Detail = .automatic, colouring: PictureColouring? = nil
  ) throws(PictureError) -> String {
    let bytes = try Graphviz().draw(dot(detail: detail, colouring: colouring), as: .svg)
    let file = String(decoding: bytes, as: UTF8.self)
    // What a file of its own has in front of the element has no place inside a page.
    return String(file[(file.firstRange(of: "<svg")?.lowerBound ?? file.startIndex)...])
  }
}
