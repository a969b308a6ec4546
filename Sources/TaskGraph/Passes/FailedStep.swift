/// What fused tasks throw when one of them throws: the error, and the key of that task before it was fused.
///
/// Nobody sees it: `TaskError` takes both over.
struct FailedStep: Error {
  let key: String
  let cause: any Error
}
