/// All scalar functions.
enum FunctionTable {
  static let all: [FunctionDefinition] =
    MathFunctions.all + IntegerFunctions.all + TextFunctions.all + PatternFunctions.all + TemporalFunctions.all
    + CalendarFunctions.all + ListFunctions.all + GeneralFunctions.all

  static let definitions = Dictionary(uniqueKeysWithValues: all.map { ($0.name, $0) })
}
