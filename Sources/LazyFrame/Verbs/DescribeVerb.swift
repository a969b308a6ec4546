import Columnar

/// Figures of each column: all of them in one aggregation, whose one row is then laid out as a table.
struct DescribeVerb: FrameVerb {
  /// What has a row in the table.
  enum Layout: Sendable {
    /// Each figure; the other columns are those of the frame.
    case figures
    /// Each column of the frame, with its type; the other columns are the figures.
    case columns
  }

  let layout: Layout

  var description: String { "describe" }

  private static let counts = ["count", "nulls", "distinct"]

  private static let figures: [(name: String, of: @Sendable (Expression) -> Expression)] = [
    ("count", { $0.count() }), ("nulls", { count() - $0.count() }), ("mean", { $0.mean() }),
    ("std", { $0.standardDeviation() }), ("min", { $0.min() }), ("25%", { $0.quantile(0.25) }),
    ("50%", { $0.quantile(0.5) }), ("75%", { $0.quantile(0.75) }), ("max", { $0.max() }),
    ("distinct", { $0.countDistinct() }),
  ]

  func resolve(_ input: ResolvedPlan) throws -> ResolvedPlan {
    // Without a column there would be nothing to aggregate.
    var aggregates = [count().as("figure 0")]
    let places = input.schema.fields.map { field in
      DescribeVerb.figures.map { figure -> Int? in
        let aggregate = figure.of(col(field.name)).as("figure \(aggregates.count)")
        let isResolved = try? AggregateResolver.resolve(keys: [], aggregates: [aggregate], input: input)
        guard isResolved != nil, figure.name != "mean" || field.type.isNumeric else { return nil }
        aggregates.append(aggregate)
        return aggregates.count - 1
      }
    }
    let row = try AggregateResolver.resolve(keys: [], aggregates: aggregates, input: input)
    let table = Table(layout: layout, fields: input.schema.fields, places: places, types: row.schema.fields.map(\.type))
    return .mapped(PartitionMap(schema: table.schema) { DataFrame(table.batch($0.row(0))) }, row)
  }

  /// How the row of figures is laid out.
  private struct Table: Sendable {
    let layout: Layout
    let fields: [Field]
    /// For each field where its figures stand in the row; nil where one does not apply.
    let places: [[Int?]]
    /// Of the figures in the row.
    let types: [DType]

    var schema: Schema {
      switch layout {
      case .figures:
        let title = Field(Schema(fields).freeName("statistic"), .string)
        return Schema([title] + fields.map { Field($0.name, isNumber($0.type) ? .float64 : .string) })
      case .columns:
        let titles = [Field("column", .string), Field("type", .string)]
        return Schema(titles + figures.indices.map { Field(figures[$0].name, type(ofFigure: $0)) })
      }
    }

    func batch(_ row: [Value]) -> RecordBatch {
      let values = places.map { $0.map { $0.map { row[$0] } ?? .null } }
      let columns: [Column]
      switch layout {
      case .figures:
        columns = [Column(figures.map { $0.name })] + zip(schema.fields.dropFirst(), values).map { column($1, $0.type) }
      case .columns:
        let titles = [Column(fields.map { $0.name }), Column(fields.map { $0.type.description })]
        columns = titles + figures.indices.map { figure in column(values.map { $0[figure] }, type(ofFigure: figure)) }
      }
      return RecordBatch(schema: schema, columns: columns, rowCount: columns[0].count)
    }

    private var figures: [(name: String, of: @Sendable (Expression) -> Expression)] { DescribeVerb.figures }

    /// Of a figure of all columns: text, unless it is a number of each.
    private func type(ofFigure figure: Int) -> DType {
      if DescribeVerb.counts.contains(figures[figure].name) { return .int64 }
      return places.compactMap { $0[figure] }.allSatisfy { isNumber(types[$0]) } ? .float64 : .string
    }

    private func isNumber(_ type: DType) -> Bool { type.isNumeric || type == .null }

    private func column(_ values: [Value], _ type: DType) -> Column {
      switch type {
      case .int64: Column(values.map { $0.number.map { Int64($0) } })
      case .float64: Column(values.map(\.number))
      default: Column(values.map { $0.isNull ? nil : $0.description })
      }
    }
  }
}
