/// A verb whose arguments make no sense: the plan says so when it is looked at, and not the program when it is written, since numbers of
/// rows and lists of frames often come from data.
struct RefusedVerb: FrameVerb {
  let message: String
  let hint: String?

  var description: String { "refused: \(message)" }

  func resolve(_ input: ResolvedPlan) throws -> ResolvedPlan {
    throw LazyFrameError(.argument, message, hint: hint)
  }
}

extension LazyFrame {
  /// A frame that cannot be computed.
  func refused(_ message: String, hint: String? = nil) -> LazyFrame {
    LazyFrame(.verb(RefusedVerb(message: message, hint: hint), plan))
  }
}
