extension TaskGraph: CustomStringConvertible {
  /// The graph in words: a line for each layer with its number of tasks and the layers that it depends on.
  ///
  ///     graph: 3 layers, 9 tasks, 9 dependencies
  ///       scan-csv-3f2a91c0      4 tasks
  ///       group-by-08b1c4d2      4 tasks  <- scan-csv-3f2a91c0
  ///       merge-groups-9a41f00e  1 task   <- group-by-08b1c4d2
  public var description: String {
    let labels = layers.indices.map { label(ofLayer: $0) }
    let counts = layers.map { counted($0.tasks.count, "task") }
    let labelWidth = labels.map(\.count).max() ?? 0
    let countWidth = counts.map(\.count).max() ?? 0
    let digitWidth = layers.map { String($0.tasks.count).count }.max() ?? 0
    var sources = [[Int]](repeating: [], count: layers.count)
    for arrow in PictureOutline(self, .layers).arrows { sources[arrow.target].append(arrow.source) }
    var text =
      "graph: \(counted(layers.count, "layer")), \(counted(taskCount, "task")), "
      + counted(edgeCount, "dependency", "dependencies")
    for index in layers.indices {
      let indent = String(repeating: " ", count: digitWidth - String(layers[index].tasks.count).count)
      var line = "  " + padded(labels[index], to: labelWidth) + "  " + indent + counts[index]
      let names = sources[index].sorted().map { $0 == index ? "itself" : labels[$0] }
      if !names.isEmpty {
        line = padded(line, to: 4 + labelWidth + countWidth) + "  <- " + names.joined(separator: ", ")
      }
      text += "\n" + line
    }
    return text
  }
}

/// A number with its noun: "1 task", "65 tasks".
func counted(_ count: Int, _ one: String, _ many: String? = nil) -> String {
  "\(count) \(count == 1 ? one : many ?? one + "s")"
}

private func padded(_ text: String, to width: Int) -> String {
  text + String(repeating: " ", count: max(0, width - text.count))
}
