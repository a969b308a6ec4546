// Which thread is which
//
// A pool lets so many threads work at a time, but they need not be the same all along: the thread that asked for a run works
// on it until it finds nothing to do, and then one of the pool's own may take its turn.
//
//     caller    [ a ][ b ]
//     pool 1        [ c     ][ d  ]
//     pool 2               [ e    ][ f ]
//
//     thread 1  [ a ][ b ] [ e    ][ f ]
//     thread 2      [ c     ][ d  ]
//
// So a number stands for a place: a thread keeps its own until it rests and another one, for which there is no place, takes
// over the one that has been empty for longest. There are never more places than tasks at the same time. A task inside
// another has the place of that.

/// Numbers the threads of a profile, which the system knows by addresses. See the head of this file.
struct ThreadNumbers {
  /// A task on a thread of the system.
  struct Span {
    let thread: UInt
    let start: UInt64
    let end: UInt64
  }

  /// The number of the place of each span.
  private(set) var numbers: [Int]
  /// How many places there are.
  var count: Int { places.count }

  private var places: [Place] = []

  private struct Place {
    var thread: UInt
    /// When its last task ended.
    var end: UInt64
  }

  init(_ spans: [Span]) {
    numbers = Array(repeating: 0, count: spans.count)
    /// For each thread of the system its place.
    var current: [UInt: Int] = [:]
    for index in spans.indices.sorted(by: { (spans[$0].start, $0) < (spans[$1].start, $1) }) {
      let span = spans[index]
      if let place = current[span.thread], places[place].thread == span.thread {
        places[place].end = max(places[place].end, span.end)
        numbers[index] = place
      } else {
        let place = takePlace(for: span)
        current[span.thread] = place
        numbers[index] = place
      }
    }
  }

  private mutating func takePlace(for span: Span) -> Int {
    let place = Place(thread: span.thread, end: span.end)
    let empty = places.indices.filter { places[$0].end <= span.start }
    guard let oldest = empty.min(by: { places[$0].end < places[$1].end }) else {
      places.append(place)
      return places.count - 1
    }
    places[oldest] = place
    return oldest
  }
}
