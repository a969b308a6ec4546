import Testing

@testable import Scheduler

@Suite("The line of progress")
struct ProgressLineTests {
  private func state(
    _ done: Int = 124, of total: Int = 200, after seconds: Double = 1.5, left: Double? = 0.92,
    layer: String? = "scan-csv"
  ) -> ProgressLine {
    ProgressLine(
      state: ProgressState(
        done: done, total: total, elapsed: UInt64(seconds * 1e9), remaining: left.map { UInt64($0 * 1e9) }, layer: layer
      ))
  }

  @Test("leaves out what is least needed on narrow terminals")
  func widths() {
    let line = state()
    let full = "━━━━━━━━━━━━━━━━━━━━━━━━╸───────────────   62%  124/200    83/s  0:01, 0:00 left  scan-csv"
    #expect(line.text(columns: 200) == full)
    #expect(line.text(columns: 79) == "━━━━━━━━━━━━━────────   62%  124/200    83/s  0:01, 0:00 left  scan-csv")
    #expect(line.text(columns: 66) == "━━━━╸───   62%  124/200    83/s  0:01, 0:00 left  scan-csv")
    #expect(line.text(columns: 65) == "━━━━━━━━━──────   62%  124/200  0:01, 0:00 left  scan-csv")
    #expect(line.text(columns: 58) == "━━━━╸───   62%  124/200  0:01, 0:00 left  scan-csv")
    #expect(line.text(columns: 57) == "━━━━━━━━━━━━━━━╸─────────   62%  124/200  0:01, 0:00 left")
    #expect(line.text(columns: 40) == "━━━━╸───   62%  124/200  0:01, 0:00 left")
    #expect(line.text(columns: 39) == "━━━━━━━━━╸──────   62%  0:01, 0:00 left")
    #expect(line.text(columns: 31) == "━━━━╸───   62%  0:01, 0:00 left")
    #expect(line.text(columns: 14) == "━━━━╸───   62%")
    #expect(line.text(columns: 13) == " 62%")
    #expect(line.text(columns: 3) == nil)
    #expect(line.text(columns: 0) == nil)
  }

  @Test("shows the same parts in the same places whatever the layer is called")
  func steady() {
    for columns in 0...120 {
      let bars = ["a", "merge-groups", String(repeating: "x", count: 80), nil].map { layer in
        state(layer: layer).text(columns: columns)?.prefix { $0 == "━" || $0 == "╸" || $0 == "─" }
      }
      #expect(Set(bars).count == 1, "\(columns) columns")
    }
  }

  @Test("never is longer than the terminal", arguments: 0...120)
  func fits(columns: Int) {
    for line in [state(), state(1, of: 1_000_000, after: 7200, left: 99_999), state(layer: "日本語の名前"), state(0, of: 0)] {
      #expect(line.text(columns: columns)?.count ?? 0 <= columns)
    }
  }

  @Test("fills the bar from nothing to all of it")
  func bar() {
    #expect(state(0, of: 8).text(columns: 14) == "────────    0%")
    #expect(state(1, of: 16).text(columns: 14) == "╸───────    6%")
    #expect(state(8, of: 8).text(columns: 14) == "━━━━━━━━  100%")
    #expect(state(0, of: 0).text(columns: 14) == "────────    0%")
  }

  @Test("keeps its places while numbers grow")
  func padding() {
    #expect(
      state(7, of: 200).text(columns: 80)?.hasSuffix("    3%    7/200   4.7/s  0:01, 0:00 left  scan-csv") == true)
  }

  @Test("says nothing of the time that is left before there is something to go by")
  func unknown() {
    let line = state(0, left: nil, layer: nil)
    #expect(line.text(columns: 60) == "─────────────    0%    0/200   0.0/s  0:01")
    #expect(line.plainText == "0%, 0/200 tasks, 0.0/s, 0:01")
  }

  @Test("is plain where it is no terminal's")
  func plain() {
    #expect(state().plainText == "62%, 124/200 tasks, 83/s, 0:01, 0:00 left, scan-csv")
    #expect(
      state(5, of: 1000, after: 3725.9, left: 741_000).plainText
        == "0%, 5/1000 tasks, 0.0/s, 1:02:05, 205:50:00 left, scan-csv")
    #expect(state(5, after: 2).plainText == "2%, 5/200 tasks, 2.5/s, 0:02, 0:00 left, scan-csv")
  }

  @Test("shows names that a terminal would obey as what they are")
  func controls() {
    #expect(state(layer: "a\u{1B}[2Jb\r\n").plainText.hasSuffix(", a?[2Jb?"))
    let long = String(repeating: "x", count: 70)
    #expect(state(layer: long).plainText.hasSuffix(", " + String(repeating: "x", count: 59) + "…"))
    #expect(state(layer: long).text(columns: 80)?.hasSuffix("  " + String(repeating: "x", count: 15) + "…") == true)
    #expect(state(layer: "日本語の長い名前です").text(columns: 80)?.hasSuffix("  日本語の長い名…") == true)
  }
}
