/// The different texts of categorical columns, shared by the columns that come from one another.
package final class CategoryDictionary: Sendable {
  /// All different, none of them null, and at least one, so that the code in a null's slot means something too.
  package let strings: StringValues

  package init(_ strings: StringValues) {
    precondition(strings.count > 0, "a dictionary has at least one entry")
    self.strings = strings
  }

  package var count: Int { strings.count }

  /// What columns have that know no text yet.
  package static let none = CategoryDictionary(Buffer([.empty]))

  private convenience init(_ views: Buffer<StringView>) { self.init(StringValues(views: views, blocks: [])) }
}

/// The texts of a column that repeat: a number for each row, and a dictionary of what the numbers mean.
///
///     codes         0  2  0  1  0  …        4 bytes a row
///     dictionary    "GOOG", "AAPL", "MSFT"   each text once, in the order of its first row
///
/// What the column means are its texts. The numbers have no meaning outside their dictionary and are never compared.
package struct CategoricalValues: Sendable {
  /// Each below the dictionary's count, also in a null's slot.
  package let codes: Buffer<UInt32>
  package let dictionary: CategoryDictionary

  package init(codes: Buffer<UInt32>, dictionary: CategoryDictionary) {
    self.codes = codes
    self.dictionary = dictionary
  }

  package var count: Int { codes.count }

  package subscript(index: Int) -> String { dictionary.strings[Int(codes[index])] }

  /// The texts. O(rows), and no text is copied.
  package var strings: StringValues {
    let views = MutableBuffer<StringView>(count: count)
    let (source, target) = (dictionary.strings.views.pointer, views.pointer)
    for index in 0..<count { target[index] = source[Int(codes.pointer[index])] }
    return StringValues(views: views.freeze(), blocks: dictionary.strings.blocks)
  }

  /// The same texts under one dictionary, so that codes of one can stand among those of another. O(rows + entries), or
  /// nothing where they share one already.
  package static func sharingDictionary(_ parts: [CategoricalValues]) -> [CategoricalValues] {
    guard let first = parts.first, parts.contains(where: { $0.dictionary !== first.dictionary }) else { return parts }
    var builder = CategoryBuilder()
    // Parts that share a dictionary are neighbours more often than not.
    var last: (dictionary: CategoryDictionary, codes: [UInt32])?
    let codes = parts.map { part -> Buffer<UInt32> in
      if last?.dictionary !== part.dictionary {
        let strings = part.dictionary.strings
        last = (part.dictionary, (0..<strings.count).map { strings.withBytes(at: $0) { builder.code(of: $0) } })
      }
      let codes = MutableBuffer<UInt32>(count: part.count)
      if let last { for index in 0..<part.count { codes.pointer[index] = last.codes[Int(part.codes.pointer[index])] } }
      return codes.freeze()
    }
    let dictionary = builder.dictionary
    return codes.map { CategoricalValues(codes: $0, dictionary: dictionary) }
  }
}

/// A dictionary being collected.
package struct CategoryBuilder {
  private let interner = StringInterner()

  package init() {}

  /// The number of a text: a new one if it was not seen before. O(length).
  package mutating func code(of text: UnsafeRawBufferPointer) -> UInt32 {
    UInt32(truncatingIfNeeded: interner.intern(text))
  }

  /// The texts seen so far. O(bytes).
  package var dictionary: CategoryDictionary {
    if interner.count == 0 { return .none }
    var strings = StringBuilder(capacity: interner.count)
    for number in 0..<interner.count { interner.withBytes(UInt64(number)) { strings.append($0) } }
    return CategoryDictionary(strings.freeze())
  }
}

extension Column {
  /// A categorical column of texts that repeat. Nil is null. O(bytes).
  public init(categories values: [String?]) {
    let strings = Column(values)
    self = strings.categorized
  }

  /// The texts of a string column as categories, in the order in which they first appear. O(bytes).
  package var categorized: Column {
    guard case .string(let strings) = values else { preconditionFailure("categories are made of text, not of \(type)") }
    var builder = CategoryBuilder()
    let codes = MutableBuffer<UInt32>(repeating: 0, count: count)
    var last: (view: StringView, code: UInt32)?
    for row in 0..<count where !isNull(at: row) {
      // Equal views of one column are equal texts, and neighbours are often equal.
      let view = strings.views.pointer[row]
      let code = last?.view == view ? last?.code : nil
      let found = code ?? strings.withBytes(of: view) { builder.code(of: $0) }
      last = (view, found)
      codes.pointer[row] = found
    }
    let values = CategoricalValues(codes: codes.freeze(), dictionary: builder.dictionary)
    return Column(type: .categorical, values: .categorical(values), validity: validity)
  }
}
