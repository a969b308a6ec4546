import Testing

@testable import TaskGraph

@Suite("The colouring of a picture")
struct PictureColouringTests {
  /// The fill, the text's colour and the label of each node.
  private func nodes(_ text: String) -> [String] {
    text.split(separator: "\n").compactMap { line in
      guard let label = line.firstRange(of: "label=\""), let fill = line.firstRange(of: "fillcolor="),
        line.hasPrefix("  t") || line.hasPrefix("  l")
      else { return nil }
      let words = line[label.upperBound...].prefix { $0 != "\"" }
      return words + " " + line[fill.upperBound...].dropLast(2)
    }
  }

  /// The texts in the legend.
  private func legend(_ text: String) -> [String] {
    guard let line = text.split(separator: "\n").first(where: { $0.hasPrefix("  labelloc") }) else { return [] }
    return line.split(separator: "<").compactMap { piece in
      let words = piece.split(separator: ">", omittingEmptySubsequences: false)
      return words.count == 2 && piece.hasPrefix("TD") && !words[1].isEmpty ? String(words[1]) : nil
    }
  }

  private static let sources: (graph: TaskGraph, output: TaskID) = {
    var (graph, output) = mergedSources(2)
    graph.addLayer("unused", Merge(), dependencies: [[output]])
    return (graph, output)
  }()

  @Test("by order runs from pale to dark, and leaves out what is not needed")
  func order() {
    let (graph, output) = Self.sources
    let text = graph.dot(colouring: .order(graph.priorities(outputs: [output])))
    #expect(
      nodes(text) == [
        "source[0]\\n#0 \"#fbf7c8\", fontcolor=\"#000000\"",
        "source[1]\\n#1 \"#4394b6\", fontcolor=\"#000000\"",
        "merge\\n#2 \"#1c1a4a\", fontcolor=\"#ffffff\"",
        "unused white, style=\"filled,dashed\"",
      ])
    #expect(legend(text) == ["order of running", "#0", "#1", "#2", "dashed: not needed"])
    let layers = graph.dot(detail: .layers, colouring: .order(graph.priorities(outputs: [output])))
    #expect(nodes(layers)[0] == "source\\n2 tasks, #0 to #1 \"#96d3b2\", fontcolor=\"#000000\"")
    #expect(legend(layers)[...2] == ["order of running;", "of several tasks, the first to the last", "#0"])
  }

  @Test("by time tells each task's, and a layer's sum")
  func time() {
    let (graph, _) = Self.sources
    let colouring = PictureColouring.time(nanoseconds: [250_000_000, 1_000_000_000, 2_000_000, nil])
    #expect(
      nodes(graph.dot(colouring: colouring)) == [
        "source[0]\\n250 ms \"#fcc873\", fontcolor=\"#000000\"",
        "source[1]\\n1 s \"#571a4e\", fontcolor=\"#ffffff\"",
        "merge\\n2 ms \"#fff4da\", fontcolor=\"#000000\"",
        "unused white, style=\"filled,dashed\"",
      ])
    #expect(legend(graph.dot(colouring: colouring)) == ["time of a task", "0 s", "500 ms", "1 s", "dashed: not run"])
    let layers = graph.dot(detail: .layers, colouring: colouring)
    #expect(nodes(layers)[0] == "source\\n2 tasks, 1.3 s \"#571a4e\", fontcolor=\"#ffffff\"")
    #expect(legend(layers)[...2] == ["time of a task;", "of several tasks, their sum", "0 s"])
  }

  @Test("by memory tells a layer's sum of results, and the most of what is in memory")
  func memory() {
    let (graph, _) = Self.sources
    let results = graph.dot(detail: .layers, colouring: .memory(resultBytes: [3_000_000, 1_000_000, nil, 0]))
    #expect(
      nodes(results) == [
        "source\\n2 tasks, 4 MB \"#33155c\", fontcolor=\"#ffffff\"",
        "merge white, style=\"filled,dashed\"",
        "unused\\n0 B \"#f4f0fb\", fontcolor=\"#000000\"",
      ])
    #expect(
      legend(results) == [
        "size of a result;", "of several tasks, their sum", "0 B", "2 MB", "4 MB", "dashed: not known",
      ])
    let live = graph.dot(detail: .layers, colouring: .memory(liveBytes: [3_000_000, 1_000_000, nil, 0]))
    #expect(nodes(live)[0] == "source\\n2 tasks, 3 MB \"#33155c\", fontcolor=\"#ffffff\"")
    #expect(legend(live)[...1] == ["results in memory after a task;", "of several tasks, the most"])
  }

  @Test("has no scale where all is nothing, and goes without overflow where all is much")
  func extremes() {
    let (graph, _) = mergedSources(2)
    #expect(legend(graph.dot(colouring: .time(nanoseconds: [0, 0, 0]))) == ["time of a task"])
    #expect(
      legend(graph.dot(colouring: .time(nanoseconds: [nil, nil, nil]))) == ["time of a task", "dashed: not run"])
    let most = graph.dot(detail: .layers, colouring: .time(nanoseconds: [.max, .max, .max]))
    #expect(nodes(most)[0].hasPrefix("source\\n2 tasks, 10248191 h "))
    let bytes = graph.dot(detail: .layers, colouring: .memory(resultBytes: [.max, .max, .max]))
    #expect(nodes(bytes)[0].hasPrefix("source\\n2 tasks, 18446744 TB "))
  }

  @Test("is refused when it was made for another graph")
  func otherGraph() async {
    await #expect(processExitsWith: .failure) {
      _ = mergedSources(2).graph.dot(colouring: .time(nanoseconds: [1, 2]))
    }
  }

  @Test("gets darker all the way, and text on it can be read", arguments: [PictureGradient.order, .time, .memory])
  func gradients(gradient: PictureGradient) {
    let colours = (0...256).map { gradient.colour(at: Double($0) / 256) }
    for (pale, dark) in zip(colours, colours.dropFirst()) { #expect(pale.luminance > dark.luminance) }
    for colour in colours { #expect(colour.contrast(to: colour.textColour) >= 4.5) }
    #expect(colours[0].contrast(to: colours[256]) > 10)
    #expect(gradient.colour(at: -1) == colours[0] && gradient.colour(at: 2) == colours[256])
  }

  @Test("measures contrast as published", arguments: [(0xFFFFFF, 21.0), (0x777777, 4.69), (0xFF0000, 5.25)])
  func contrast(code: Int, expected: Double) {
    #expect(abs(PictureColour(code).contrast(to: .black) - expected) < 0.01)
  }

  @Test(
    "writes amounts in the unit in which people read them",
    arguments: [
      (0, "0 s", "0 B"), (1, "1 ns", "1 B"), (999, "999 ns", "999 B"), (1000, "1 µs", "1 kB"), (1049, "1 µs", "1 kB"),
      (1050, "1.1 µs", "1.1 kB"), (9_949, "9.9 µs", "9.9 kB"), (9_951, "10 µs", "10 kB"), (999_400, "999 µs", "999 kB"),
      (999_500, "1 ms", "1 MB"), (16_000_000, "16 ms", "16 MB"), (1_234_000_000, "1.2 s", "1.2 GB"),
      (59_400_000_000, "59 s", "59 GB"), (59_500_000_000, "1 min", "60 GB"), (90_000_000_000, "1.5 min", "90 GB"),
      (3_600_000_000_000, "1 h", "3.6 TB"), (36_000_000_000_000_000, "10000 h", "36000 TB"),
    ])
  func units(value: Double, duration: String, size: String) {
    #expect(UnitText.duration(nanoseconds: value) == duration)
    #expect(UnitText.size(bytes: value) == size)
  }
}
