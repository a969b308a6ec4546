import Glibc
import Testing

@testable import Scheduler

@Suite("Writing a profile")
struct ProfileWriteTests {
  private static let folder: String = {
    var path = Array("/tmp/lazyframe-profile-XXXXXX".utf8CString)
    return mkdtemp(&path).map { String(cString: $0) } ?? "/tmp"
  }()

  private func contents(_ path: String) -> String {
    guard let file = fopen(path, "r") else { return "" }
    defer { fclose(file) }
    var bytes = [UInt8](repeating: 0, count: 1 << 20)
    return String(decoding: bytes[..<fread(&bytes, 1, bytes.count, file)], as: UTF8.self)
  }

  @Test("goes by the ending of the file's name, and replaces what was there")
  func endings() throws {
    let profile = smallProfile()
    for (name, text) in [("a.JSON", profile.chromeTrace()), ("b.html", profile.report())] {
      let path = "\(Self.folder)/\(name)"
      defer { unlink(path) }
      try profile.write(toFile: path)
      try profile.write(toFile: path)
      #expect(contents(path) == text)
    }
  }

  @Test("refuses another ending and lists those it knows")
  func unknownEnding() {
    let error = #expect(throws: ProfileError.self) { try smallProfile().write(toFile: "\(Self.folder)/c.txt") }
    #expect(
      error?.description == """
        '\(Self.folder)/c.txt' has no ending that says what to write
        end it in .json for a trace that Chrome and Perfetto open, or in .html for a report
        """)
    #expect(access("\(Self.folder)/c.txt", F_OK) != 0)
  }

  @Test("says why a file cannot be written")
  func unwritable() {
    let missing = #expect(throws: ProfileError.self) { try smallProfile().write(toFile: "/nonexistent/a.json") }
    #expect(
      missing?.description == "cannot write /nonexistent/a.json: no such file or directory\nmake the folder first")
    let full = #expect(throws: ProfileError.self) {
      let path = "\(Self.folder)/full.json"
      symlink("/dev/full", path)
      defer { unlink(path) }
      try smallProfile().write(toFile: path)
    }
    #expect(full?.message.hasSuffix("full.json: no space left on device") == true)
  }
}
