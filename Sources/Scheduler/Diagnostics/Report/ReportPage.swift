import TaskGraph

/// The text of a report, without the data that its script draws.
struct ReportPage {
  private static let longestCount = 10

  let profile: RunProfile
  let figures: ProfileFigures
  let timeline: ReportTimeline

  init(_ profile: RunProfile) {
    self.profile = profile
    figures = ProfileFigures(profile)
    timeline = ReportTimeline(profile, figures)
  }

  var head: String {
    """
    <!DOCTYPE html>
    <html lang="en">
    <head>
    <meta charset="utf-8">
    <meta name="viewport" content="width=device-width, initial-scale=1">
    <title>Run profile: \(summary)</title>
    <style>
    \(reportStyle)
    </style>
    </head>

    """
  }

  var body: String {
    """
    <body>
    <main>
    <header>
    <h1>Run profile</h1>
    <p class="faint">\(summary)</p>
    </header>
    \(figureList)
    \(profile.taskCount == 0 ? empty : sections)
    <footer>Made by LazyFrame.</footer>
    </main>
    <div id="tip" role="status"></div>

    """
  }

  /// "1.24 s, 200 tasks in 2 runs on 2 threads".
  private var summary: String {
    let runs = profile.runs.count == 1 ? "" : " in \(ReportText.count(profile.runs.count, "run"))"
    return "\(ReportText.duration(profile.duration)), \(ReportText.count(profile.taskCount, "task"))\(runs) on "
      + ReportText.count(profile.threadCount, "thread")
  }

  private var empty: String { "<section><p>No task was run.</p></section>" }

  private var sections: String {
    let graph = ReportGraph(profile).section
    let columns = "<div class=\"columns\">\(longestSection)\n<div>\(threadSection)\n\(runSection)</div></div>"
    return [streamSection, layerSection, columns, graph].joined(separator: "\n")
  }

  // MARK: Figures

  private var figureList: String {
    let threads = profile.threadCount
    let busy = figures.busy.reduce(0, +)
    let failed =
      figures.failedCount == 0
      ? "none failed" : "<span class=\"failed\">\(ReportText.count(figures.failedCount)) failed</span>"
    let parallelism = ReportText.decimal(figures.parallelism(profile))
    let items = [
      ("Wall time", ReportText.duration(profile.duration), "\(ReportText.duration(busy)) of work"),
      ("Tasks", ReportText.count(profile.taskCount), failed),
      ("Tasks at a time", parallelism, "on average, of \(ReportText.count(threads, "thread"))"),
      ("Threads busy", ReportText.share(busy, of: profile.duration * threads), "of the time, on average"),
      ("Most memory", ReportText.bytes(figures.peakLiveBytes), "of results alive at a time"),
    ]
    let list = items.map { "<div><dt>\($0)</dt><dd>\($1)<small>\($2)</small></dd></div>" }
    return "<dl class=\"figures\">\n\(list.joined(separator: "\n"))\n</dl>"
  }

  // MARK: Pictures over time

  private var streamSection: String {
    let note =
      timeline.mergedCount == 0
      ? ""
      : "<p class=\"note\">\(ReportText.count(timeline.mergedCount)) short tasks are drawn together with their "
        + "neighbours, in blocks that are paler where threads waited.</p>"
    return """
      <section>
      <div class="bar-line"><h2>Task stream</h2>
      <span class="faint hint">drag to move, Ctrl and wheel to zoom, or keys + − 0 ← →</span>
      <span class="buttons"><button id="zoom-in" aria-label="Zoom in">+</button>
      <button id="zoom-out" aria-label="Zoom out">−</button><button id="zoom-all">All</button></span></div>
      <div class="legend">\(legend)</div>
      <div id="stream-box"><canvas id="stream" tabindex="0" role="img"
      aria-label="What each thread did when; the tables below say the same in numbers"></canvas></div>
      <canvas id="memory" role="img" aria-label="Bytes of results alive over time"></canvas>
      \(note)<noscript><p class="note">The pictures need JavaScript.</p></noscript>
      </section>
      """
  }

  private var legend: String {
    var items = figures.layers.prefix(ReportPalette.count).enumerated().map { place, layer in
      "<button data-layer=\"\(place)\" aria-pressed=\"false\">\(swatch(place))"
        + "<span class=\"name\">\(ReportText.escaped(layer.name))</span></button>"
    }
    let others = figures.layers.count - ReportPalette.count
    if others > 0 {
      items.append(
        "<span class=\"faint\">\(swatch(ReportPalette.count))\(ReportText.count(others, "other layer"))</span>")
    }
    return items.joined(separator: "\n")
  }

  private func swatch(_ place: Int) -> String {
    "<span class=\"swatch\" style=\"background: var(--layer-\(ReportPalette.color(ofLayer: place)))\"></span>"
  }

  // MARK: Tables

  /// How many layers and runs have a row of their own.
  private static let rowLimit = 50

  private var layerSection: String {
    let whole = figures.busy.reduce(0, +)
    var rows = figures.layers.prefix(Self.rowLimit).enumerated().map { place, layer in row(layer, place, of: whole) }
    let rest = figures.layers.dropFirst(Self.rowLimit)
    if !rest.isEmpty {
      let name = ReportText.count(rest.count, "other layer")
      let sum = rest.reduce(into: ProfileFigures.LayerFigures(name: name)) { $0.add($1) }
      rows.append(row(sum, Self.rowLimit, of: whole))
    }
    return section(
      "Time by layer",
      ["Layer", "Tasks", "Total", "Mean", "Longest", "Results", "Share of the work"], rows)
  }

  private func row(_ layer: ProfileFigures.LayerFigures, _ place: Int, of whole: Int) -> [String] {
    let color = "var(--layer-\(ReportPalette.color(ofLayer: place)))"
    return [
      "\(swatch(place))<span class=\"name\">\(ReportText.escaped(layer.name))</span>",
      ReportText.count(layer.taskCount), ReportText.duration(layer.time), ReportText.duration(layer.mean),
      ReportText.duration(layer.longest), ReportText.bytes(layer.resultBytes), bar(layer.time, of: whole, color),
    ]
  }

  private func bar(_ part: Int, of whole: Int, _ color: String) -> String {
    let percent = whole == 0 ? 0 : Double(part * 1000 / whole) / 10
    return "<span class=\"share\"><span class=\"track\"><span style=\"width: \(percent)%; background: \(color)\">"
      + "</span></span><b>\(ReportText.share(part, of: whole))</b></span>"
  }

  private var longestSection: String {
    let places = Dictionary(uniqueKeysWithValues: figures.layers.enumerated().map { ($1.name, $0) })
    let rows = figures.longest(Self.longestCount, of: profile).map { run, task in
      let graph = profile.runs[run].graph
      let failed = task.hasFailed ? " <span class=\"failed\">failed</span>" : ""
      return [
        swatch(places[graph.layer(of: task.task).name] ?? 0)
          + "<span class=\"name\">\(ReportText.escaped(graph.key(of: task.task)))</span>\(failed)",
        "\(task.thread + 1)", ReportText.duration(task.start), ReportText.duration(task.duration),
        ReportText.bytes(task.resultBytes),
      ]
    }
    return section("Longest tasks", ["Task", "Thread", "Begin", "Time", "Result"], rows)
  }

  private var threadSection: String {
    let rows = figures.busy.enumerated().map { thread, busy in
      [
        "thread \(thread + 1)", ReportText.count(figures.lanes[thread].count), ReportText.duration(busy),
        bar(busy, of: profile.duration, "var(--faint)"),
      ]
    }
    return section("Threads", ["Thread", "Tasks", "Busy", "Share of the wall time"], rows)
  }

  /// Only where there are several: a frame is run again when a column's type turned out to be another.
  private var runSection: String {
    if profile.runs.count == 1 { return "" }
    var rows = profile.runs.prefix(Self.rowLimit).enumerated().map { number, run in
      let failed = run.tasks.count { $0.hasFailed }
      return [
        "run \(number + 1)", ReportText.count(run.tasks.count),
        failed == 0 ? "0" : "<span class=\"failed\">\(failed)</span>",
        ReportText.duration(run.start), ReportText.duration(run.end - run.start),
      ]
    }
    let rest = profile.runs.count - rows.count
    if rest > 0 { rows.append(["and \(ReportText.count(rest)) more"]) }
    return section("Runs", ["Run", "Tasks", "Failed", "Begin", "Time"], rows)
  }

  private func section(_ title: String, _ heads: [String], _ rows: [[String]]) -> String {
    let head = heads.map { "<th scope=\"col\">\($0)</th>" }.joined()
    let lines = rows.map { "<tr>" + $0.map { "<td>\($0)</td>" }.joined() + "</tr>" }
    return """
      <section>
      <h2>\(title)</h2>
      <div class="scroll"><table>
      <thead><tr>\(head)</tr></thead>
      <tbody>
      \(lines.joined(separator: "\n"))
      </tbody></table></div>
      </section>
      """
  }
}
