import Glibc

/// The number of processors that this process may use, as limited by `taskset` or a container's processor set.
func availableProcessorCount() -> Int {
  // The C library declares the function for GNU sources only, which Swift's module of it is not: so it is looked up by name.
  typealias GetAffinity = @convention(c) (pid_t, Int, UnsafeMutableRawPointer) -> Int32
  if let symbol = dlsym(nil, "sched_getaffinity") {
    let getAffinity = unsafeBitCast(symbol, to: GetAffinity.self)
    var set = cpu_set_t()
    let count = withUnsafeMutableBytes(of: &set) { bytes in
      guard let start = bytes.baseAddress, getAffinity(0, bytes.count, start) == 0 else { return 0 }
      return bytes.reduce(0) { $0 + $1.nonzeroBitCount }
    }
    if count > 0 { return count }
  }
  // A machine with more processors than the set has bits.
  return max(1, sysconf(Int32(_SC_NPROCESSORS_ONLN)))
}
