import LazyFrame

/// The tables of `Expressions.md`: functions of the values of one row.
enum FunctionExamples {
  static let tables = [
    table("Columns and constants", columns), table("Operators", operators), table("Values that are absent", nulls),
    table("Ranges, lists and replacements", choices), table("Letters and lengths", letters),
    table("Parts of texts", parts), table("New texts", made), table("Finding", found),
    table("Elements of lists", elements), table("Lists of the same elements", rearranged),
    table("Values of lists", totals),
    table("Regular expressions", patterns), table("Texts as values", values), table("Calendar", calendar),
    table("Clock", clock), table("Windows and steps of time", steps), table("Making dates and moments", dates),
    table("Rounding", rounding), table("Powers and logarithms", powers), table("Angles", angles),
    table("Kinds of floats", kinds), table("Whole numbers and bits", whole),
  ]

  private static func table(_ heading: String, _ rows: [ExampleRow]) -> ExampleTable {
    ExampleTable(
      heading: heading, header: ["Expression", "Result"],
      result: { try Samples.row.select($0.as("result")).compute().columns[0] }, rows: rows)
  }

  private static let columns = [
    ExampleRow(col("x")),
    ExampleRow(lit("text")),
    ExampleRow(lit(1.5)),
    ExampleRow(col("n") * 2),
    ExampleRow(col("x").as("price")),
    ExampleRow(col("x").cast(to: .int64)),
    ExampleRow(col("n").cast(to: .string)),
  ]

  private static let operators = [
    ExampleRow(col("n") + 1),
    ExampleRow(col("n") - col("x")),
    ExampleRow(col("n") / 2),
    ExampleRow(col("n") % 4),
    ExampleRow(-col("x")),
    ExampleRow(col("n") == 7),
    ExampleRow(col("n") != 7),
    ExampleRow(col("n") > col("x") && col("ok")),
    ExampleRow(col("n") < 5 || !col("ok")),
    ExampleRow(col("day") >= "2020-01-01"),
  ]

  private static let nulls = [
    ExampleRow(col("none").isNull()),
    ExampleRow(col("x").isNotNull()),
    ExampleRow(col("none").fillNull("nobody")),
    ExampleRow(col("none").coalesce(col("name"), "nobody")),
    ExampleRow(col("n").nullIf(7)),
    ExampleRow((col("x") / 0 * 0).fillNaN(1)),
  ]

  private static let choices = [
    ExampleRow(col("n").isIn([1, 7])),
    ExampleRow(col("n").isIn(Array(0..<1000))),
    ExampleRow(col("name").isIn(["Bob", "Eve"])),
    ExampleRow(col("x").isIn([col("n"), lit(.null)])),
    ExampleRow(col("n").between(1, 7)),
    ExampleRow(col("n").isBetween(1, 7, closed: .lower)),
    ExampleRow(col("n").replacing([7: "seven", 8: "eight"], default: "many")),
    ExampleRow(col("n").clip(lower: 0, upper: 5)),
    ExampleRow(least(col("n"), col("x"))),
    ExampleRow(greatest(col("n"), col("x"))),
    ExampleRow(when(col("n") > 5).then("big").otherwise("small")),
    ExampleRow(col("name").hash()),
  ]

  private static let letters = [
    ExampleRow(col("name").str.lowercased),
    ExampleRow(col("name").str.uppercased),
    ExampleRow(lit("ann lee").str.titlecased),
    ExampleRow(col("name").str.reversed),
    ExampleRow(col("name").str.length),
    ExampleRow(lit("é").str.byteCount),
  ]

  private static let parts = [
    ExampleRow(lit("  a ").str.trimmed),
    ExampleRow(lit("  a").str.trimmedStart),
    ExampleRow(lit("a  ").str.trimmedEnd),
    ExampleRow(lit("--a-").str.trimmed(of: "-")),
    ExampleRow(lit("--a-").str.trimmedStart(of: "-")),
    ExampleRow(lit("--a-").str.trimmedEnd(of: "-")),
    ExampleRow(col("name").str.removingPrefix("Ann ")),
    ExampleRow(col("name").str.removingSuffix(" Lee")),
    ExampleRow(col("name").str.slice(from: 5)),
    ExampleRow(col("name").str.slice(from: 2, length: 2)),
    ExampleRow(col("name").str.prefix(3)),
    ExampleRow(col("name").str.suffix(3)),
    ExampleRow(lit("a-b-c").str.part(2, separatedBy: "-")),
  ]

  private static let made = [
    ExampleRow(col("name").str.replacing("n", with: "m")),
    ExampleRow(col("name").str.replacingFirst("n", with: "m")),
    ExampleRow(col("name").str.paddedStart(to: 9, with: "*")),
    ExampleRow(col("name").str.paddedEnd(to: 9, with: "*")),
    ExampleRow(col("name").str.centered(in: 9, with: "*")),
    ExampleRow(lit("-7").str.zeroFilled(to: 4)),
    ExampleRow(lit("ab").str.repeated(col("n") - 5)),
    ExampleRow(concat(col("n"), col("none"), col("name"), separator: "-")),
    ExampleRow(concat(col("n"), col("none"), skipsNulls: false)),
  ]

  private static let found = [
    ExampleRow(col("name").str.contains("Lee")),
    ExampleRow(col("name").str.starts(with: "Lee")),
    ExampleRow(col("name").str.ends(with: "Lee")),
    ExampleRow(col("name").str.like("A%e_")),
    ExampleRow(col("name").str.position(of: "n")),
    ExampleRow(col("name").str.occurrences(of: "n")),
  ]

  private static let elements = [
    ExampleRow(col("name").str.split(by: " ")),
    ExampleRow(col("name").str.split(by: " ").list.joined(separator: "-")),
    ExampleRow(col("marks").list.length),
    ExampleRow(col("marks").list.get(2)),
    ExampleRow(col("marks").list.get(col("n"))),
    ExampleRow(col("marks").list.first),
    ExampleRow(col("marks").list.last),
    ExampleRow(col("marks").list.contains(1)),
  ]

  private static let rearranged = [
    ExampleRow(col("marks").list.slice(from: 2, through: 3)),
    ExampleRow(col("marks").list.slice(from: -2)),
    ExampleRow(col("marks").list.reversed),
    ExampleRow(col("marks").list.sorted()),
    ExampleRow(col("marks").list.sorted(descending: true)),
    ExampleRow(col("marks").list.distinct),
  ]

  private static let totals = [
    ExampleRow(col("marks").list.sum),
    ExampleRow(col("marks").list.mean),
    ExampleRow(col("marks").list.min),
    ExampleRow(col("marks").list.max),
  ]

  private static let patterns = [
    ExampleRow(col("name").str.matches("^[A-C]\\w+ ")),
    ExampleRow(col("name").str.countMatches(of: "[aeiou]")),
    ExampleRow(lit("10 kg").str.extract("(\\d+) (\\w+)", group: 2)),
    ExampleRow(col("name").str.replacingMatches(of: "(\\w+) (\\w+)", with: "$2, $1")),
    ExampleRow(col("name").str.replacingFirstMatch(of: "[aeiou]", with: "_")),
  ]

  private static let values = [
    ExampleRow(lit("12").str.toInteger),
    ExampleRow(lit("1.5e3").str.toNumber),
    ExampleRow(lit("twelve").str.toNumber),
    ExampleRow(lit("True").str.toBool),
    ExampleRow(lit("31.01.2020").str.toDate(format: "%d.%m.%Y")),
    ExampleRow(lit("31 Jan 2020, 9:30 PM").str.toDatetime(format: "%d %b %Y, %I:%M %p")),
  ]

  private static let calendar = [
    ExampleRow(col("day").dt.year),
    ExampleRow(col("day").dt.isoYear),
    ExampleRow(col("day").dt.quarter),
    ExampleRow(col("day").dt.month),
    ExampleRow(col("day").dt.week),
    ExampleRow(col("day").dt.day),
    ExampleRow(col("day").dt.weekday),
    ExampleRow(col("day").dt.ordinalDay),
    ExampleRow(col("day").dt.daysInMonth),
    ExampleRow(col("day").dt.isLeapYear),
    ExampleRow(col("day").dt.monthName),
    ExampleRow(col("day").dt.weekdayName),
    ExampleRow(col("day").dt.formatted("%-d %B %Y")),
  ]

  private static let clock = [
    ExampleRow(col("seen").dt.hour),
    ExampleRow(col("seen").dt.minute),
    ExampleRow(col("seen").dt.second),
    ExampleRow(col("seen").dt.millisecond),
    ExampleRow(col("seen").dt.microsecond),
    ExampleRow(col("seen").dt.date),
    ExampleRow(col("seen").dt.timeOfDay),
    ExampleRow(col("seen").dt.epoch),
    ExampleRow(col("seen").dt.epochMilliseconds),
    ExampleRow(col("seen").dt.epochMicroseconds),
  ]

  private static let steps = [
    ExampleRow(col("seen").dt.truncated(to: "15m")),
    ExampleRow(col("seen").dt.rounded(to: "hour")),
    ExampleRow(col("day").dt.offset(by: "1mo")),
    ExampleRow(col("day").dt.monthStart),
    ExampleRow(col("day").dt.monthEnd),
    ExampleRow(col("seen").dt.elapsed("hour", since: col("day"))),
    ExampleRow(col("day").dt.boundaries(of: "year", since: lit("2019-12-31").cast(to: .date))),
    ExampleRow(col("day").dt.days(since: lit("2020-01-01").cast(to: .date))),
    ExampleRow(col("day") + 1),
    ExampleRow(col("seen") - col("day")),
    ExampleRow(col("seen") + lit(Duration.seconds(90))),
  ]

  private static let dates = [
    ExampleRow(date(year: 2020, month: 2, day: 29)),
    ExampleRow(datetime(year: 2020, month: 1, day: 31, hour: 9, second: 1.5)),
    ExampleRow(lit(1_580_463_015).fromEpoch()),
    ExampleRow(lit(1_580_463_015_250).fromEpochMilliseconds()),
    ExampleRow(lit(1).fromEpochMicroseconds()),
  ]

  private static let rounding = [
    ExampleRow((-col("x")).abs()),
    ExampleRow(lit(2.675).rounded(2)),
    ExampleRow(lit(1234).rounded(-2)),
    ExampleRow(col("x").roundedToEven()),
    ExampleRow(lit(1234.5).rounded(significantDigits: 2)),
    ExampleRow((-col("x")).floor()),
    ExampleRow((-col("x")).ceil()),
    ExampleRow((-col("x")).truncated()),
    ExampleRow((-col("x")).sign()),
  ]

  private static let powers = [
    ExampleRow(col("x").squareRoot()),
    ExampleRow(lit(-27).cubeRoot()),
    ExampleRow(lit(1).exp()),
    ExampleRow(lit(3).exp2()),
    ExampleRow(lit(1e-9).expMinusOne()),
    ExampleRow(col("n").log()),
    ExampleRow(lit(81).log(base: 3)),
    ExampleRow(lit(8).log2()),
    ExampleRow(lit(1000).log10()),
    ExampleRow(lit(1e-9).logOnePlus()),
    ExampleRow(col("x").pow(2)),
  ]

  private static let angles = [
    ExampleRow(lit(0).sin()),
    ExampleRow(lit(0).cos()),
    ExampleRow(lit(0).tan()),
    ExampleRow(lit(0).asin()),
    ExampleRow(lit(1).acos()),
    ExampleRow(lit(0).atan()),
    ExampleRow(lit(0).atan2(1)),
    ExampleRow(lit(0).sinh()),
    ExampleRow(lit(0).cosh()),
    ExampleRow(lit(0).tanh()),
    ExampleRow(lit(180).radians()),
    ExampleRow(lit(180).radians().degrees()),
  ]

  private static let kinds = [
    ExampleRow(col("x").isNaN()),
    ExampleRow(col("x").isFinite()),
    ExampleRow((col("x") / 0).isInfinite()),
  ]

  private static let whole = [
    ExampleRow((-col("n")).floorDivided(by: 2)),
    ExampleRow((-col("n")).floorModulo(by: 2)),
    ExampleRow(col("n").bitwiseAnd(3)),
    ExampleRow(col("n").bitwiseOr(8)),
    ExampleRow(col("n").bitwiseXor(1)),
    ExampleRow(col("n").bitwiseNot()),
    ExampleRow(col("n").shiftedLeft(by: 2)),
    ExampleRow(col("n").shiftedRight(by: 1)),
    ExampleRow(col("n").bitCount()),
  ]
}
