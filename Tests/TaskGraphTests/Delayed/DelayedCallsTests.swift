import Foundation
import TaskGraph
import Testing

@Suite("Delayed calls as tasks") struct DelayedCallsTests {
  private struct DivisionByZero: Error, CustomStringConvertible {
    var description: String { "division by zero" }
  }

  private let divide = delayed("divide") { (x: Int, y: Int) throws -> Int in
    if y == 0 { throw DivisionByZero() }
    return x / y
  }

  @Test("that fail say what was wrong, and with which arguments")
  func failure() throws {
    let (graph, task) = try lowered(divide(increment(3), 0))
    do {
      _ = try graph.layers[1].operation.run(TaskContext(index: 0, inputs: [4]))
      Issue.record("dividing by zero should throw")
    } catch {
      let error = TaskError(key: graph.key(of: task), cause: error)
      #expect(error.cause is DivisionByZero)
      #expect(error.inputs == ["4", "0"])
      #expect(error.description == "task \(graph.key(of: task)) failed: division by zero; inputs: 4, 0")
      #expect(error.key.wholeMatch(of: /divide-[0-9a-f]{8}\[0\]/) != nil)
    }
    #expect(TaskError(key: "scan[1]", cause: DivisionByZero()).description == "task scan[1] failed: division by zero")
  }

  @Test("cannot be encoded, and say which function it is")
  func encoding() throws {
    let (graph, _) = try lowered(increment(1))
    let error = #expect(throws: EncodingError.self) { try JSONEncoder().encode(graph.layers[0].operation) }
    guard case .invalidValue(let value, let context) = error else { return }
    #expect(value as? String == "increment")
    #expect(
      context.debugDescription == "the delayed function 'increment' is a closure, which only this process can run")
  }

  @Test("have keys by the names of their functions and what they use")
  func keys() throws {
    let decrement = delayed("decrement") { (x: Int) in x - 1 }
    func key(_ value: Delayed<Int>) throws -> String {
      let (graph, task) = try lowered(value)
      return graph.key(of: task)
    }
    #expect(try key(add(increment(1), 2)) == key(add(increment(1), 2)))
    #expect(try key(add(increment(1), 2)) != key(add(decrement(1), 2)))
    #expect(try key(increment(1)).split(separator: "-")[1] != key(decrement(1)).split(separator: "-")[1])
  }

  @Test("show the arguments that are known in pictures")
  func pictures() throws {
    let graph = try lowered(add(increment(4), divide(increment(5), 2))).graph
    let text = graph.dot()
    for label in ["increment[0]", "increment[1]", "divide\\n(·, 2)", "add"] {
      #expect(text.contains("label=\"\(label)\""), "\(label)")
    }
    #expect(text.contains(": (4) (5)\""))
    let layers = try lowered(total((0..<100).map { increment($0 / 2) })).graph.dot(detail: .layers)
    #expect(layers.contains("label=\"increment\\n100 tasks\\n(0) (1) …\""))
    #expect(try lowered(delayed("now") { 1 }()).graph.dot().contains("label=\"now\""))
  }
}
