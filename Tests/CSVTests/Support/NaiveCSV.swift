@testable import CSV

/// RFC 4180 read byte by byte, as plainly as it can be said: what the reader must agree with.
struct NaiveCSV {
  var delimiter = UInt8(ascii: ",")
  var quote: UInt8? = UInt8(ascii: "\"")
  var escape: UInt8?
  var comment: UInt8?

  struct Field: Equatable {
    var content: [UInt8] = []
    var isQuoted = false

    /// As a text column shows it.
    var text: String? { content.isEmpty && !isQuoted ? nil : String(decoding: content, as: UTF8.self) }
  }

  /// All records, of whatever width, without comments; a blank line is a record of one empty field.
  func records(_ bytes: [UInt8]) -> [[Field]] {
    var records: [[Field]] = []
    var at = bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? 3 : 0
    while at < bytes.count {
      if let comment, bytes[at] == comment {
        while at < bytes.count, bytes[at] != 10 { at += 1 }
        at += 1
        continue
      }
      var record: [Field] = []
      var isRecordDone = false
      while !isRecordDone {
        var field = Field()
        if at < bytes.count, bytes[at] == quote {
          field.isQuoted = true
          at += 1
          while at < bytes.count {
            if bytes[at] == escape, at + 1 < bytes.count {
              field.content.append(bytes[at + 1])
              at += 2
            } else if bytes[at] != quote {
              field.content.append(bytes[at])
              at += 1
            } else if at + 1 < bytes.count, bytes[at + 1] == quote {
              field.content.append(bytes[at])
              at += 2
            } else {
              at += 1
              break
            }
          }
        }
        let isNextRecordEnd = { (at: Int) in at >= bytes.count || bytes[at] == 10 }
        while !isNextRecordEnd(at), bytes[at] != delimiter {
          if bytes[at] != 13 || !isNextRecordEnd(at + 1) { field.content.append(bytes[at]) }
          at += 1
        }
        isRecordDone = isNextRecordEnd(at)
        at += 1
        record.append(field)
      }
      records.append(record)
    }
    return records
  }

  /// The rows behind the header, of its width, as text columns show them. Blank lines are left out in files of several columns.
  func rows(_ bytes: [UInt8]) -> [[String?]] {
    let records = records(bytes)
    guard let start = records.firstIndex(where: { $0 != [Field()] }) else { return [] }
    let width = records[start].count
    return records[(start + 1)...].filter { width == 1 || $0 != [Field()] }.map { $0.map(\.text) }
  }
}
