extension TaskGraph {
  /// Adds a layer that merges many results into one by a fixed tree.
  ///
  /// Neighbours are merged in the order given, `fanIn` at a time, level by level; one that is left over alone at the end of
  /// a level moves up as it is. The shape depends on the number of leaves alone, so the result has the same bits however it
  /// is run.
  ///
  ///     leaves  a   b   c   d   e
  ///              \ /     \ /    |
  ///               0       1     |
  ///                \_____/      |
  ///                   2         |
  ///                    \_______/
  ///                        3
  ///
  /// - Parameters:
  ///   - name: What users see.
  ///   - operation: Merges its two to `fanIn` inputs into one result of the same type as the leaves.
  ///   - leaves: The results to merge: at least one.
  ///   - fanIn: How many results one task merges: at least two.
  /// - Returns: The task whose result is the merge of all leaves: the leaf itself if there is only one.
  /// - Complexity: O(leaves).
  public mutating func addTree(
    _ name: String, _ operation: any TaskOperation, over leaves: [TaskID], fanIn: Int = 2
  ) -> TaskID {
    precondition(!leaves.isEmpty, "A tree merges at least one leaf.")
    precondition(fanIn >= 2, "A tree merges at least two results at a time, not \(fanIn).")
    var level = leaves
    var lists: [[TaskID]] = []
    while level.count > 1 {
      var above: [TaskID] = []
      for start in stride(from: 0, to: level.count, by: fanIn) {
        let group = Array(level[start..<min(start + fanIn, level.count)])
        if group.count == 1 {
          above.append(group[0])
        } else {
          above.append(nextTask.advanced(by: lists.count))
          lists.append(group)
        }
      }
      level = above
    }
    if !lists.isEmpty { addLayer(name, operation, dependencies: lists) }
    return level[0]
  }
}
