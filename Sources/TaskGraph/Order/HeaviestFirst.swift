// Heaviest first
//
// A task with several inputs keeps the results of those that are made first while the others are made. So the input
// that needs most should come first, when nothing is kept yet. What a task *needs* is the most that is alive while it
// is made; when it is there, only its own weight is left of that. With a weight of 1 for each result:
//
//        d     c0   c1        c needs 3 (c0, c1 and itself), d needs 1
//        |      \   /
//         \       c           as listed   d  c0  c1  c  e     alive   1 2 3 4 3    e needs 4
//          \     /            sorted      c0  c1  c  d  e     alive   1 2 3 2 3    e needs 3
//           `-e-'
//
// Made in the order x, y, ... the inputs need max(need(x), weight(x) + need(y), ...), and the task the weight of all of
// them and its own. Of two neighbours it is better to begin with the one of the larger need - weight, its *surplus*; so
// sorting by surplus is best among the orders that make one input after the other. That is the method of Sethi and
// Ullman ("The generation of optimal code for arithmetic expressions", 1970) with the weights of Liu (1987). On a tree
// no depth-first order has a lower peak.
//
// Where results are shared it is an estimate: each user counts in full what it shares. So inputs of the same surplus
// are told apart by what is counted once, the number of tasks that were first used on the way to them:
//
//       a   b   c             p and q have the same surplus. But p is the first to use a and b, q the first to use
//        \ / \ /              c only: with itself p stands for three tasks, q for two.
//         p   q
//          \ /                The larger one goes first, and the smaller is half done on the way. For x + transpose(x),
//           r                 summed by quarters, that is a quarter off the diagonal, which brings its mirror image.

/// Sorts the inputs of tasks, heaviest first, while it learns what each task needs. See the head of this file.
///
/// Tasks are named by their place in the plain order and weighed one after the other.
struct HeaviestFirst {
  /// For each task the weight of its result.
  let weights: [Int]

  /// Whether a depth-first walk over the sorted lists is the plain one.
  private(set) var isAsListed = true

  /// Whether no result was used twice.
  private(set) var isForest = true

  /// For each task how much more it needs than it weighs.
  private var surplus: [Int]

  /// For each task how many tasks it stands for, with itself, until it was used; then none.
  private var firstUses: [UInt32]

  init(weights: [Int]) {
    self.weights = weights
    surplus = Array(repeating: 0, count: weights.count)
    firstUses = Array(repeating: 0, count: weights.count)
  }

  /// Weighs a task.
  ///
  /// - Parameter inputs: Its inputs, sorted, each of which was weighed before.
  mutating func weigh(_ task: Int, inputs: [TaskID]) {
    var kept = 0
    var need = 0
    var made: UInt32 = 1
    for input in inputs {
      need = max(need, kept + weights[input.offset] + surplus[input.offset])
      kept += weights[input.offset]
      if firstUses[input.offset] == 0 { isForest = false }
      made += firstUses[input.offset]
      firstUses[input.offset] = 0
    }
    // No overflow: with the last added first, no input would be kept beside one that it is made of, so the need would
    // be at most what all results weigh together. The sorted order is no worse.
    need = max(need, kept + weights[task])
    surplus[task] = need - weights[task]
    firstUses[task] = made
  }

  /// Sorts a list of tasks that were weighed, and leaves each in it once.
  ///
  /// - Complexity: O(n log n); O(n) when it is sorted.
  mutating func sort(_ list: inout [TaskID]) {
    if list.count < 2 { return }
    if !(1..<list.count).allSatisfy({ isHeavier(list[$0 - 1], list[$0]) }) {
      list.sort { isHeavier($0, $1) }
      var count = 1
      for index in 1..<list.count where list[index] != list[count - 1] {
        list[count] = list[index]
        count += 1
      }
      if count < list.count { list.removeLast(list.count - count) }
    }
    // The plain walk gave ascending places to the inputs of a task, but for those that it had met before.
    if isAsListed { isAsListed = (1..<list.count).allSatisfy { list[$0 - 1] < list[$0] } }
  }

  private func isHeavier(_ left: TaskID, _ right: TaskID) -> Bool {
    if surplus[left.offset] != surplus[right.offset] { return surplus[left.offset] > surplus[right.offset] }
    if firstUses[left.offset] != firstUses[right.offset] { return firstUses[left.offset] > firstUses[right.offset] }
    return left < right
  }
}
