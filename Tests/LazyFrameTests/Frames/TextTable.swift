import Foundation
import LazyFrame

/// A table as test files write it: a line of names and types, then a line for each row. ` / ` is as good as a new line.
///
///     id int64, name string / 1, ann / 2, null
///
/// Text needs double quotes only where it has a comma, a bracket or spaces at its ends, or where it is `null`. Lists are
/// written `[1 null 3]`.
struct TextTable {
  let schema: Schema
  let rows: [[Value]]

  struct Mistake: Error, CustomStringConvertible {
    let description: String
  }

  init(_ lines: [String]) throws {
    let lines = lines.flatMap { $0.components(separatedBy: " / ") }
    let fields = lines[0].trimmingCharacters(in: .whitespaces)
    let schema = try Schema(TextTable.split(fields, by: ",").map(TextTable.field))
    self.schema = schema
    rows = try lines.dropFirst().map { line in
      let texts = TextTable.split(line, by: ",")
      guard texts.count == schema.count else {
        throw Mistake(description: "'\(line)' has \(texts.count) values for \(schema.count) columns")
      }
      return try zip(texts, schema.fields).map { try TextTable.value($0, $1.type) }
    }
  }

  /// The table in pieces of so many rows.
  func frame(pieceRows: Int) throws -> DataFrame {
    let batches = try stride(from: 0, to: rows.count, by: max(pieceRows, 1)).map { start in
      let part = rows[start..<min(start + pieceRows, rows.count)]
      let columns = try schema.fields.enumerated().map { index, field in
        guard let column = Column(field.type, part.map { $0[index] }) else {
          throw Mistake(description: "a value of column '\(field.name)' is no \(field.type)")
        }
        return column
      }
      return RecordBatch(schema: schema, columns: columns, rowCount: part.count)
    }
    return DataFrame(batches, schema: schema)
  }

  /// A name, which may be quoted, and a type.
  private static func field(_ text: String) throws -> Field {
    let name = text.split(separator: " ").dropLast().joined(separator: " ")
    guard let word = text.split(separator: " ").last, let type = DType(name: String(word)), !name.isEmpty else {
      throw Mistake(description: "'\(text)' is no column: write its name and its type")
    }
    return Field(unquoted(name), type)
  }

  private static func value(_ text: String, _ type: DType) throws -> Value {
    if text == "null" { return .null }
    if let element = type.element {
      return .list(try split(String(text.dropFirst().dropLast()), by: " ").map { try value($0, element) })
    }
    let parsed: Value?
    switch type {
    case .bool: parsed = Bool(text).map { Value.bool($0) }
    case .float32, .float64: parsed = Double(text).map { Value.double($0) }
    case .date: parsed = CivilDate(parsing: text).map { Value.date(days: $0.days) }
    case .datetime: parsed = CivilDatetime.microseconds(parsing: text).map { Value.datetime(microseconds: $0) }
    case .duration: parsed = Duration(parsing: text).map { Value.duration($0) }
    case .string, .categorical: parsed = .string(unquoted(text))
    default: parsed = Int64(text).map { Value.int($0) } ?? UInt64(text).map { Value.unsigned($0) }
    }
    guard let parsed else { throw Mistake(description: "'\(text)' is no \(type)") }
    return parsed
  }

  private static func unquoted(_ text: String) -> String {
    text.count >= 2 && text.hasPrefix("\"") && text.hasSuffix("\"") ? String(text.dropFirst().dropLast()) : text
  }

  /// The parts between separators that are neither in quotes nor in brackets, without the spaces around them.
  private static func split(_ text: String, by separator: Character) -> [String] {
    var parts = [""]
    var (isQuoted, depth) = (false, 0)
    for character in text {
      if character == "\"" { isQuoted.toggle() }
      if !isQuoted, character == "[" { depth += 1 }
      if !isQuoted, character == "]" { depth -= 1 }
      if character == separator, !isQuoted, depth == 0 {
        parts.append("")
      } else {
        parts[parts.count - 1].append(character)
      }
    }
    let trimmed = parts.map { $0.trimmingCharacters(in: .whitespaces) }
    return separator == " " ? trimmed.filter { !$0.isEmpty } : trimmed
  }
}
