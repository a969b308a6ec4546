/// What one thread of a run has added to the memory in use and not yet told the others.
struct SlotMemory {
  /// Not yet told.
  var pending = 0
  /// All that was added and not taken away here, told or not. May be negative: others made what was released here.
  var net = 0
  /// The last type that does not know its size: its values all count the same.
  var plainType: ObjectIdentifier?
  var plainSize = 0
}
