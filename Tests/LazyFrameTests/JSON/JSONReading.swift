import LazyFrame
import TestSupport

/// JSON files that tests read.
enum JSONReading {
  static func options(partitionSize: Int = 16 << 20, types: [String: DType] = [:]) -> JSONOptions {
    var options = JSONOptions()
    options.partitionSize = partitionSize
    options.types = types
    return options
  }

  /// The frame of a file with a record a line.
  static func lines(_ text: String, partitionSize: Int = 16 << 20, types: [String: DType] = [:], threads: Int = 2)
    throws
    -> DataFrame
  {
    let folder = TemporaryFolder()
    folder.write(text, to: "in.ndjson")
    return try LazyFrame.scanNDJSON(
      folder.path("in.ndjson"), options: options(partitionSize: partitionSize, types: types)
    ).compute(ComputeOptions(threads: threads))
  }

  /// The frame of a file that is one value.
  static func document(_ text: String) throws -> DataFrame {
    let folder = TemporaryFolder()
    folder.write(text, to: "in.json")
    return try LazyFrame.readJSON(folder.path("in.json")).compute()
  }

  /// What a reading throws, without the folder.
  static func message(_ body: () throws -> DataFrame) -> String {
    do {
      return "no error: \(try body())"
    } catch let error as CSVError {
      let text = error.description
      let name = text.range(of: "/in.") ?? text.startIndex..<text.startIndex
      return String(text[text.index(after: name.lowerBound)...])
    } catch {
      return "\(error)"
    }
  }

  /// Names and types, and the rows: `a int64, b string | 1, x | null, y`.
  static func text(_ frame: DataFrame) -> String {
    let head = frame.schema.fields.map { "\($0.name) \($0.type)" }.joined(separator: ", ")
    return ([head] + frame.rows.map { row in row.map(\.description).joined(separator: ", ") }).joined(separator: " | ")
  }
}
