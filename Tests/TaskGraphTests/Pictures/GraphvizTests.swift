@preconcurrency import Glibc
import TestSupport
import Testing

@testable import TaskGraph

@Suite("Graphviz")
struct GraphvizTests {
  private let folder = TemporaryFolder()

  private func draw(_ text: String, with script: String) throws(PictureError) -> [UInt8] {
    try Graphviz(program: folder.program(script)).draw(text, as: .svg)
  }

  @Test("is given the text and the format, and its output is the picture")
  func output() throws {
    #expect(try String(decoding: draw("größe\n", with: "echo $#:$1; cat"), as: UTF8.self) == "1:-Tsvg\ngröße\n")
  }

  @Test(
    "is never waited for while it waits for us",
    arguments: ["exec cat", "head -c 1000000 /dev/zero >&2; exec cat", "head -c 1000000 /dev/zero; exec cat"])
  func largeTexts(script: String) throws {
    let text = String(repeating: "0123456789abcde\n", count: 100_000)
    let bytes = try draw(text, with: script)
    #expect(Array(bytes.suffix(text.utf8.count)) == Array(text.utf8))
  }

  @Test(
    "that fails is an error with its own words, or how it ended",
    arguments: [
      ("echo 'Error: <stdin>: syntax error' >&2; echo more >&2; exit 1", "Error: <stdin>: syntax error"),
      ("cat >/dev/null; echo half; exit 3", "it ended with status 3"),
      ("exit 4", "it ended with status 4"),
      ("exec >&- <&-; sleep 0.01; kill -9 $$", "it was ended by signal 9"),
      ("cat >/dev/null", "it wrote nothing"),
    ])
  func failures(script: String, reason: String) {
    // More than fits the socket: nobody reads it.
    let text = String(repeating: " ", count: 1_000_000)
    let error = #expect(throws: PictureError.self) { try draw(text, with: script) }
    #expect(error?.code == .failedProgram)
    #expect(
      error?.description == """
        Graphviz' program 'dot' could not draw the graph: \(reason)
        write the text to a file that ends in .dot, and see what dot says of it
        """)
  }

  @Test("that is not installed is an error that says how to get it")
  func missing() {
    let error = #expect(throws: PictureError.self) { try Graphviz(program: "no-such-program").draw("", as: .png) }
    #expect(error?.code == .missingProgram)
    #expect(
      error?.description == """
        a picture is drawn by Graphviz' program 'dot', which is not installed
        install it with: apt-get install graphviz; or write the text to a file that ends in .dot
        """)
  }

  @Test("that cannot be started is an error")
  func unstartable() {
    let error = #expect(throws: PictureError.self) { try Graphviz(program: folder.path).draw("", as: .svg) }
    #expect(error?.code == .failedProgram)
    #expect(error?.description == "cannot run Graphviz' program 'dot': permission denied")
  }

  @Test("leaves no process and no open file behind when many threads draw")
  func leftovers() async {
    await #expect(processExitsWith: .success) {
      await TemporaryFolder.exit { folder in
        let program = folder.program("echo warning >&2; exec cat")
        func drawOnManyThreads() async -> Bool {
          await withTaskGroup(of: Bool.self) { group in
            for number in 0..<40 {
              group.addTask {
                let bytes = try? Graphviz(program: program).draw("text \(number)", as: .svg)
                _ = try? Graphviz(program: "/bin/false").draw("text", as: .svg)
                _ = try? Graphviz(program: "no-such-program").draw("text", as: .svg)
                return bytes.map { String(decoding: $0, as: UTF8.self) } == "text \(number)"
              }
            }
            return await group.allSatisfy { $0 }
          }
        }
        // The first round opens what the tasks themselves need.
        let first = await drawOnManyThreads()
        let files = TemporaryFolder.names(in: "/proc/self/fd")
        let second = await drawOnManyThreads()
        let hasNoChild = waitpid(-1, nil, WNOHANG) == -1 && errno == ECHILD
        return first && second && hasNoChild && TemporaryFolder.names(in: "/proc/self/fd") == files
      }
    }
  }

  @Test("inherits no file of ours: one that held the sockets of another picture would keep it waiting")
  func inheritance() async {
    await #expect(processExitsWith: .success) {
      await TemporaryFolder.exit { folder in
        let program = folder.program("exec ls /proc/self/fd")
        let inherited = TemporaryFolder.names(in: "/proc/self/fd").filter { name in
          Int32(name).map { $0 > STDERR_FILENO && fcntl($0, F_GETFD) == 0 } ?? false
        }
        let bytes = (try? Graphviz(program: program).draw("", as: .svg)) ?? []
        let files = String(decoding: bytes, as: UTF8.self).split(separator: "\n").map(String.init)
        // The standard streams, and the folder that is listed.
        return files.filter { !inherited.contains($0) }.count == 4
      }
    }
  }

  @Test("gets the usual signals, whatever the thread that draws has switched off")
  func signals() async {
    await #expect(processExitsWith: .success) {
      await TemporaryFolder.exit { folder in
        // Shells unblock signals by themselves; Perl lets them be, and says what it found.
        let words = "open F, '/proc/self/status'; print grep(/SigBlk/, <F>), $SIG{PIPE} // 'usual'"
        let program = folder.program(words, interpreter: "/usr/bin/perl")
        signal(SIGPIPE, SIG_IGN)
        var all = sigset_t()
        sigfillset(&all)
        pthread_sigmask(SIG_BLOCK, &all, nil)
        let bytes = try? Graphviz(program: program).draw("", as: .svg)
        return bytes.map { String(decoding: $0, as: UTF8.self) } == "SigBlk:\t0000000000000000\nusual"
      }
    }
  }

  @Test("works where the standard streams are closed, and where children are not to be waited for")
  func oddPrograms() async {
    await #expect(processExitsWith: .success) {
      await TemporaryFolder.exit { folder in
        let program = folder.program("echo warning >&2; cat")
        signal(SIGCHLD, SIG_IGN)
        for descriptor in [STDIN_FILENO, STDOUT_FILENO, STDERR_FILENO] { close(descriptor) }
        let bytes = try? Graphviz(program: program).draw("text", as: .svg)
        return bytes.map { String(decoding: $0, as: UTF8.self) } == "text"
      }
    }
  }
}
