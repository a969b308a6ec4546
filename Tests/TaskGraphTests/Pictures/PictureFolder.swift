import Glibc

/// A folder for pictures and for programs that stand in for `dot`. It is removed with its last reference.
final class PictureFolder {
  static let hasGraphviz = system("command -v dot >/dev/null") == 0

  let path: String

  init() {
    var template = Array("/tmp/lazyframe-test-XXXXXX".utf8CString)
    mkdtemp(&template)
    path = String(decoding: template.dropLast().map(UInt8.init(bitPattern:)), as: UTF8.self)
  }

  /// What a test in a process of its own ends with. To exit at once would leave the folder behind.
  static func exit(_ isRight: (PictureFolder) async -> Bool) async -> Never {
    Glibc.exit(await isRight(PictureFolder()) ? EXIT_SUCCESS : EXIT_FAILURE)
  }

  deinit {
    _ = shell("chmod 700 . && rm -r \"$PWD\"")
  }

  func path(_ name: String) -> String { "\(path)/\(name)" }

  /// Runs a shell script in the folder and returns its status as `waitpid` has it.
  ///
  /// Programs are written in this way, too: one that this process has open for writing cannot be started, and a child of
  /// another thread may hold it open for a moment longer.
  func shell(_ script: String) -> Int32 { system("cd '\(path)' && { \(script)\n}") }

  /// A program in place of `dot`.
  func program(_ script: String, interpreter: String = "/bin/sh") -> String {
    _ = shell("cat >dot <<'END'\n#!\(interpreter)\n\(script)\nEND\nchmod +x dot")
    return path("dot")
  }

  func contents(_ name: String) -> [UInt8] {
    let file = open(path(name), O_RDONLY | O_CLOEXEC)
    guard file >= 0 else { return [] }
    defer { close(file) }
    var bytes: [UInt8] = []
    var piece = [UInt8](repeating: 0, count: 1 << 16)
    while true {
      let count = read(file, &piece, piece.count)
      if count <= 0 { return bytes }
      bytes += piece[..<count]
    }
  }

  func text(_ name: String) -> String { String(decoding: contents(name), as: UTF8.self) }

  /// The names of the files in the folder, hidden ones too, in order.
  var names: [String] { PictureFolder.names(in: path) }

  static func names(in path: String) -> [String] {
    guard let folder = opendir(path) else { return [] }
    defer { closedir(folder) }
    var names: [String] = []
    while let entry = readdir(folder) {
      let name = withUnsafeBytes(of: entry.pointee.d_name) { String(decoding: $0.prefix { $0 != 0 }, as: UTF8.self) }
      if name != ".", name != ".." { names.append(name) }
    }
    return names.sorted()
  }
}
