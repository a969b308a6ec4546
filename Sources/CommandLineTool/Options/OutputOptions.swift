import LazyFrame

/// Where the result goes, and in which format.
struct OutputOptions {
  /// Nil: standard output.
  var path: String?
  var format: OutputFormat?
  /// What is used when neither the options nor the file's ending say anything. Nil: depends on the terminal.
  var defaultFormat: OutputFormat?

  static var all: [CommandOption<Self>] {
    [
      CommandOption(
        "output", short: "o", .required("FILE"),
        "where to write, compressed if it ends in .gz; default: standard output"
      ) {
        $0.path = $1
      }
    ] + formats
  }

  /// For commands whose output is an operand.
  static var formats: [CommandOption<Self>] {
    [
      CommandOption(
        "format", short: "f", .required("FORMAT"),
        "table, csv, tsv, json, ndjson or markdown; default: by FILE's ending, table on a terminal"
      ) {
        $0.format = try OptionValue.word(
          $1, "--format", OutputFormat.allCases.map(\.rawValue), OutputFormat.init(rawValue:))
      }
    ]
  }

  /// The format that was asked for, else that of the file's ending, else the default: a table on a terminal and CSV
  /// elsewhere.
  func resolvedFormat(isTerminal: Bool) -> OutputFormat {
    format ?? path.flatMap(OutputFormat.init(ending:)) ?? defaultFormat ?? (isTerminal ? .table : .csv)
  }
}

/// How rows are written.
enum OutputFormat: String, CaseIterable {
  case table, csv, tsv, json, ndjson, markdown

  /// As rows are written one after the other; nil for the table, which needs all of them for its widths.
  var text: TextFormat? {
    switch self {
    case .table: nil
    case .csv: .csv
    case .tsv: .tsv
    case .json: .json
    case .ndjson: .ndjson
    case .markdown: .markdown
    }
  }

  /// The endings that stand for a format, with `.gz` behind them for a compressed file.
  static var endings: [String] { formats.map(\.ending) }

  private static let formats: [(ending: String, format: OutputFormat)] = [
    (".csv", .csv), (".tsv", .tsv), (".json", .json), (".ndjson", .ndjson), (".jsonl", .ndjson), (".md", .markdown),
  ]

  /// The format that the ending of a file's name stands for, or nil.
  init?(ending path: String) {
    var path = path.lowercased()[...]
    if path.hasSuffix(".gz") { path = path.dropLast(3) }
    guard let format = OutputFormat.formats.first(where: { path.hasSuffix($0.ending) })?.format else { return nil }
    self = format
  }
}
