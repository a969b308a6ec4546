import Glibc
import TaskGraph
import Testing

@testable import Scheduler

/// A pipe, and what was written into it.
private final class Pipe {
  private let ends: [Int32]
  var input: Int32 { ends[1] }

  init() {
    var ends: [Int32] = [-1, -1]
    pipe(&ends)
    _ = fcntl(ends[0], F_SETFL, O_NONBLOCK)
    self.ends = ends
  }

  deinit { for end in ends { close(end) } }

  /// What was written since the last call.
  var text: String { readAll(ends[0]) }
}

/// A terminal without a screen.
private final class Terminal {
  let descriptor: Int32
  private let master: Int32

  init?(columns: UInt16) {
    master = open("/dev/ptmx", O_RDWR | O_NOCTTY | O_CLOEXEC | O_NONBLOCK)
    var number: Int32 = 0
    var unlocked: Int32 = 0
    guard master >= 0, ioctl(master, 0x4004_5431, &unlocked) == 0, ioctl(master, 0x8004_5430, &number) == 0 else {
      return nil
    }
    descriptor = open("/dev/pts/\(number)", O_RDWR | O_NOCTTY | O_CLOEXEC)
    resize(columns: columns)
  }

  deinit {
    close(descriptor)
    close(master)
  }

  func resize(columns: UInt16) {
    var size = winsize(ws_row: 24, ws_col: columns, ws_xpixel: 0, ws_ypixel: 0)
    _ = ioctl(master, UInt(TIOCSWINSZ), &size)
  }

  /// What was written since the last call.
  var text: String { readAll(master) }
}

private func readAll(_ descriptor: Int32) -> String {
  var result: [UInt8] = []
  var piece = [UInt8](repeating: 0, count: 4096)
  while true {
    let count = read(descriptor, &piece, piece.count)
    if count <= 0 { return String(decoding: result, as: UTF8.self) }
    result += piece[..<count]
  }
}

@Suite("The progress bar")
struct ProgressBarTests {
  private let monitor = RunMonitor()

  private func begin(_ count: Int = 4) -> RunLog {
    let (graph, outputs) = independent(count, Constant())
    return monitor.runBegan(graph, order: outputs, outputs: outputs, slots: 1)
  }

  private func finish(_ log: RunLog, _ task: UInt32) {
    log.slots[0].taskEnded(TaskID(index: task), since: log.slots[0].taskBegan(TaskID(index: task)), bytes: 0)
  }

  @Test("appears after half a second, is rewritten, and erased at the end of the run")
  func terminal() throws {
    let terminal = try #require(Terminal(columns: 60))
    let display = ProgressDisplay(monitor, terminal.descriptor)
    #expect(display.update(at: 5))
    let log = begin()
    let start = log.startTime
    _ = display.update(at: start + 499_000_000)
    #expect(terminal.text == "")
    finish(log, 0)
    _ = display.update(at: start + 500_000_000)
    #expect(terminal.text == "\r━━━━────────────   25%  1/4   2.0/s  0:00\u{1B}[K")
    finish(log, 1)
    terminal.resize(columns: 15)
    _ = display.update(at: start + 2_000_000_000)
    #expect(terminal.text == "\r━━━━────   50%\u{1B}[K")
    monitor.runEnded(log)
    _ = display.update(at: start + 2_100_000_000)
    #expect(terminal.text == "\r\u{1B}[K")
    _ = display.update(at: start + 2_200_000_000)
    #expect(terminal.text == "")
  }

  @Test("is erased by stopping it, once and for all")
  func stop() throws {
    let terminal = try #require(Terminal(columns: 40))
    let display = ProgressDisplay(monitor, terminal.descriptor)
    let log = begin()
    _ = display.update(at: log.startTime + 600_000_000)
    #expect(terminal.text != "")
    display.stop()
    display.stop()
    #expect(terminal.text == "\r\u{1B}[K")
    #expect(!display.update(at: log.startTime + 700_000_000))
    #expect(terminal.text == "")
    monitor.runEnded(log)
  }

  @Test("shows nothing on a terminal too narrow for anything")
  func narrow() throws {
    let terminal = try #require(Terminal(columns: 3))
    let display = ProgressDisplay(monitor, terminal.descriptor)
    let log = begin()
    _ = display.update(at: log.startTime + 900_000_000)
    #expect(terminal.text == "")
    monitor.runEnded(log)
  }

  @Test("adds a line every five seconds where there is no terminal")
  func plain() {
    let pipe = Pipe()
    let display = ProgressDisplay(monitor, pipe.input)
    let log = begin()
    finish(log, 0)
    var lines = ""
    for tenth in 1...120 {
      _ = display.update(at: log.startTime + UInt64(tenth) * 100_000_000)
      lines += pipe.text
    }
    #expect(lines == "25%, 1/4 tasks, 0.2/s, 0:05\n25%, 1/4 tasks, 0.1/s, 0:10\n")
    monitor.runEnded(log)
    _ = display.update(at: log.startTime + 13_000_000_000)
    let next = begin()
    _ = display.update(at: next.startTime + 4_900_000_000)
    #expect(pipe.text == "")
    _ = display.update(at: next.startTime + 5_000_000_000)
    #expect(pipe.text == "0%, 0/4 tasks, 0.0/s, 0:05\n")
    monitor.runEnded(next)
    display.stop()
    #expect(pipe.text == "")
  }

  @Test("survives that nobody reads what it writes")
  func brokenPipe() {
    var ends: [Int32] = [-1, -1]
    pipe(&ends)
    close(ends[0])
    let bar = ProgressBar(monitor, to: ends[1])
    bar.stop()
    close(ends[1])
  }

  @Test("is quiet for a short run, and leaves its results alone")
  func shortRun() throws {
    let pipe = Pipe()
    let (graph, outputs) = independent(100, Mix(seed: 1))
    let bar = ProgressBar(monitor, to: pipe.input)
    let results = try ThreadPoolExecutor(threads: 2).run(graph, outputs: outputs, options: RunOptions(monitor: monitor))
    bar.stop()
    #expect(results.count == 100)
    #expect(pipe.text == "")
  }
}
