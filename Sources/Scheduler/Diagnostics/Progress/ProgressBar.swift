@preconcurrency import Glibc
import Synchronization

/// Shows on a terminal how far the runs of a monitor are, while they go on.
///
///     let monitor = RunMonitor()
///     let bar = ProgressBar(monitor)
///     defer { bar.stop() }
///     let results = try executor.run(graph, outputs: [total], options: RunOptions(monitor: monitor))
///
/// One line is rewritten ten times a second by a thread of its own. It appears when a run has been going on for half a
/// second, and is erased at its end. On what is no terminal, such as a file, a line is added every five seconds, without
/// control characters. A program in the background of its terminal shows nothing.
///
/// The threads that run tasks do nothing for it besides counting.
public final class ProgressBar: Sendable {
  private let display: ProgressDisplay

  /// Begins to watch.
  ///
  /// - Parameters:
  ///   - monitor: What to show.
  ///   - descriptor: Where to write; by default standard error. Must stay open until `stop`.
  public init(_ monitor: RunMonitor, to descriptor: Int32 = STDERR_FILENO) {
    let display = ProgressDisplay(monitor, descriptor)
    self.display = display
    // Without a thread, nothing is shown.
    PoolThread.start {
      // Signals are for the program's other threads; and a pipe that nobody reads is no reason to end the program.
      var all = sigset_t()
      sigfillset(&all)
      pthread_sigmask(SIG_BLOCK, &all, nil)
      repeat { usleep(100_000) } while display.update(at: monotonicNanoseconds())
    }
  }

  deinit { display.stop() }

  /// Erases the line and ends. Nothing is written after it has returned. To be called once what was to be watched is
  /// over, and before anything else is written to the same place.
  public func stop() { display.stop() }
}

/// What a progress bar has on the screen. Its thread updates it, and whoever stops it erases it.
final class ProgressDisplay: Sendable {
  private static let delay: UInt64 = 500_000_000
  private static let plainInterval: UInt64 = 5_000_000_000

  private let monitor: RunMonitor
  private let descriptor: Int32
  /// Whether a line can be rewritten there.
  private let isTerminal: Bool
  private let state = Mutex(State())

  private struct State {
    var meter = ProgressMeter()
    var isShown = false
    var isStopped = false
    /// How long a run had been going on when a line was last added to a file.
    var lastPlain: UInt64 = 0
  }

  init(_ monitor: RunMonitor, _ descriptor: Int32) {
    self.monitor = monitor
    self.descriptor = descriptor
    let isDumb = getenv("TERM").map { String(cString: $0) == "dumb" } ?? false
    isTerminal = isatty(descriptor) == 1 && !isDumb
  }

  /// Shows how far the runs are.
  ///
  /// - Returns: Whether to go on.
  func update(at now: UInt64) -> Bool {
    state.withLock { state in
      if state.isStopped { return false }
      let progress = state.meter.sample(monitor.running, at: now)
      if isTerminal { rewrite(progress, &state) } else { add(progress, &state) }
      return true
    }
  }

  func stop() {
    state.withLock { state in
      state.isStopped = true
      erase(&state)
    }
  }

  private func rewrite(_ progress: ProgressState?, _ state: inout State) {
    guard let progress, progress.elapsed >= Self.delay, !isInBackground,
      let text = ProgressLine(state: progress).text(columns: columns - 1)
    else { return erase(&state) }
    state.isShown = true
    write("\r\(text)\u{1B}[K")
  }

  private func erase(_ state: inout State) {
    if state.isShown { write("\r\u{1B}[K") }
    state.isShown = false
  }

  private func add(_ progress: ProgressState?, _ state: inout State) {
    guard let progress else {
      state.lastPlain = 0
      return
    }
    if progress.elapsed < state.lastPlain { state.lastPlain = 0 }
    if progress.elapsed - state.lastPlain < Self.plainInterval { return }
    state.lastPlain = progress.elapsed
    write(ProgressLine(state: progress).plainText + "\n")
  }

  /// How many characters fit a line; 80 where that is not known.
  private var columns: Int {
    var size = winsize()
    guard ioctl(descriptor, UInt(TIOCGWINSZ), &size) == 0, size.ws_col > 0 else { return 80 }
    return Int(size.ws_col)
  }

  /// Whether the terminal belongs to another program at the moment.
  private var isInBackground: Bool {
    let owner = tcgetpgrp(descriptor)
    return owner > 0 && owner != getpgrp()
  }

  /// What cannot be written is lost: progress is nothing to fail for.
  private func write(_ text: String) {
    var text = text
    text.withUTF8 { _ = Glibc.write(descriptor, $0.baseAddress, $0.count) }
  }
}
