extension RunProfile {
  /// The profile as a page for a browser, in one file that needs nothing else.
  ///
  /// It shows what each thread did when, the memory that results took, the time by layers, the longest tasks, and the graph.
  /// The picture of the graph is drawn by Graphviz' program `dot`; without it, the graph stands there in words.
  ///
  /// - Complexity: O(tasks · log tasks + dependencies). The page grows up to about 8 MB: from 200,000 tasks on, short ones are
  ///   drawn together.
  public func report() -> String {
    var bytes: [UInt8] = []
    try? writeReport { bytes.append(contentsOf: $0) }
    return String(decoding: bytes, as: UTF8.self)
  }

  /// Writes what `report()` gives in pieces.
  func writeReport(to sink: @escaping (UnsafeRawBufferPointer) throws -> Void) throws {
    let page = ReportPage(self)
    var text = TextStream(sink)
    try text.write(page.head)
    try text.write(page.body)
    if taskCount > 0 {
      try text.write("<script type=\"application/json\" id=\"data\">\n")
      try ReportData(profile: self, figures: page.figures, timeline: page.timeline).write(to: &text)
      try text.write("</script>\n<script>\n\(ReportScript.text)\n</script>\n")
    }
    try text.write("</body>\n</html>\n")
    try text.finish()
  }
}
