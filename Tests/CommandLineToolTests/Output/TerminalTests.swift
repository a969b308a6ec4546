@preconcurrency import Glibc
import TestSupport
import Testing

@Suite("On a terminal")
struct TerminalTests {
  private let program = BuiltProgram(folder: TemporaryFolder())

  @Test("the result is a table that fits it")
  func table() throws {
    program.folder.write("n,text\n" + (0..<100).map { "\($0),word\n" }.joined(), to: "n.csv")
    let terminal = try #require(Terminal(columns: 40))
    let outcome = try program.shell(
      "\"$0\" groupby n.csv --by n --agg 'first(text) as a, last(text) as b' > \(terminal.path)")
    #expect(outcome == BuiltProgram.Outcome(status: 0, out: "", error: ""))
    let lines = terminal.text.split(separator: "\r\n", omittingEmptySubsequences: false)
    let head = [
      "     n │ a      │ b", " int64 │ string │ string", "───────┼────────┼────────", "     0 │ word   │ word",
    ]
    #expect(lines.prefix(4).map(String.init) == head)
    #expect(lines.count == 3 + 41 + 2)
    #expect(lines[3 + 20] == "     … │ …      │ …")
    #expect(lines[3 + 41] == "100 rows × 3 columns")
  }

  @Test("columns that do not fit are left out")
  func width() throws {
    program.folder.write("first_column,second_column,third_column,fourth_column\n1,2,3,4\n", to: "wide.csv")
    let terminal = try #require(Terminal(columns: 40))
    #expect(try program.shell("\"$0\" head wide.csv > \(terminal.path)").status == 0)
    let lines = terminal.text.split(separator: "\r\n")
    #expect(lines[0] == " first_column │ … │ fourth_column")
    #expect(lines.last == "1 row × 4 columns")
  }

  @Test("as many rows are shown as were asked for")
  func limit() throws {
    program.folder.write("n\n" + (0..<100).map { "\($0)\n" }.joined(), to: "n.csv")
    let terminal = try #require(Terminal(columns: 40))
    #expect(try program.shell("\"$0\" head -n 60 n.csv > \(terminal.path)").status == 0)
    #expect(terminal.text.split(separator: "\r\n").count == 3 + 60 + 1)
  }
}

/// A terminal without a screen.
private final class Terminal {
  let path: String
  private let master: Int32
  private let slave: Int32

  init?(columns: UInt16) {
    master = open("/dev/ptmx", O_RDWR | O_NOCTTY | O_CLOEXEC)
    var number: Int32 = 0
    var unlocked: Int32 = 0
    guard master >= 0, ioctl(master, 0x4004_5431, &unlocked) == 0, ioctl(master, 0x8004_5430, &number) == 0 else {
      return nil
    }
    path = "/dev/pts/\(number)"
    // Held open, so that what was written is kept until it is read.
    slave = open(path, O_RDWR | O_NOCTTY | O_CLOEXEC)
    var size = winsize(ws_row: 24, ws_col: columns, ws_xpixel: 0, ws_ypixel: 0)
    guard slave >= 0, ioctl(master, UInt(TIOCSWINSZ), &size) == 0 else { return nil }
  }

  /// What was written so far, less than a terminal holds.
  var text: String {
    var bytes = [UInt8](repeating: 0, count: 1 << 16)
    let flags = fcntl(master, F_GETFL)
    _ = fcntl(master, F_SETFL, flags | O_NONBLOCK)
    var result: [UInt8] = []
    while true {
      let count = read(master, &bytes, bytes.count)
      if count <= 0 { return String(decoding: result, as: UTF8.self) }
      result += bytes[..<count]
    }
  }

  deinit {
    close(slave)
    close(master)
  }
}
