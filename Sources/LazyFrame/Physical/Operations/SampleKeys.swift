import Columnar
import TaskGraph

/// Looks at some rows of a few partitions, to find how the keys of a group-by become few words.
struct SampleKeys: TaskOperation {
  static let wireName = "sample-keys"

  let rows: PartitionRows
  let specification: GroupSpecification
  let partitionCount: Int

  /// The first partition, the last, and some between them.
  private static let partitionLimit = 4
  /// How much of a partition is looked at: so many blocks of rows, or until so many have passed its filters.
  private static let blockLimit = 4
  private static let rowLimit = 4096

  func run(_ task: TaskContext) throws -> any Sendable {
    let keys = specification.keys
    let whole = rows.encoder(of: keys)
    var samples = keys.map { _ in [Column]() }
    let count = min(partitionCount, SampleKeys.partitionLimit)
    do {
      for index in 0..<count {
        // Asked before each block, and more often where rows are multiplied.
        var (asked, seen) = (0, 0)
        func isFull() -> Bool {
          asked += 1
          return asked > SampleKeys.blockLimit || seen >= SampleKeys.rowLimit
        }
        let partition = index * (partitionCount - 1) / max(count - 1, 1)
        _ = try rows.read(partition: partition, task, until: isFull) { batch in
          seen += batch.rowCount
          for (key, named) in keys.enumerated() { samples[key].append(try Evaluator.evaluate(named.expression, batch)) }
        }
      }
    } catch let error as CancelledError {
      throw error
    } catch {
      // Whoever needs the rows meets it too, and says what it means.
      return GroupKeyEncoder(whole)
    }
    return GroupKeyEncoder(whole, samples: samples)
  }
}
