/// What a call throws when its function throws: the error, and what the function was given.
///
/// Nobody sees it: `TaskError` takes both over.
struct FailedCall: Error {
  let cause: any Error
  let inputs: [String]
}
