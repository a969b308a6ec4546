extension JSONValue {
  /// The digest of a name and of this tree, as that of a value which encodes itself in the order and with the types that the
  /// tree shows: integers are signed.
  func digest(name: String) -> UInt128 {
    let log = DigestLog()
    log.digest.absorb(name)
    write(to: log, at: .root)
    return log.digest.value
  }

  private func write(to log: DigestLog, at slot: DigestLog.Slot) {
    switch self {
    case .null:
      log.write(.null, at: slot)
    case .boolean(let value):
      log.write(.boolean, at: slot)
      log.digest.absorb(byte: value ? 1 : 0)
    case .string(let text):
      log.write(.text, at: slot)
      log.digest.absorb(text)
    case .number(let text):
      if let number = Int(text), text != "-0" {
        log.write(.signed, at: slot)
        log.digest.absorb(UInt128(truncatingIfNeeded: number))
      } else if let number = Double(text), number.description == text {
        log.write(.floatingPoint, at: slot)
        log.digest.absorb(number.bitPattern)
      } else {
        // No such type holds all its digits.
        log.write(.unsigned, at: slot)
        log.digest.absorb(text)
      }
    case .array(let elements):
      let number = log.open(.unkeyed, at: slot)
      for (index, element) in elements.enumerated() { element.write(to: log, at: .index(index, container: number)) }
    case .object(let members):
      let number = log.open(.keyed, at: slot)
      for member in members { member.value.write(to: log, at: .key(member.key, container: number)) }
    }
  }
}
