/// Why a data set cannot be made, and what would do.
struct InvalidDataset: Error, CustomStringConvertible {
  let description: String

  init(_ description: String) {
    self.description = description
  }
}
