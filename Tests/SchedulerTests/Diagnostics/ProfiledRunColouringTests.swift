import TaskGraph
import Testing

@testable import Scheduler

@Suite("The colours of a run")
struct ProfiledRunColouringTests {
  /// The labels of a picture by task, each as `name: value`.
  private func labels(_ run: ProfiledRun, _ colouring: PictureColouring) -> [String] {
    run.graph.dot(detail: .tasks, colouring: colouring).matches(of: /t\d+ \[.*?label="([^"]*)"/).map {
      String($0.1).replacing("\\n", with: ": ")
    }
  }

  @Test("tell for each task how long it took, what it made, and what was alive at its end")
  func quantities() {
    var run = smallProfile().runs[0]
    #expect(labels(run, .time(of: run)) == ["read[0]: 3 µs", "read[1]: 1.5 µs", "add: 499 ns"])
    #expect(labels(run, .resultBytes(of: run)) == ["read[0]: 800 B", "read[1]: 200 B", "add: 8 B"])
    run = ProfiledRun(
      graph: run.graph, order: run.tasks.map(\.task), outputs: [], start: 0, end: 4000, tasks: run.tasks)
    #expect(labels(run, .liveBytes(of: run)) == ["read[0]: 1 kB", "read[1]: 200 B", "add: 1 kB"])
  }

  @Test("leave out tasks that did not run, and the result of one that failed")
  func missing() {
    let small = smallProfile().runs[0]
    let failed = ProfiledTask(
      task: small.tasks[0].task, thread: 0, start: 0, end: 3000, resultBytes: 0, hasFailed: true)
    let run = ProfiledRun(graph: small.graph, order: [failed.task], outputs: [], start: 0, end: 3000, tasks: [failed])
    #expect(labels(run, .time(of: run)) == ["read[0]: 3 µs", "read[1]", "add"])
    #expect(labels(run, .resultBytes(of: run)) == ["read[0]", "read[1]", "add"])
  }
}
