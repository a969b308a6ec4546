import LazyFrame

/// What a page shows of a value.
protocol Printed {
  func printed() throws -> String
}

extension DataFrame: Printed {
  func printed() throws -> String { description }
}

extension LazyFrame: Printed {
  func printed() throws -> String { try compute().description }
}

extension Schema: Printed {
  func printed() throws -> String { description }
}

extension String: Printed {
  func printed() throws -> String { self }
}

extension Int: Printed {
  func printed() throws -> String { description }
}

extension Bool: Printed {
  func printed() throws -> String { description }
}
