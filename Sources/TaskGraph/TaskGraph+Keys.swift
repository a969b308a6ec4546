extension TaskGraph {
  /// The name of a task, such as `scan-csv-3f2a91c0[7]`: its layer, eight digits of the layer's digest, and its index.
  ///
  /// Equal operations on equal inputs have equal keys, in every process. The digest is over the operation's wire name, its
  /// encoded parameters, and the digests and indices of all it depends on. An operation whose `encode(to:)` throws is told
  /// apart by its name and inputs alone.
  ///
  /// - Complexity: The first call computes the digests of the task's layer and all before it, O(dependencies); O(1) after.
  public func key(of task: TaskID) -> String {
    let layer = layerIndex(of: task)
    return "\(label(ofLayer: layer))[\(layers[layer].tasks.lowerBound.distance(to: task))]"
  }

  /// The name of a layer with eight digits of its digest: `scan-csv-3f2a91c0`.
  func label(ofLayer index: Int) -> String {
    let token = token(ofLayer: index)
    // Folding brings the well-mixed and the last-changed bits together, as the authors of FNV advise.
    let half = UInt64(truncatingIfNeeded: token ^ (token >> 64))
    let digits = String(UInt32(truncatingIfNeeded: half ^ (half >> 32)), radix: 16)
    return "\(layers[index].name)-\(String(repeating: "0", count: 8 - digits.count))\(digits)"
  }

  /// The whole digest of a layer.
  func token(ofLayer index: Int) -> UInt128 {
    // Digests are only ever computed together with those of all layers before, so the missing ones are a tail.
    // From front to back each finds its dependencies' digests ready, without recursion.
    var firstMissing = index + 1
    while firstMissing > 0, layers[firstMissing - 1].token.value == nil { firstMissing -= 1 }
    for layer in firstMissing..<(index + 1) { layers[layer].token.set(computeToken(ofLayer: layer)) }
    return layers[index].token.value ?? computeToken(ofLayer: index)
  }

  private func computeToken(ofLayer index: Int) -> UInt128 {
    let layer = layers[index]
    var digest = layer.operation.digest
    digest.absorb(UInt64(layer.tasks.count))
    // A layer that is depended on is written out when first met, and by its number from then on.
    var numbers = [index: UInt64(0)]
    for task in layer.tasks {
      let list = dependencies[task]
      digest.absorb(UInt64(list.count))
      for dependency in list {
        let other = layerIndex(of: dependency)
        if let number = numbers[other] {
          digest.absorb(number)
        } else {
          let number = UInt64(numbers.count)
          numbers[other] = number
          digest.absorb(number)
          digest.absorb(layers[other].token.value ?? 0)
        }
        digest.absorb(UInt64(layers[other].tasks.lowerBound.distance(to: dependency)))
      }
    }
    return digest.value
  }
}
