/// The figures that stand in the nodes of a picture, and the colours that show them.
struct PictureFigures {
  struct Figure {
    /// Where on the scale of colours.
    let value: Double
    let text: String
  }

  /// For each node; nil where nothing is known.
  let figures: [Figure?]

  private let quantity: PictureColouring.Quantity
  private let maximum: Double
  private let hasSeveral: Bool

  init(_ colouring: PictureColouring, of nodes: [PictureOutline.Node], in graph: TaskGraph) {
    quantity = colouring.quantity
    figures = nodes.map { node in
      colouring.quantity.figure(of: node.tasks(in: graph).joined().compactMap { colouring.values[$0.offset] })
    }
    let ends = quantity == .order ? colouring.values.compactMap(\.self) : figures.compactMap { $0?.value }
    maximum = ends.max() ?? 0
    hasSeveral = nodes.contains { $0.taskCount(in: graph) > 1 }
  }

  /// The colours of a node.
  func attributes(ofNode index: Int) -> String {
    guard let figure = figures[index] else { return "fillcolor=white, style=\"filled,dashed\"" }
    let colour = colour(figure.value)
    return "fillcolor=\"\(colour.text)\", fontcolor=\"\(colour.textColour.text)\""
  }

  private func colour(_ value: Double) -> PictureColour {
    quantity.gradient.colour(at: maximum == 0 ? 0 : value / maximum)
  }

  /// A table in the HTML-like language of Graphviz: what the colours mean.
  ///
  ///     time of a task;
  ///     of several tasks, their sum
  ///     ██████████████████████████
  ///     0 s        60 ms    120 ms
  ///     dashed: not run
  var legend: String {
    // The empty cell keeps a distance to the graph.
    var rows = [#"<TD COLSPAN="9" HEIGHT="8"></TD>"#]
    rows.append(text(quantity.caption + (hasSeveral ? ";" : ""), columns: 9))
    if hasSeveral { rows.append(text("of several tasks, " + quantity.captionOfSeveral, columns: 9)) }
    if maximum > 0 {
      let colours = (0...8).map { colour(maximum * Double($0) / 8).text }
      rows.append(colours.map { #"<TD BGCOLOR="\#($0)" WIDTH="20" HEIGHT="10"></TD>"# }.joined())
      let middle = quantity == .order ? (maximum / 2).rounded(.down) : maximum / 2
      let ticks = [(0, "LEFT"), (middle, "CENTER"), (maximum, "RIGHT")]
      rows.append(ticks.map { text(quantity.text($0.0), columns: 3, align: $0.1) }.joined())
    }
    if figures.contains(where: { $0 == nil }) { rows.append(text("dashed: " + quantity.absence, columns: 9)) }
    let table = rows.map { "<TR>\($0)</TR>" }.joined()
    return #"<TABLE BORDER="0" CELLBORDER="0" CELLSPACING="0" CELLPADDING="1">\#(table)</TABLE>"#
  }

  private func text(_ text: String, columns: Int, align: String = "LEFT") -> String {
    #"<TD COLSPAN="\#(columns)" ALIGN="\#(align)">\#(text)</TD>"#
  }
}

extension PictureColouring.Quantity {
  var gradient: PictureGradient {
    switch self {
    case .order: .order
    case .time: .time
    case .resultBytes, .liveBytes: .memory
    }
  }

  /// A value as people read it.
  func text(_ value: Double) -> String {
    switch self {
    case .order: "#\(Int(value))"
    case .time: UnitText.duration(nanoseconds: value)
    case .resultBytes, .liveBytes: UnitText.size(bytes: value)
    }
  }

  /// The figure of a node that stands for tasks with these values, or nil when there is none.
  func figure(of values: [Double]) -> PictureFigures.Figure? {
    guard let low = values.min(), let high = values.max() else { return nil }
    switch self {
    case .order:
      let range = low == high ? text(low) : "\(text(low)) to \(text(high))"
      return PictureFigures.Figure(value: (low + high) / 2, text: range)
    case .time, .resultBytes:
      let sum = values.reduce(0, +)
      return PictureFigures.Figure(value: sum, text: text(sum))
    case .liveBytes:
      return PictureFigures.Figure(value: high, text: text(high))
    }
  }

  var caption: String {
    switch self {
    case .order: "order of running"
    case .time: "time of a task"
    case .resultBytes: "size of a result"
    case .liveBytes: "results in memory after a task"
    }
  }

  var captionOfSeveral: String {
    switch self {
    case .order: "the first to the last"
    case .time, .resultBytes: "their sum"
    case .liveBytes: "the most"
    }
  }

  /// What it means that a task has no value.
  var absence: String {
    switch self {
    case .order: "not needed"
    case .time: "not run"
    case .resultBytes, .liveBytes: "not known"
    }
  }
}
