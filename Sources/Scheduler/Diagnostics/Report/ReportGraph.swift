import TaskGraph

/// The graph of the run that took most of the time, as a picture or in words.
struct ReportGraph {
  /// Graphviz takes minutes for more layers, and nobody can read them.
  private static let drawnLayers = 200

  private let profile: RunProfile
  private let draw: (TaskGraph, PictureColouring) throws -> String

  /// - Parameter draw: Makes an `<svg>` element.
  init(
    _ profile: RunProfile,
    draw: @escaping (TaskGraph, PictureColouring) throws -> String = { try $0.svg(colouring: $1) }
  ) {
    self.profile = profile
    self.draw = draw
  }

  var section: String {
    let times = profile.runs.map { $0.tasks.reduce(0) { $0 + $1.duration } }
    guard let number = times.indices.max(by: { times[$0] < times[$1] }) else { return "" }
    let run = profile.runs[number]
    let title = profile.runs.count == 1 ? "Graph" : "Graph of run \(number + 1)"
    return "<section>\n<h2>\(title)</h2>\n\(content(run))\n</section>"
  }

  private func content(_ run: ProfiledRun) -> String {
    guard run.graph.layers.count <= Self.drawnLayers else {
      return "<p>\(ReportText.count(run.graph.layers.count, "layer")) are too many to draw.</p>"
    }
    do {
      let picture = try draw(run.graph, .time(of: run))
      return "<div class=\"picture\">\(picture)</div>"
    } catch {
      return "<pre>\(ReportText.escaped(run.graph.description))</pre>\n"
        + "<p class=\"note\">No picture: \(ReportText.escaped(reason(error)))</p>"
    }
  }

  private func reason(_ error: any Error) -> String {
    guard let error = error as? PictureError else { return "\(error)" }
    return error.code == .missingProgram
      ? "it is drawn by Graphviz' program 'dot', which is not installed; install it with: apt-get install graphviz"
      : error.message
  }
}
