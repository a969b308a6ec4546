import Columnar
import Scheduler

// Tables about a frame's columns. They compute at once: their rows are columns of the frame's.

extension LazyFrame {
  /// Figures of each column: a table with a row for each of count, nulls, mean, std, min, 25%, 50%, 75%, max and distinct.
  /// **Computes** in one pass; quantiles and distinct values are held in memory.
  ///
  ///     print(try prices.describe())
  ///
  /// Columns are floats where all figures are numbers, else text. A figure that does not apply, such as the mean of text, is
  /// null. Counts are without nulls. O(rows · columns).
  ///
  /// - Throws: what computing throws.
  public func describe(_ options: ComputeOptions = ComputeOptions()) throws -> DataFrame {
    let schema = try schema()
    let rowCount = count()
    let figures: [(name: String, of: (Expression) -> Expression)] = [
      ("count", { $0.count() }), ("nulls", { rowCount - $0.count() }), ("mean", { $0.mean() }),
      ("std", { $0.standardDeviation() }), ("min", { $0.min() }), ("25%", { $0.quantile(0.25) }),
      ("50%", { $0.quantile(0.5) }), ("75%", { $0.quantile(0.75) }), ("max", { $0.max() }),
      ("distinct", { $0.countDistinct() }),
    ]
    var aggregates: [Expression] = []
    var known: [[Int?]] = []
    for field in schema.fields {
      known.append(
        figures.map { figure in
          let aggregate = figure.of(col(field.name))
          guard aggregate.applies(to: schema), !(figure.name == "mean" && !field.type.isNumeric) else { return nil }
          aggregates.append(aggregate.as("figure \(aggregates.count)"))
          return aggregates.count - 1
        })
    }
    let row = aggregates.isEmpty ? [] : try groupBy([]).aggregate(aggregates).compute(options).row(0)
    let columns = zip(schema.fields, known).map { field, places -> Column in
      let values = places.map { $0.map { row[$0] } ?? .null }
      if field.type.isNumeric || field.type == .null { return Column(values.map(\.number)) }
      return Column(values.map { $0.isNull ? nil : $0.description })
    }
    let name = schema.freeName("statistic")
    let batch = RecordBatch(
      schema: Schema([Field(name, .string)] + zip(schema.names, columns).map { Field($0, $1.type) }),
      columns: [Column(figures.map { $0.name })] + columns, rowCount: figures.count)
    return DataFrame(batch)
  }

  /// The correlation (Pearson's) of each two columns of numbers. **Computes** in one pass. A column `column` has the names of
  /// the rows. A pair of rows counts where both are known; without two of them, or without variance, it is null or NaN.
  ///
  ///     print(try prices.correlation())
  ///
  /// - Throws: what computing throws.
  /// - Complexity: O(rows · columns²).
  public func correlation(_ options: ComputeOptions = ComputeOptions()) throws -> DataFrame {
    try matrix(options) { $0.correlation(with: $1) }
  }

  /// The sample covariance of each two columns of numbers; otherwise as ``correlation(_:)``.
  public func covariance(_ options: ComputeOptions = ComputeOptions()) throws -> DataFrame {
    try matrix(options) { $0.covariance(with: $1) }
  }

  private func matrix(
    _ options: ComputeOptions, _ figure: (Expression, Expression) -> Expression
  ) throws -> DataFrame {
    let names = try schema().fields.filter(\.type.isNumeric).map(\.name)
    let pairs = names.flatMap { left in names.map { (left, $0) } }
    let aggregates = pairs.enumerated().map { figure(col($1.0), col($1.1)).as("figure \($0)") }
    let row = aggregates.isEmpty ? [] : try groupBy([]).aggregate(aggregates).compute(options).row(0)
    let columns = names.indices.map { column in
      Column(names.indices.map { row[$0 * names.count + column].number })
    }
    let label = Schema(names.map { Field($0, .float64) }).freeName("column")
    return DataFrame(
      RecordBatch(
        schema: Schema([Field(label, .string)] + names.map { Field($0, .float64) }),
        columns: [Column(names.map { $0 })] + columns, rowCount: names.count))
  }
}

extension Expression {
  /// Whether this aggregate has a type in a frame with this schema.
  fileprivate func applies(to schema: Schema) -> Bool {
    (try? AggregateResolver.resolve(
      keys: [], aggregates: [self], input: .memory(MemoryNode(MemoryTable(DataFrame([], schema: schema)))))) != nil
  }
}
