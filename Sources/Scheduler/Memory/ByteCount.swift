import TaskGraph

/// How many bytes a result counts in a memory budget: what it says itself, else the size of its value.
func byteCount(of value: any Sendable) -> Int {
  if let sized = value as? any MemorySized { return sized.byteCount }
  return size(of: value)
}

private func size<Value>(of value: Value) -> Int { MemoryLayout<Value>.size }
