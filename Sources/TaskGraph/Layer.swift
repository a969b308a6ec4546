import Synchronization

/// All tasks of one kind in a graph: one operation, run once for each index.
public struct Layer: Sendable {
  /// What a layer stands for in pictures.
  public enum Kind: Sendable {
    /// A source or a store of data, drawn as a box.
    case data
    /// Work on data, drawn round.
    case operation
  }

  /// The name that users see, such as `scan-csv`.
  public let name: String

  /// The operation that all tasks of the layer run.
  public let operation: any TaskOperation

  /// How the layer is drawn.
  public let kind: Kind

  /// About how many bytes one result of the layer holds, where that is known before the run. Results are ordered by it, and
  /// a memory budget counts on it until a task of the layer has run; nothing else depends on it.
  public let resultBytes: Int?

  /// The tasks of the layer; a task's index in the layer is its distance from the first.
  public let tasks: Range<TaskID>

  /// What the keys are made of, once somebody asked for it. Shared by all copies of the layer: what it is computed from
  /// never changes after the layer was added.
  let token = LayerToken()
}

/// The place where a layer keeps its identity once it is computed.
final class LayerToken: Sendable {
  private let stored = Mutex<LayerIdentity?>(nil)

  var value: LayerIdentity? { stored.withLock { $0 } }

  func set(_ value: LayerIdentity) { stored.withLock { $0 = value } }
}
