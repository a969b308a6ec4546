extension RunProfile {
  /// How many bytes of results are alive in all runs together, each time that changes; of many changes, only the lowest and the
  /// highest in every part of the time.
  ///
  /// - Parameter points: About how many points are wanted at most.
  func liveBytes(points: Int) -> [ProfiledRun.LiveBytes] {
    var changes: [ProfiledRun.LiveBytes] = []
    for run in runs {
      var last = 0
      for point in run.liveBytes {
        changes.append(ProfiledRun.LiveBytes(time: point.time, bytes: point.bytes - last))
        last = point.bytes
      }
    }
    // What comes at the same time stays in its order.
    if runs.count > 1 {
      let order = changes.indices.sorted { (changes[$0].time, $0) < (changes[$1].time, $1) }
      changes = order.map { changes[$0] }
    }
    var total = 0
    for index in changes.indices {
      total += changes[index].bytes
      changes[index] = ProfiledRun.LiveBytes(time: changes[index].time, bytes: total)
    }
    return changes.count <= points ? changes : thinned(changes, parts: points / 4)
  }

  /// The first, lowest, highest and last point in each part of the time.
  private func thinned(_ points: [ProfiledRun.LiveBytes], parts: Int) -> [ProfiledRun.LiveBytes] {
    let width = duration / parts + 1
    var result: [ProfiledRun.LiveBytes] = []
    var start = 0
    while start < points.count {
      let part = points[start].time / width
      var end = start
      var (low, high) = (start, start)
      while end < points.count, points[end].time / width == part {
        if points[end].bytes < points[low].bytes { low = end }
        if points[end].bytes > points[high].bytes { high = end }
        end += 1
      }
      for index in Set([start, low, high, end - 1]).sorted() { result.append(points[index]) }
      start = end
    }
    return result
  }
}
