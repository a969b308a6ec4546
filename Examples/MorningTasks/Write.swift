import Foundation
import LazyFrame

extension MorningTasks {
  /// A result as CSV, JSON lines and Markdown, and the CSV read again.
  static func write() throws {
    let orders = try orders().distinct(on: "order", keep: .last)
      .select(col("order", "customer", "day"), (col("quantity") * col("price")).rounded(2).as("total"))
      .dropNulls(in: "total")
    let best = orders.sort(by: col("total"), descending: true).head(5)

    let folder = CommandLine.arguments.dropFirst(2).first ?? "/tmp"
    try best.writeCSV(to: "\(folder)/orders.csv")
    try best.writeNDJSON(to: "\(folder)/orders.jsonl")
    try best.write(.markdown, to: "\(folder)/orders.md")
    for name in ["orders.csv", "orders.jsonl", "orders.md"] {
      print("\(name):\n\(try String(contentsOfFile: "\(folder)/\(name)", encoding: .utf8))", terminator: "")
    }

    let again = try LazyFrame.scanCSV("\(folder)/orders.csv")
    print("\nRead again: \(try again.schema())\n\(try again.compute())\n")

    // Or into Swift.
    struct Order: Decodable {
      let order: Int
      let customer: String
      let day: CivilDate?
      let total: Double
    }
    for order in try best.compute().decode(as: Order.self) {
      print("\(order.day?.description ?? "some day"): \(order.customer) paid \(order.total)")
    }
  }
}
