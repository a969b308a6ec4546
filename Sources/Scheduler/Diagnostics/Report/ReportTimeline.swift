import TaskGraph

// Many tasks in one picture
//
// A page with a million rectangles loads slowly, and a screen has a few thousand columns. So beyond a number of tasks, the
// longest are kept as they are, and short neighbours on a thread become one block:
//
//     tasks     ▐▌▐▌▌▐▐▌▌▐▌ ███████████ ▌▐▌▌▐▐ ▌▐▐▌ ██████
//     drawn     [ block  ]  ███████████ [  block  ] ██████
//
// A block knows how many tasks it stands for, how long they ran together, and which layer had most of that time. It is no
// longer than a part of the whole time, so that what happened when stays visible.

/// What the picture of the task stream shows of each thread.
struct ReportTimeline {
  /// One task, or several short ones in a row.
  struct Block {
    let start: Int
    var end: Int
    /// The run, and in its graph the layer, of the task; of several, that of most of the time.
    var run: Int
    var layer: Int
    /// The index of the task in its layer.
    var index: Int
    var resultBytes: Int
    let depth: Int
    var hasFailed: Bool
    var taskCount = 1
    /// How long the tasks ran together.
    var time: Int
  }

  /// For each thread, as they began.
  private(set) var lanes: [[Block]]
  /// How many tasks are drawn together with others.
  private(set) var mergedCount = 0

  /// - Parameter limit: How many blocks are wanted at most.
  init(_ profile: RunProfile, _ figures: ProfileFigures, limit: Int = 200_000) {
    let table = LayerTable(profile.runs.map(\.graph))
    lanes = figures.lanes.map { lane in
      lane.map { item in
        let run = profile.runs[item.run]
        let task = run.tasks[item.position]
        let layer = table.layer(of: task.task, graph: item.run)
        return Block(
          start: task.start, end: task.end, run: item.run, layer: layer,
          index: run.graph.layers[layer].tasks.lowerBound.distance(to: task.task), resultBytes: task.resultBytes,
          depth: item.depth, hasFailed: task.hasFailed, time: task.duration)
      }
    }
    let count = lanes.reduce(0) { $0 + $1.count }
    guard count > limit else { return }
    // A third of the limit are tasks of their own; between them lie as many blocks at most, and as many end for their length.
    let durations = lanes.joined().map(\.time).sorted(by: >)
    let longTime = durations[limit / 3]
    let longest = profile.duration / (limit / 3 / max(lanes.count, 1)) + 1
    for thread in lanes.indices {
      lanes[thread] = ReportTimeline.merged(lanes[thread], upTo: longTime, blockTime: longest)
      mergedCount += lanes[thread].reduce(0) { $0 + ($1.taskCount > 1 ? $1.taskCount : 0) }
    }
  }

  /// Merges tasks of at most a length with their neighbours, so that blocks are no longer than `blockTime`.
  private static func merged(_ lane: [Block], upTo longTime: Int, blockTime: Int) -> [Block] {
    struct Place: Hashable {
      let run: Int
      let layer: Int
    }
    var result: [Block] = []
    /// The time of each layer in the last block.
    var times: [Place: Int] = [:]
    for task in lane {
      let place = Place(run: task.run, layer: task.layer)
      guard var block = result.last, block.isShort(longTime), task.isShort(longTime), task.depth >= block.depth,
        task.end - block.start <= blockTime
      else {
        result.append(task)
        times = [place: task.time]
        continue
      }
      block.taskCount += 1
      block.resultBytes += task.resultBytes
      // The time of a task inside another is that of the other.
      if task.start >= block.end {
        block.time += task.time
        block.end = task.end
        let time = times[place, default: 0] + task.time
        times[place] = time
        if time > times[Place(run: block.run, layer: block.layer), default: 0] {
          block.run = task.run
          block.layer = task.layer
        }
      }
      result[result.count - 1] = block
    }
    return result
  }
}

extension ReportTimeline.Block {
  /// Whether it may be drawn together with others.
  fileprivate func isShort(_ longTime: Int) -> Bool { !hasFailed && (taskCount > 1 || time <= longTime) }
}
