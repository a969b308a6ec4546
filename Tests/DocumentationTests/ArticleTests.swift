import Testing

/// The pages that show code with what it prints: the code is in `Examples`, and compiled.
@Suite("Articles with examples") struct ArticleTests {
  @Test("the verbs print what the page shows")
  func verbs() throws {
    let samples = [
      Example("sales", function: "salesFrame", Samples.salesFrame),
      Example("shops", function: "shopsFrame", Samples.shopsFrame),
    ]
    try check("Verbs", [(Samples.file, samples), (VerbExamples.file, VerbExamples.all)])
  }

  @Test("the aggregates give what the page shows")
  func aggregates() throws {
    let samples = [Example("The rows of the tables", function: "groupFrame", Samples.groupFrame)]
    try check(
      "Aggregates", [(Samples.file, samples), (AggregateExamples.file, AggregateExamples.all)],
      AggregateExamples.tables)
  }

  @Test("the expressions give what the page shows")
  func expressions() throws {
    let samples = [
      Example("The row of the tables", function: "rowFrame", Samples.rowFrame),
      Example("The rows of the windows", function: "rowsFrame", Samples.rowsFrame),
    ]
    try check(
      "Expressions", [(Samples.file, samples), (ExpressionExamples.file, ExpressionExamples.all)],
      ExpressionExamples.tables + FunctionExamples.tables)
  }

  /// Compares, or when recording writes the page anew.
  private func check(_ name: String, _ files: [(String, [Example])], _ tables: [ExampleTable] = []) throws {
    var article = try Article(name)
    var seen: Set<String> = []
    for index in article.sections.indices {
      let section = article.sections[index]
      for (file, examples) in files {
        for example in examples where example.heading == section.heading {
          seen.insert(example.heading)
          let lines = try example.lines(in: file)
          let found = section.code.map { Array(section.lines[$0]) } ?? []
          if Repository.isRecording {
            article.sections[index].replace(section.code, with: lines)
          } else {
            #expect(found == lines, "\(name): \(section.heading)")
          }
        }
      }
      for table in tables where table.heading == section.heading {
        seen.insert(table.heading)
        let lines = try table.lines()
        let section = article.sections[index]
        let found = section.table.map { Array(section.lines[$0]) } ?? []
        if Repository.isRecording {
          article.sections[index].replace(section.table, with: lines)
        } else {
          #expect(found == lines, "\(name): \(section.heading)")
        }
      }
    }
    for heading in files.flatMap({ $0.1.map(\.heading) }) + tables.map(\.heading) {
      #expect(seen.contains(heading), "\(name) has no section '\(heading)'")
    }
    // Code that no test knows would rot.
    for section in article.sections where section.code != nil || section.table != nil {
      #expect(seen.contains(section.heading), "\(name): nothing checks the section '\(section.heading)'")
    }
    if Repository.isRecording { try article.save() }
  }
}
