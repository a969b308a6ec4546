import Foundation
import Testing

@testable import LazyFrame

/// A query over small tables, and its answer: see `Tests/Fixtures/frames/README.md`.
struct FrameCase: CustomTestStringConvertible, Sendable {
  let file: String
  let title: String
  let query: [String]
  /// The lines of the expected table.
  let expected: [String]
  /// What is thrown instead.
  let error: String?
  let tables: [String: [String]]

  var testDescription: String { "\(file): \(title)" }

  /// The frame over tables in so many pieces; nil: each row is one.
  func frame(pieces: Int?) throws -> LazyFrame {
    let frames = try tables.mapValues { lines in
      let table = try TextTable(lines)
      let rows = pieces.map { (table.rows.count + $0 - 1) / $0 } ?? 1
      let frame = try table.frame(pieceRows: rows)
      return LazyFrame(partitions: frame.batches, schema: frame.schema)
    }
    guard let first = frames[query[0]] else {
      throw QueryLines.Mistake(description: "there is no table '\(query[0])'")
    }
    var lines = QueryLines(first, tables: frames)
    for line in query.dropFirst() { try lines.apply(line) }
    return lines.frame
  }

  /// The tables and cases of a file. Paragraphs are separated by empty lines.
  static func cases(_ path: URL) throws -> [FrameCase] {
    let file = path.deletingPathExtension().lastPathComponent
    var tables: [String: [String]] = [:]
    var cases: [FrameCase] = []
    for paragraph in try String(contentsOf: path, encoding: .utf8).components(separatedBy: "\n\n") {
      let lines = paragraph.split(separator: "\n").map(String.init).filter { !$0.hasPrefix("#") }
      guard let head = lines.first else { continue }
      if head.hasPrefix("table ") {
        tables[String(head.dropFirst(6))] = Array(lines.dropFirst())
        continue
      }
      guard head.hasPrefix("test "), lines.count > 2 else {
        throw QueryLines.Mistake(description: "\(file): '\(head)' begins neither a table nor a test")
      }
      let answer = lines.dropFirst(2).filter { !$0.hasPrefix("duckdb: ") && !$0.hasPrefix("pandas: ") }
      let error = answer.first.flatMap { $0.hasPrefix("error: ") ? String($0.dropFirst(7)) : nil }
      cases.append(
        FrameCase(
          file: file, title: String(head.dropFirst(5)),
          query: lines[1].components(separatedBy: " | ").map { $0.trimmingCharacters(in: .whitespaces) },
          expected: error == nil ? Array(answer) : [], error: error, tables: tables))
    }
    return cases
  }

  static let all: [FrameCase] = {
    let folder = Fixtures.root.appending(path: "Tests/Fixtures/frames")
    do {
      let files = try FileManager.default.contentsOfDirectory(at: folder, includingPropertiesForKeys: nil)
      return try files.filter { $0.pathExtension == "test" }.sorted { $0.path() < $1.path() }.flatMap(cases)
    } catch {
      fatalError("the test files cannot be read: \(error)")
    }
  }()
}
