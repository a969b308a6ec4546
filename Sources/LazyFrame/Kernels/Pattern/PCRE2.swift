import Glibc

/// The functions of the library PCRE2 that are used here, for text of 8-bit units.
///
/// It is looked up when a pattern is first used, so that programs start without it. What it does is described in
/// pcre2api(3); compiled patterns and match contexts may be used by several threads at once, match data may not.
struct PCRE2: Sendable {
  typealias Code = OpaquePointer
  typealias MatchData = OpaquePointer
  typealias Context = OpaquePointer
  typealias Text = UnsafePointer<UInt8>

  let compile:
    @convention(c) @Sendable (
      Text?, Int, UInt32, UnsafeMutablePointer<Int32>, UnsafeMutablePointer<Int>, Context?
    ) -> Code?
  let compileToMachineCode: @convention(c) @Sendable (Code, UInt32) -> Int32
  let freeCode: @convention(c) @Sendable (Code) -> Void
  let information: @convention(c) @Sendable (Code, UInt32, UnsafeMutableRawPointer) -> Int32
  let groupNumber: @convention(c) @Sendable (Code, Text) -> Int32
  let makeMatchData: @convention(c) @Sendable (Code, Context?) -> MatchData?
  let freeMatchData: @convention(c) @Sendable (MatchData) -> Void
  let offsets: @convention(c) @Sendable (MatchData) -> UnsafeMutablePointer<Int>
  let match: @convention(c) @Sendable (Code, Text, Int, Int, UInt32, MatchData, Context?) -> Int32
  /// `match` without its checks, for patterns that became machine code.
  let matchByMachineCode: @convention(c) @Sendable (Code, Text, Int, Int, UInt32, MatchData, Context?) -> Int32
  let message: @convention(c) @Sendable (Int32, UnsafeMutablePointer<UInt8>, Int) -> Int32

  /// The limits of every match. Shared by all threads, since it is only read once it is made.
  nonisolated(unsafe) let limits: Context

  // From pcre2.h, where they are macros.
  static let utf: UInt32 = 0x0008_0000
  static let unicodeClasses: UInt32 = 0x0002_0000
  static let neverSingleUnit: UInt32 = 0x0010_0000
  static let noUTFCheck: UInt32 = 0x4000_0000
  static let noMachineCode: UInt32 = 0x2000
  static let notEmptyAtStart: UInt32 = 0x0008
  static let completeMatch: UInt32 = 1
  static let captureCount: UInt32 = 4
  static let noMatch: Int32 = -1
  static let machineStackLimit: Int32 = -46

  /// So many steps of a match, after which it is given up: some tenths of a second.
  static let stepLimit: UInt32 = 10_000_000
  /// So many KB of memory for a match of the interpreter.
  private static let memoryLimit: UInt32 = 256 << 10

  /// The library of this machine.
  static let installed = Result { try PCRE2(library: "libpcre2-8.so.0") }

  /// - Throws: `LazyFrameError` when the library is not there, or lacks a function.
  init(library: String) throws {
    // Never closed: the functions are used until the program ends.
    guard let handle = dlopen(library, RTLD_NOW | RTLD_LOCAL) else { throw PCRE2.missing(library) }
    func find<Function>(_ name: String, _ type: Function.Type = Function.self) throws -> Function {
      guard let symbol = dlsym(handle, "pcre2_\(name)_8") else { throw PCRE2.missing(library) }
      return unsafeBitCast(symbol, to: type)
    }
    compile = try find("compile")
    compileToMachineCode = try find("jit_compile")
    freeCode = try find("code_free")
    information = try find("pattern_info")
    groupNumber = try find("substring_number_from_name")
    makeMatchData = try find("match_data_create_from_pattern")
    freeMatchData = try find("match_data_free")
    offsets = try find("get_ovector_pointer")
    match = try find("match")
    matchByMachineCode = try find("jit_match")
    message = try find("get_error_message")
    typealias MakeContext = @convention(c) (Context?) -> Context?
    typealias SetLimit = @convention(c) (Context, UInt32) -> Int32
    guard let limits = try find("match_context_create", MakeContext.self)(nil) else { throw PCRE2.missing(library) }
    _ = try find("set_match_limit", SetLimit.self)(limits, PCRE2.stepLimit)
    _ = try find("set_heap_limit", SetLimit.self)(limits, PCRE2.memoryLimit)
    self.limits = limits
  }

  private static func missing(_ library: String) -> LazyFrameError {
    LazyFrameError(
      .missingLibrary, "regular expressions need the library PCRE2, and \(library) cannot be loaded",
      hint: "install the Debian package libpcre2-8-0")
  }

  /// What the library says about an error.
  func text(of error: Int32) -> String {
    withUnsafeTemporaryAllocation(of: UInt8.self, capacity: 256) { buffer in
      guard let start = buffer.baseAddress else { return "" }
      let length = message(error, start, buffer.count)
      return length > 0 ? String(decoding: buffer[..<Int(length)], as: UTF8.self) : "error \(error)"
    }
  }
}
