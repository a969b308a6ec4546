extension TaskGraph {
  /// The name of a task, such as `scan-csv-3f2a91c0[7]`: its layer, eight digits of the layer's digest, and its index.
  ///
  /// No two tasks of a graph have the same key. Equal operations on equal inputs have equal keys, in every process: the
  /// digest is over the operation's wire name, its encoded parameters, and the digests and indices of all it depends on.
  /// Where a second layer of a graph would have the keys of the first, a number tells it apart: `scan-csv-3f2a91c0-2[7]`.
  /// That is so for equal layers, which `GraphOptimizer` merges, and for operations whose `encode(to:)` throws, which are
  /// known by name and inputs alone.
  ///
  /// A task that an optimised graph has taken over keeps its key; one that several tasks were fused into has the names of
  /// all of them, and the digits and index of the last.
  ///
  /// - Complexity: The first call computes the digests of all layers, O(tasks + dependencies); O(log layers) after.
  public func key(of task: TaskID) -> String {
    let index = layerIndex(of: task)
    return "\(label(ofLayer: index))[\(LayerIndices(layers[index])[task])]"
  }

  /// The name of a layer with eight digits of its digest: `scan-csv-3f2a91c0`.
  func label(ofLayer index: Int) -> String { identity(ofLayer: index).label }

  /// What the keys of a layer are made of.
  func identity(ofLayer index: Int) -> LayerIdentity {
    if let identity = layers[index].token.value { return identity }
    // Each is looked at once: another thread may be at the same work, for a copy of the graph.
    let known = layers.map { $0.token.value ?? $0.keptIdentity }
    var labels = LayerLabels(taken: known.compactMap(\.self) + layers.flatMap(\.origins))
    var identities: [LayerIdentity] = []
    // From front to back each layer finds the digests of those it depends on ready, without recursion.
    for layer in layers.indices {
      let identity = known[layer] ?? computeIdentity(ofLayer: layer, identities, &labels)
      identities.append(identity)
      layers[layer].token.set(identity)
    }
    return identities[index]
  }

  /// - Parameter identities: Those of all earlier layers.
  private func computeIdentity(
    ofLayer index: Int, _ identities: [LayerIdentity], _ labels: inout LayerLabels
  ) -> LayerIdentity {
    var digest = layers[index].operation.digest
    absorbDependencies(ofLayer: index, identities, &digest)
    let (tag, number) = labels.take(layers[index].name, digest.value)
    // What cannot be compared counts as different, and so does all that depends on it.
    if !digest.isExact, number > 1 { digest.absorb(UInt64(number)) }
    return LayerIdentity(name: layers[index].name, tag: tag, digest: digest.value)
  }

  private func absorbDependencies(ofLayer index: Int, _ identities: [LayerIdentity], _ digest: inout Digest) {
    let tasks = layers[index].tasks
    digest.absorb(UInt64(tasks.count))
    // A digest is written out when first met, and goes by its number from then on. The layer itself has number 0.
    var numbers: [UInt128: UInt64] = [:]
    var number = UInt64(0)
    var indices = LayerIndices(layers[index])
    for task in tasks {
      let list = dependencies[task]
      digest.absorb(UInt64(list.count))
      for dependency in list {
        var unseen: UInt128?
        if !indices.tasks.contains(dependency) {
          let place = layerIndex(of: dependency)
          indices = LayerIndices(layers[place])
          number = 0
          if place != index {
            let other = identities[place].digest
            number = numbers[other] ?? UInt64(numbers.count + 1)
            if numbers.updateValue(number, forKey: other) == nil { unseen = other }
          }
        }
        digest.absorb(number)
        if let unseen { digest.absorb(unseen) }
        digest.absorb(UInt64(indices[dependency]))
      }
    }
  }
}

/// The indices by which keys name the tasks of a layer.
private struct LayerIndices {
  let tasks: Range<TaskID>
  private let rewritten: (any RewrittenTasks)?

  init(_ layer: Layer) {
    tasks = layer.tasks
    rewritten = layer.rewritten
  }

  subscript(task: TaskID) -> Int {
    let position = tasks.lowerBound.distance(to: task)
    return rewritten?.originIndex(position) ?? position
  }
}

extension Layer {
  /// The identities of the layers of earlier graphs that the steps of its tasks come from. None of them may be given to
  /// another layer: by them it is known which steps are the same.
  fileprivate var origins: [LayerIdentity] {
    switch operation {
    case let fused as FusedTasks: fused.program.layers.map(\.identity)
    case let selected as SelectedTasks: [selected.layer.identity]
    default: []
    }
  }

  /// The identity that the layer has from an earlier graph.
  fileprivate var keptIdentity: LayerIdentity? {
    (rewritten?.layer.identity).map { LayerIdentity(name: name, tag: $0.tag, digest: $0.digest) }
  }
}

/// Hands out the labels of a graph, each once.
private struct LayerLabels {
  private var taken: Set<String>
  private var numbers: [String: Int] = [:]

  init(taken identities: [LayerIdentity]) {
    taken = Set(identities.map(\.label))
  }

  /// The tag of the next layer with this name and digest, and its number among those with the same digits.
  mutating func take(_ name: String, _ digest: UInt128) -> (tag: String, number: Int) {
    // Folding brings the well-mixed and the last-changed bits together, as the authors of FNV advise.
    let half = UInt64(truncatingIfNeeded: digest ^ (digest >> 64))
    let folded = String(UInt32(truncatingIfNeeded: half ^ (half >> 32)), radix: 16)
    let digits = String(repeating: "0", count: 8 - folded.count) + folded
    let first = "\(name)-\(digits)"
    var number = numbers[first] ?? 1
    while !taken.insert(number == 1 ? first : "\(first)-\(number)").inserted { number += 1 }
    numbers[first] = number + 1
    return (number == 1 ? digits : "\(digits)-\(number)", number)
  }
}
