import Glibc

/// Random cases until the time is up: LAZYFRAME_FUZZ_SECONDS seconds, or a fraction of one. The seed is printed, and
/// LAZYFRAME_FUZZ_SEED repeats it.
package enum Fuzz {
  package static func run(_ name: String, _ body: (inout SplitMix64) throws -> Void) rethrows {
    let seconds = number("LAZYFRAME_FUZZ_SECONDS") ?? 0.3
    let seed = number("LAZYFRAME_FUZZ_SEED").map { UInt64($0) } ?? UInt64.random(in: 0..<1 << 40)
    print("fuzz \(name): LAZYFRAME_FUZZ_SEED=\(seed)")
    let clock = ContinuousClock()
    let deadline = clock.now + .seconds(seconds)
    var generator = SplitMix64(seed: seed)
    repeat { try body(&generator) } while clock.now < deadline
  }

  private static func number(_ variable: String) -> Double? {
    getenv(variable).flatMap { Double(String(cString: $0)) }
  }
}
