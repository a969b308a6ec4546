import Glibc

extension ThreadPoolExecutor {
  /// 60% of the memory of the machine, or of the container that limits the process.
  public static let defaultMemoryLimit: Int? = {
    let pages = sysconf(Int32(_SC_PHYS_PAGES))
    let machine = pages > 0 ? pages * sysconf(Int32(_SC_PAGESIZE)) : Int.max
    let smallest = min(machine, containerLimit() ?? Int.max)
    return smallest == Int.max ? nil : smallest / 10 * 6
  }()
}

/// The memory limit of the process's control group (version 2), if there is one.
private func containerLimit() -> Int? {
  guard let file = fopen("/sys/fs/cgroup/memory.max", "r") else { return nil }
  defer { fclose(file) }
  var line = [CChar](repeating: 0, count: 32)
  guard fgets(&line, Int32(line.count), file) != nil else { return nil }
  // "max" stands for no limit.
  return Int(String(decoding: line.prefix { $0 >= 0x30 }.map(UInt8.init), as: UTF8.self))
}
