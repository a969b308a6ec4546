/// What the colours of a picture tell, with a value for each task of the graph in the order of the tasks.
///
///     graph.dot(colouring: .order(graph.priorities(outputs: [total])))
///
/// The value stands in the label as well, and a legend says what the colours mean. A node that stands for several tasks has
/// their sum, for memory in use the most of them, and for the order the first to the last. To use a colouring for a graph
/// with another number of tasks is a programmer's mistake and traps.
public struct PictureColouring: Sendable {
  /// What the values are.
  enum Quantity { case order, time, resultBytes, liveBytes }

  let quantity: Quantity
  let values: [Double?]

  /// The order of running, from pale to dark: see ``TaskGraph/TaskGraph/priorities(outputs:)``.
  public static func order(_ priorities: [UInt32]) -> PictureColouring {
    PictureColouring(quantity: .order, values: priorities.map { $0 == TaskGraph.notNeeded ? nil : Double($0) })
  }

  /// How long each task took; nil for one that did not run.
  public static func time(nanoseconds: [UInt64?]) -> PictureColouring {
    PictureColouring(quantity: .time, values: nanoseconds.map { $0.map { Double($0) } })
  }

  /// How many bytes the result of each task holds; nil where that is not known.
  public static func memory(resultBytes: [Int?]) -> PictureColouring {
    PictureColouring(quantity: .resultBytes, values: resultBytes.map { $0.map { Double($0) } })
  }

  /// How many bytes all results held that were in memory when the task had run; nil where that is not known.
  public static func memory(liveBytes: [Int?]) -> PictureColouring {
    PictureColouring(quantity: .liveBytes, values: liveBytes.map { $0.map { Double($0) } })
  }
}
