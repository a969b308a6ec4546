import LazyFrame

/// How files are read.
struct InputOptions {
  var csv = CSVOptions()
  /// Nil: what the files' names end in.
  var fileFormat: FileFormat?
  /// Nil: rows that are left out are written nowhere.
  var rejects: String?

  /// What files hold.
  enum FileFormat: String, CaseIterable { case csv, ndjson, json }

  /// How the files are laid out.
  static var format: [CommandOption<Self>] {
    [
      CommandOption(
        "input-format", .required("FORMAT"), "csv, ndjson or json; default: by the files' ending, else csv"
      ) {
        $0.fileFormat = try OptionValue.word(
          $1, "--input-format", FileFormat.allCases.map(\.rawValue), FileFormat.init(rawValue:))
      },
      CommandOption("delimiter", .required("CHAR"), "between fields; 'tab' for tabs; default: found by trying") {
        $0.csv.delimiter = try OptionValue.byte($1, "--delimiter")
      },
      CommandOption("quote", .required("CHAR"), "around fields, or 'none'; default: \"") {
        $0.csv.quote = $1 == "none" ? nil : try OptionValue.byte($1, "--quote")
      },
      CommandOption("escape", .required("CHAR"), "makes the next character in quotes mean itself; default: none") {
        $0.csv.escape = $1 == "none" ? nil : try OptionValue.byte($1, "--escape")
      },
      CommandOption("comment", .required("CHAR"), "lines that begin with it are passed over") {
        $0.csv.comment = try OptionValue.byte($1, "--comment")
      },
      CommandOption(
        "encoding", .required("NAME"), "utf-8, latin-1, windows-1252, utf-16 or what iconv -l lists; default: utf-8"
      ) {
        $0.csv.encoding = try OptionValue.encoding($1, "--encoding")
      },
      CommandOption("header", .none, "the first line holds the columns' names (the default)") { values, _ in
        values.csv.hasHeader = true
      },
      CommandOption("no-header", .none, "there is no header: the columns are column_1, column_2, …") { values, _ in
        values.csv.hasHeader = false
      },
      CommandOption("skip-rows", .required("N"), "lines before the header to pass over") {
        $0.csv.skippedLines = try OptionValue.count($1, "--skip-rows")
      },
      CommandOption("null", .required("VALUES"), "fields that mean null, with commas between them") {
        $0.csv.nullValues = $1.split(separator: ",", omittingEmptySubsequences: false).map(String.init)
      },
      CommandOption("types", .required("COLUMN:TYPE,…"), "types that are not to be inferred") {
        $0.csv.types.merge(try OptionValue.types($1, "--types")) { $1 }
      },
      CommandOption(
        "on-bad-row", .required("POLICY"), "error, skip or keep: rows with too few or too many fields; default: error"
      ) {
        $0.csv.badRows = try OptionValue.word($1, "--on-bad-row", ["error", "skip", "keep"], BadRowPolicy.init(name:))
      },
    ]
  }

  /// Where that goes which is not read.
  static var rejecting: [CommandOption<Self>] {
    [
      CommandOption("rejects", .required("FILE"), "where to write the rows that --on-bad-row skip leaves out") {
        $0.rejects = $1
      }
    ]
  }

  /// How the work is cut.
  static var running: [CommandOption<Self>] {
    [
      CommandOption("partition-size", .required("SIZE"), "bytes that a task reads, as in 4MiB; default: 16MiB") {
        $0.csv.partitionSize = try OptionValue.size($1, "--partition-size")
      }
    ]
  }
}
