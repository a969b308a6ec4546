/// Finds the name that was probably meant.
package enum NearestName {
  /// The candidate with the fewest edits from `name`, ignoring case, if that is one or at most a third of its length; the first of
  /// equals. O(candidates · length²).
  package static func find(_ name: String, among candidates: some Sequence<String>) -> String? {
    let wanted = Array(name.lowercased())
    var best: (candidate: String, distance: Int)?
    for candidate in candidates {
      let characters = Array(candidate.lowercased())
      let length = max(wanted.count, characters.count)
      let limit = min(max(1, length / 3), length - 1, (best?.distance ?? .max) - 1)
      // Each edit changes the length by one at most.
      if abs(wanted.count - characters.count) > limit { continue }
      let distance = editDistance(wanted, characters)
      if distance <= limit { best = (candidate, distance) }
    }
    return best?.candidate
  }

  /// `did you mean 'close'?`, or nil when nothing is near.
  package static func suggestion(_ name: String, among candidates: some Sequence<String>) -> String? {
    find(name, among: candidates).map { "did you mean '\($0)'?" }
  }

  /// Insertions, deletions, replacements and swaps of neighbours that turn one text into the other (the restricted
  /// Damerau-Levenshtein distance).
  private static func editDistance(_ left: [Character], _ right: [Character]) -> Int {
    var beforeLast: [Int] = []
    var last = Array(0...right.count)
    for i in left.indices {
      var row = [i + 1]
      for j in right.indices {
        var cost = min(row[j] + 1, last[j + 1] + 1, last[j] + (left[i] == right[j] ? 0 : 1))
        if i > 0, j > 0, left[i] == right[j - 1], left[i - 1] == right[j] { cost = min(cost, beforeLast[j - 1] + 1) }
        row.append(cost)
      }
      beforeLast = last
      last = row
    }
    return last[right.count]
  }
}
