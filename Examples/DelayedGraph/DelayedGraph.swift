import Scheduler
import TaskGraph

/// Calls of plain functions become a graph, as in Dask's tutorial: `inc`, `double` and `add` over a list of numbers.
///
///     swift run DelayedGraph delayed.svg
@main
struct DelayedGraph {
  static func main() throws {
    let inc = delayed("inc") { (x: Int) in x + 1 }
    let double = delayed("double") { (x: Int) in 2 * x }
    let add = delayed("add") { (x: Int, y: Int) in x + y }
    let sum = delayed("sum") { (values: [Int]) in values.reduce(0, +) }

    let sums = [1, 2, 3, 4].map { number in add(inc(number), double(number)) }
    let total = sum(sums)

    // Nothing has run yet.
    print(try total.taskGraph())
    print("total:", try total.compute())

    // What two values share is computed once.
    let (first, all) = try compute(sums[0], total)
    print("first:", first, "of", all)

    if let path = CommandLine.arguments.dropFirst().first {
      try total.visualize(path)
      print("drawn:", path)
    }
  }
}
