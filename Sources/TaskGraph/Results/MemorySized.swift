/// A result that knows how much memory it holds.
///
/// A memory budget adds these figures up. A result of another type counts with the size of its value, without what it refers
/// to: a class, or a struct that holds one, should conform.
public protocol MemorySized: Sendable {
  /// The bytes that become free when the last reference to the result is gone. Asked once, when the result is made.
  ///
  /// - Complexity: should be O(1); an estimate will do.
  var byteCount: Int { get }
}
