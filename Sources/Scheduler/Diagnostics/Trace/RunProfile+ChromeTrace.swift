import TaskGraph

// The Trace Event Format, as chrome://tracing and ui.perfetto.dev read it
// (https://docs.google.com/document/d/1CvAClvFfyA5R-PhYUmn5OOQtYMH4h6I0nSsKchNAySU)
//
//     M   the names of the process and of the threads
//     b e a run, from its begin to its end, in a track of its own
//     X   a task on a thread; one inside another is drawn below it
//     C   the bytes of all results alive, a curve
//
// Times are microseconds with decimals. An event is a line, so that the file can be searched.

extension RunProfile {
  /// The profile in the format that `chrome://tracing` and https://ui.perfetto.dev open.
  ///
  /// Tasks are named after their layers; their keys and the bytes of their results are among the details that are shown for the
  /// one that is selected. About 150 bytes for a task.
  public func chromeTrace() -> String {
    var bytes: [UInt8] = []
    try? writeChromeTrace { bytes.append(contentsOf: $0) }
    return String(decoding: bytes, as: UTF8.self)
  }

  /// Writes what `chromeTrace()` gives in pieces.
  func writeChromeTrace(to sink: @escaping (UnsafeRawBufferPointer) throws -> Void) throws {
    var text = TextStream(sink)
    try text.write(#"{"displayTimeUnit":"ms","traceEvents":[\#n"#)
    try text.write(#"{"ph":"M","name":"process_name","pid":1,"args":{"name":"LazyFrame"}}"#)
    for thread in 0..<threadCount {
      let tail = #","pid":1,"tid":\#(thread + 1),"args":"#
      try text.write(#",\#n{"ph":"M","name":"thread_name"\#(tail){"name":"thread \#(thread + 1)"}}"#)
      try text.write(#",\#n{"ph":"M","name":"thread_sort_index"\#(tail){"sort_index":\#(thread + 1)}}"#)
    }
    for (index, run) in runs.enumerated() {
      try run.writeTrace(number: index + 1, to: &text)
    }
    for point in liveBytes(points: 20_000) {
      try text.write(",\n{\"ph\":\"C\",\"name\":\"live bytes\",\"pid\":1,\"ts\":")
      try text.write(microsecondsOf: point.time)
      try text.write(",\"args\":{\"bytes\":")
      try text.write(point.bytes)
      try text.write("}}")
    }
    try text.write("\n]}\n")
    try text.finish()
  }
}

extension ProfiledRun {
  fileprivate func writeTrace(number: Int, to text: inout TextStream) throws {
    let count = tasks.count == 1 ? "1 task" : "\(tasks.count) tasks"
    for (phase, time) in [("b", start), ("e", end)] {
      try text.write(
        ",\n{\"ph\":\"\(phase)\",\"cat\":\"run\",\"name\":\"run \(number): \(count)\",\"id\":\(number),\"pid\":1,\"tid\":0,\"ts\":"
      )
      try text.write(microsecondsOf: time)
      try text.write("}")
    }
    let table = LayerTable([graph])
    // What all tasks of a layer have in common is made once, when the first of them is written.
    var heads: [Int: [UInt8]] = [:]
    let middle = Array("]\",\"bytes\":".utf8)
    let failed = Array("]\",\"failed\":true,\"bytes\":".utf8)
    let thread = Array("},\"pid\":1,\"tid\":".utf8)
    let begin = Array(",\"ts\":".utf8)
    let length = Array(",\"dur\":".utf8)
    let close = Array("}".utf8)
    for task in tasks {
      let layer = table.layer(of: task.task)
      let head = heads[layer] ?? head(ofLayer: layer)
      heads[layer] = head
      try text.write(head)
      try text.write(graph.layers[layer].tasks.lowerBound.distance(to: task.task))
      try text.write(task.hasFailed ? failed : middle)
      try text.write(task.resultBytes)
      try text.write(thread)
      try text.write(task.thread + 1)
      try text.write(begin)
      try text.write(microsecondsOf: task.start)
      try text.write(length)
      try text.write(microsecondsOf: task.duration)
      try text.write(close)
    }
  }

  private func head(ofLayer layer: Int) -> [UInt8] {
    let label = quotedForJSON(label(ofLayer: layer)).dropLast()
    return Array(
      ",\n{\"ph\":\"X\",\"cat\":\"task\",\"name\":\(quotedForJSON(graph.layers[layer].name)),\"args\":{\"key\":\(label)["
        .utf8)
  }

  /// What the keys of a layer's tasks have in common.
  func label(ofLayer layer: Int) -> String {
    String(graph.key(of: graph.layers[layer].tasks.lowerBound).dropLast("[0]".count))
  }
}
