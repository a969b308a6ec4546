import Glibc
import TestSupport
import Testing

@testable import Scheduler

@Suite("Writing a profile")
struct ProfileWriteTests {
  private let folder = TemporaryFolder()

  @Test("goes by the ending of the file's name, and replaces what was there")
  func endings() throws {
    let profile = smallProfile()
    for (name, text) in [("a.JSON", profile.chromeTrace()), ("b.html", profile.report())] {
      try profile.write(toFile: folder.path(name))
      try profile.write(toFile: folder.path(name))
      #expect(folder.contents(name) == text)
    }
  }

  @Test("refuses another ending and lists those it knows")
  func unknownEnding() {
    let error = #expect(throws: ProfileError.self) { try smallProfile().write(toFile: "\(folder.path)/c.txt") }
    #expect(
      error?.description == """
        '\(folder.path)/c.txt' has no ending that says what to write
        end it in .json for a trace that Chrome and Perfetto open, or in .html for a report
        """)
    #expect(folder.names == [])
  }

  @Test("says why a file cannot be written")
  func unwritable() {
    let missing = #expect(throws: ProfileError.self) { try smallProfile().write(toFile: "/nonexistent/a.json") }
    #expect(
      missing?.description == "cannot write /nonexistent/a.json: no such file or directory\nmake the folder first")
    let full = #expect(throws: ProfileError.self) {
      symlink("/dev/full", folder.path("full.json"))
      try smallProfile().write(toFile: folder.path("full.json"))
    }
    #expect(full?.message.hasSuffix("full.json: no space left on device") == true)
  }
}
