/// What the keys of a layer's tasks are made of: `scan-csv-3f2a91c0` is the label of the layer `scan-csv`.
struct LayerIdentity: Hashable, Sendable, Codable {
  /// The name of the layer.
  let name: String

  /// What follows the name: eight digits of the digest, and a number where an earlier layer has the same name and digits.
  let tag: String

  /// The digest of the operation, its parameters, and all that the tasks depend on.
  let digest: UInt128

  /// The name and the tag.
  var label: String { "\(name)-\(tag)" }

  init(name: String, tag: String, digest: UInt128) {
    self.name = name
    self.tag = tag
    self.digest = digest
  }

  private enum Key: CodingKey { case name, tag, digest }

  // The digest is written as hexadecimal digits: few formats have integers of 128 bits.

  init(from decoder: any Decoder) throws {
    let container = try decoder.container(keyedBy: Key.self)
    let digits = try container.decode(String.self, forKey: .digest)
    guard let digest = UInt128(digits, radix: 16) else {
      throw DecodingError.dataCorruptedError(
        forKey: .digest, in: container, debugDescription: "'\(digits)' is no hexadecimal number of 128 bits")
    }
    self.init(
      name: try container.decode(String.self, forKey: .name), tag: try container.decode(String.self, forKey: .tag),
      digest: digest)
  }

  func encode(to encoder: any Encoder) throws {
    var container = encoder.container(keyedBy: Key.self)
    try container.encode(name, forKey: .name)
    try container.encode(tag, forKey: .tag)
    try container.encode(String(digest, radix: 16), forKey: .digest)
  }
}
