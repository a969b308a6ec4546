import Foundation
import LazyFrame

/// The frames that the examples work on. The pages show how they are made.
enum Samples {
  static let sales = frame(salesFrame)
  static let shops = frame(shopsFrame)
  static let group = frame(groupFrame)
  static let row = frame(rowFrame)
  static let rows = frame(rowsFrame)

  /// The path of a folder that the examples write into.
  static let folder: String = {
    let folder = FileManager.default.temporaryDirectory.appending(path: "lazyframe-pages-\(getpid())")
    do {
      try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    } catch { preconditionFailure("no folder for examples: \(error)") }
    atexit { try? FileManager.default.removeItem(atPath: Samples.folder) }
    return folder.path()
  }()

  /// The paths of small files.
  static let visits = Repository.root.appending(path: "Examples/Data/visits.ndjson").path()
  static let companies = Repository.root.appending(path: "Examples/Data/companies.csv").path()

  static let file = "Tests/DocumentationTests/Examples/Samples.swift"

  static func salesFrame() throws -> any Printed {
    try LazyFrame([
      "shop": ["north", "south", "north", nil, "south"], "day": [1, 1, 2, 2, 3],
      "sold": [10, 20, 30, 5, nil], "price": [2.5, 2.25, 2.5, 3, 2],
    ])
  }

  static func shopsFrame() throws -> any Printed {
    try LazyFrame(["shop": ["north", "south", "west"], "city": ["Tromsø", "Nice", "Porto"]])
  }

  static func groupFrame() throws -> any Printed {
    try LazyFrame([
      "x": [1, 2, 4, nil], "y": [10, 20, 50, 7], "s": ["b", "a", nil, "b"], "ok": [true, false, true, nil],
    ])
  }

  static func rowFrame() throws -> any Printed {
    let marks = Column([[3, 1, nil, 3] as [Int64?]])
    return try LazyFrame([
      "name": ["Ann Lee"], "x": [2.5], "n": [7], "ok": [true], "marks": .column(marks),
    ]).withColumns(
      lit(.null).cast(to: .string).as("none"), lit("2020-01-31").cast(to: .date).as("day"),
      lit("2020-01-31 09:30:15.25").cast(to: .datetime).as("seen"))
  }

  static func rowsFrame() throws -> any Printed {
    let days = ["2020-01-01", "2020-01-02", "2020-01-05", "2020-01-10", "2020-01-17"] as ColumnValues
    return try LazyFrame(["k": ["a", "a", "b", "b", "b"], "x": [1, nil, 3, 5, 2], "day": days])
      .withColumns(col("day").cast(to: .date))
  }

  private static func frame(_ make: () throws -> any Printed) -> LazyFrame {
    guard let frame = try? make() as? LazyFrame else { preconditionFailure("a sample cannot be made") }
    return frame
  }
}
