import Foundation
import LazyFrame

/// The verbs of `NullAndNaN.md`: lines of code, and the rows that come out.
enum NullExamples {
  /// What joins and concats take.
  private static let other: LazyFrame = {
    do {
      return try LazyFrame(["x": [nil, .nan, 1], "z": [10, 20, 30]])
    } catch {
      fatalError("the sample is wrong: \(error)")
    }
  }()

  /// A verb, written in one line.
  struct Row: Sendable {
    let verb: @Sendable (LazyFrame) throws -> any Printed
    private let file: String
    private let line: Int

    init(file: String = #filePath, line: Int = #line, _ verb: @escaping @Sendable (LazyFrame) throws -> any Printed) {
      (self.verb, self.file, self.line) = (verb, file, line)
    }

    /// The call without the frame that it is of.
    var source: String {
      get throws {
        let line = try String(contentsOfFile: file, encoding: .utf8).components(separatedBy: "\n")[line - 1]
        guard let match = line.firstMatch(of: /Row \{ (?:try )?(?:\$0\.)?(.*) \},$/) else {
          throw Missing(description: "a verb is one line, and not: \(line)")
        }
        return String(match.1).replacing("[$0", with: "[frame")
      }
    }
  }

  static let verbs: [Row] = [
    Row { $0.filter(col("x") > 1) },
    Row { $0.filter(!(col("x") > 1)) },
    Row { $0.filter(col("x").isNull()) },
    Row { $0.sort(by: col("x")) },
    Row { $0.sort(by: col("x"), descending: true) },
    Row { $0.sort(by: [SortKey(col("x"), nullsFirst: true)]) },
    Row { $0.topK(2, by: col("x")) },
    Row { $0.topK(4, by: col("x")) },
    Row { $0.distinct() },
    Row { $0.distinct(on: "x", keep: .last) },
    Row { $0.distinct(on: "x", keep: .none) },
    Row { $0.dropNulls() },
    Row { $0.head(2) },
    Row { $0.limit(2) },
    Row { $0.tail(2) },
    Row { $0.slice(-3, 2) },
    Row { $0.sample(n: 9) },
    Row { $0.withRowNumber("row") },
    Row { $0.groupBy(col("x")).aggregate(count()) },
    Row { $0.groupBy(col("x") > 1).aggregate(col("x").list()) },
    Row { $0.groupBy().aggregate(col("x").max()) },
    Row { $0.valueCounts(col("x")) },
    Row { $0.join(other, on: col("x")) },
    Row { $0.join(other, on: col("x"), nullsAreEqual: true) },
    Row { $0.join(other, on: col("x"), how: .left) },
    Row { $0.join(other, on: col("x"), how: .right) },
    Row { $0.join(other, on: col("x"), how: .full) },
    Row { $0.join(other, on: col("x"), how: .semi) },
    Row { $0.join(other, on: col("x"), how: .anti) },
    Row { $0.join(other, on: col("x"), how: .anti, nullsAreEqual: true) },
    Row { $0.crossJoin(other.head(1).drop("x")) },
    Row { $0.joinAsof(other, on: col("x")) },
    Row { $0.joinAsof(other, on: col("x"), strategy: .nearest) },
    Row { LazyFrame.concat([$0, other], how: .diagonal) },
    Row { LazyFrame.concat([$0, other.drop("x")], how: .horizontal) },
    Row { $0.pivot(on: "x", columns: [.double(1), .double(.nan), .null], values: lit(1)) { $0.sum() } },
    Row { $0.unpivot(on: ["x"]) },
    Row { $0.groupBy().aggregate(col("x").list().as("x")).explode("x") },
    Row { $0.nullCount() },
    Row { $0.nUnique() },
    Row { $0.sum() },
    Row { $0.mean() },
    Row { $0.min() },
    Row { $0.max() },
    Row { $0.median() },
    Row { $0.quantile(0) },
    Row { $0.standardDeviation() },
    Row { $0.variance() },
    Row { try $0.describe() },
    Row { try $0.correlation() },
    Row { try $0.covariance() },
    Row { try $0.isEmpty() },
  ]
}
