import TaskGraph

/// What the script of a report draws, as JSON: lists of numbers, one entry for each block or point.
///
///     { "duration": 1234567, "threads": 2,
///       "layers": [{"name": "scan-csv", "color": 0}, …],           by time, the longest first
///       "runs": [{"labels": ["scan-csv-3f2a91c0", …], "layers": [0, …]}, …],     for each layer of the graph
///       "lanes": [{"start": [from the last start, …], "length": […], "layer": […], "index": […], "bytes": […],
///                  "run": […], "depth": […], "count": […], "time": […], "failed": [positions]}, …],
///       "memory": {"time": [from the last time, …], "bytes": […]} }
///
/// Lists in which all entries are the usual ones are left out.
struct ReportData {
  let profile: RunProfile
  let figures: ProfileFigures
  let timeline: ReportTimeline

  func write(to text: inout TextStream) throws {
    try text.write("{\"duration\":\(profile.duration),\"threads\":\(profile.threadCount),\"layers\":[")
    for (place, layer) in figures.layers.enumerated() {
      let color = ReportPalette.color(ofLayer: place)
      try text.write("\(place == 0 ? "" : ",")\n{\"name\":\(quotedForJSON(layer.name)),\"color\":\(color)}")
    }
    try text.write("],\n\"runs\":[")
    let places = Dictionary(uniqueKeysWithValues: figures.layers.enumerated().map { ($1.name, $0) })
    for (number, run) in profile.runs.enumerated() {
      try text.write((number == 0 ? "" : ",\n") + "{\"labels\":[")
      for (index, layer) in run.graph.layers.enumerated() {
        let label = layer.tasks.isEmpty ? layer.name : run.label(ofLayer: index)
        try text.write((index == 0 ? "" : ",") + quotedForJSON(label))
      }
      try text.write("],\"layers\":")
      try write(run.graph.layers.map { places[$0.name] ?? 0 }, to: &text)
      try text.write("}")
    }
    try text.write("],\n\"lanes\":[")
    for (thread, lane) in timeline.lanes.enumerated() {
      if thread > 0 { try text.write(",\n") }
      try write(lane, to: &text)
    }
    try text.write("],\n\"memory\":{\"time\":")
    let memory = profile.liveBytes(points: 20_000)
    try write(differences(memory.map(\.time)), to: &text)
    try text.write(",\"bytes\":")
    try write(memory.map(\.bytes), to: &text)
    try text.write("}}\n")
  }

  private func write(_ lane: [ReportTimeline.Block], to text: inout TextStream) throws {
    try text.write("{\"start\":")
    try write(differences(lane.map(\.start)), to: &text)
    try write("length", lane.map { $0.end - $0.start }, to: &text)
    try write("layer", lane.map(\.layer), to: &text)
    try write("index", lane.map(\.index), to: &text)
    try write("bytes", lane.map(\.resultBytes), to: &text)
    if lane.contains(where: { $0.run > 0 }) { try write("run", lane.map(\.run), to: &text) }
    if lane.contains(where: { $0.depth > 0 }) { try write("depth", lane.map(\.depth), to: &text) }
    if lane.contains(where: { $0.taskCount > 1 }) {
      try write("count", lane.map(\.taskCount), to: &text)
      try write("time", lane.map(\.time), to: &text)
    }
    let failed = lane.indices.filter { lane[$0].hasFailed }
    if !failed.isEmpty { try write("failed", failed, to: &text) }
    try text.write("}")
  }

  private func write(_ name: String, _ numbers: [Int], to text: inout TextStream) throws {
    try text.write(",\"\(name)\":")
    try write(numbers, to: &text)
  }

  private func write(_ numbers: [Int], to text: inout TextStream) throws {
    try text.write("[")
    for (index, number) in numbers.enumerated() {
      if index > 0 { try text.write(",") }
      try text.write(number)
    }
    try text.write("]")
  }

  /// Each time as the distance from the one before: fewer digits.
  private func differences(_ times: [Int]) -> [Int] {
    var last = 0
    return times.map { time in
      defer { last = time }
      return time - last
    }
  }
}
