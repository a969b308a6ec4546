import TaskGraph

// How long the rest will take
//
// Layers cost unlike: a task that reads 16 MB takes a thousand times as long as one that adds two numbers. So the time that is
// left is counted by layers:
//
//     scan-csv       60 of 100 done    12 s of work seen    0.2 s a task    40 more   8 s
//     merge-groups    6 of  12 done   0.6 s of work seen    0.1 s a task     6 more   0.6 s
//     finish-groups   0 of   1 done                         0.19 s, as all   1 more   0.19 s
//                                                                           together  8.8 s of work
//                                         divided by the 1.8 threads that are at work on average: 4.9 s
//
// Nothing of this is measured by the threads that run the tasks:
//
//  * How much work was seen is sampled: at each update, a slot that runs a task adds the time since the last update to the
//    layer of that task.
//  * How many tasks of a layer are done is read off the order of the run. A run takes its tasks about in that order, so when
//    n tasks are done, they are about the first n.
//
// A task that runs counts as half done. A layer of which no task has begun is taken to be like all others together.
//
// Runs may go on inside tasks of other runs, or side by side. Each gets its own estimate; the longest is shown.

/// Estimates from samples how far the runs of a monitor are. See the head of this file.
struct ProgressMeter {
  private var meters: [RunMeter] = []

  /// Looks at the runs that go on.
  ///
  /// - Parameter now: The time, on the clock of the logs.
  /// - Returns: How far they are; nil when there is none.
  mutating func sample(_ running: [RunLog], at now: UInt64) -> ProgressState? {
    meters.removeAll { meter in !running.contains { $0 === meter.log } }
    for log in running where !meters.contains(where: { $0.log === log }) { meters.append(RunMeter(log)) }
    guard let start = running.map(\.startTime).min() else { return nil }
    for index in meters.indices { meters[index].sample(at: now) }
    return ProgressState(
      done: meters.reduce(0) { $0 + $1.done }, total: meters.reduce(0) { $0 + $1.log.order.count },
      elapsed: now - min(start, now), remaining: meters.compactMap(\.remaining).max(),
      layer: meters.last { $0.currentLayer != nil }?.currentLayer)
  }
}

/// The samples of one run.
private struct RunMeter {
  let log: RunLog
  private(set) var done = 0
  private(set) var currentLayer: String?
  private var lastSample: UInt64
  private let table: LayerTable
  /// For each name of a layer what was seen of it.
  private var layers: [SeenLayer]

  private struct SeenLayer {
    var total = 0
    var done = 0
    var running = 0
    /// The time that slots were seen at work, in nanoseconds.
    var work = 0.0

    /// How many tasks the work was for.
    var share: Double { Double(done) + Double(running) / 2 }
    var remaining: Double { max(0, Double(total) - share) }
  }

  init(_ log: RunLog) {
    self.log = log
    lastSample = log.startTime
    table = LayerTable([log.graph])
    layers = Array(repeating: SeenLayer(), count: table.names.count)
    for task in log.order { layers[table.place(of: task)].total += 1 }
  }

  mutating func sample(at now: UInt64) {
    let time = Double(now - min(lastSample, now))
    // A run may have begun since the time was taken.
    lastSample = max(lastSample, now)
    for place in layers.indices { layers[place].running = 0 }
    for slot in log.slots {
      guard let task = slot.current else { continue }
      let place = table.place(of: task)
      layers[place].running += 1
      layers[place].work += time
    }
    let nowDone = log.done
    for task in log.order[done..<max(done, nowDone)] { layers[table.place(of: task)].done += 1 }
    done = nowDone
    if let busiest = layers.indices.max(by: { layers[$0].running < layers[$1].running }), layers[busiest].running > 0 {
      currentLayer = table.names[busiest]
    }
  }

  /// The time until the end, in nanoseconds; nil before a task is done.
  var remaining: UInt64? {
    let work = layers.reduce(0) { $0 + $1.work }
    let elapsed = Double(lastSample - log.startTime)
    guard done > 0, work > 0, elapsed > 0 else { return nil }
    let mean = work / layers.reduce(0) { $0 + $1.share }
    let rest = layers.reduce(0) { sum, layer in
      sum + layer.remaining * (layer.share > 0 ? layer.work / layer.share : mean)
    }
    return UInt64(min(rest / (work / elapsed), 1e18))
  }
}
