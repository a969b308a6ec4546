/// What a delayed function can be called with: a value, or something that becomes one when it is computed.
///
///     argument                        gives the function
///     3, "text", [1, 2]               itself
///     Delayed<Int>                    Int
///     [Delayed<Int>]                  [Int]
///     [String: Delayed<[Int]>]        [String: [Int]]
///     another lazy collection         its computed value: a lazy frame a data frame
///
/// A type of your own becomes an argument by an empty extension, `extension Settings: DelayedArgument {}`. Without one its
/// values can be given to a function whose other arguments are values too, or as `Delayed(settings)`.
public protocol DelayedArgument<Computed>: Sendable {
  /// What the function is given.
  associatedtype Computed: Sendable = Self

  /// Takes the argument apart into what has to be computed first, and how it is made of the results.
  func delayedInput(_ parts: inout DelayedParts) -> DelayedInput
}

extension DelayedArgument where Computed == Self {
  public func delayedInput(_ parts: inout DelayedParts) -> DelayedInput { DelayedInput(.value(self)) }
}

extension LazyCollection {
  public func delayedInput(_ parts: inout DelayedParts) -> DelayedInput { Delayed(self).delayedInput(&parts) }
}

/// What has to be computed before a function is called: see `DelayedArgument`.
public struct DelayedParts {
  var nodes: [DelayedNode] = []
}

/// How an argument is made of the results of other tasks: see `DelayedArgument`. Holds none of the calls that compute them.
public struct DelayedInput: Sendable {
  enum Source: Sendable {
    /// The value is known.
    case value(any Sendable)
    /// The next result is the value.
    case result
    /// The value is made of the next results.
    case made(@Sendable (inout ResultReader) throws -> any Sendable)
  }

  let source: Source

  init(_ source: Source) {
    self.source = source
  }
}
