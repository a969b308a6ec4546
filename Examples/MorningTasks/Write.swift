import Glibc
import LazyFrame

extension MorningTasks {
  /// A result as CSV, JSON lines and Markdown, and the CSV read again.
  static func write() throws {
    let orders = try orders().distinct(on: "order", keep: .last)
      .select(col("order", "customer", "day"), (col("quantity") * col("price")).rounded(2).as("total"))
      .dropNulls(in: "total")
    let result = try orders.sort(by: col("total"), descending: true).head(5).compute()

    let folder = CommandLine.arguments.dropFirst(2).first ?? "/tmp"
    try write("\(folder)/orders.csv") { try CSVWriter().write(result.batch, to: $0) }
    try write("\(folder)/orders.jsonl") { try JSONWriter(layout: .lines).write(result.batch, to: $0) }
    try write("\(folder)/orders.md") { try MarkdownWriter().write(result.batch, to: $0) }

    let again = try LazyFrame.scanCSV("\(folder)/orders.csv")
    print("\nRead again: \(try again.schema())\n\(try again.compute())\n")

    // Or into Swift.
    struct Order: Decodable {
      let order: Int
      let customer: String
      let day: CivilDate?
      let total: Double
    }
    for order in try result.decode(as: Order.self) {
      print("\(order.day?.description ?? "some day"): \(order.customer) paid \(order.total)")
    }
  }

  /// Writes a file, and prints what is in it.
  private static func write(
    _ path: String, _ body: ((UnsafeRawBufferPointer) throws -> Void) throws -> Void
  ) throws {
    guard let file = fopen(path, "we") else { throw CannotWrite(path: path) }
    defer { fclose(file) }
    print("\(path.split(separator: "/").last ?? ""):")
    try body { piece in
      guard fwrite(piece.baseAddress, 1, piece.count, file) == piece.count else { throw CannotWrite(path: path) }
      print(String(decoding: piece, as: UTF8.self), terminator: "")
    }
  }

  private struct CannotWrite: Error {
    let path: String
  }
}
