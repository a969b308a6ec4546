import TestSupport
import Testing

@testable import TaskGraph

@Suite("Text that is no task graph")
struct TaskGraphJSONErrorsTests {
  private func message(_ text: String) -> String {
    do {
      _ = try TaskGraph.decode(json: text, operations: sampleOperations)
      return "no error"
    } catch {
      return "\(error)"
    }
  }

  private func graph(_ layers: String, outputs: String = "[]") -> String {
    "{\"format\": \"lazyframe-task-graph\", \"version\": 1, \"layers\": \(layers), \"outputs\": \(outputs)}"
  }

  @Test(
    "is refused for its format or version",
    arguments: [
      ("[]", "the task graph: an array stands where an object should stand"),
      ("{}", "the text is no task graph: it has no 'format', not 'lazyframe-task-graph'"),
      (#"{"format": 1}"#, "the text is no task graph: its 'format' is the number 1, not 'lazyframe-task-graph'"),
      (#"{"format": "dot"}"#, "the text is no task graph: its 'format' is 'dot', not 'lazyframe-task-graph'"),
      (#"{"format": "lazyframe-task-graph"}"#, "the task graph: 'version' is missing"),
      (
        #"{"format": "lazyframe-task-graph", "version": 2, "new": 1}"#,
        "the text is a task graph of version 2, and this program reads version 1\n"
          + "write the graph with a program of the same version"
      ),
      (
        #"{"format": "lazyframe-task-graph", "version": "1"}"#,
        "the task graph: 'version' holds a string where an integer from 0 to 9223372036854775807 should stand"
      ),
    ])
  func format(text: String, expected: String) {
    #expect(message(text) == expected)
  }

  @Test(
    "is refused for its outputs",
    arguments: [
      ("[1]", "the task graph: the output 1 is no task: the graph has 1 task"),
      ("[-1]", "the task graph: 'outputs' holds the number -1 where the number of a task should stand"),
      ("[null]", "the task graph: 'outputs' holds null where the number of a task should stand"),
      ("{}", "the task graph: 'outputs' is an object where an array should stand"),
    ])
  func outputs(outputs: String, expected: String) {
    let layers = #"[{"name": "a", "operation": "test-bare", "parameters": {}, "tasks": 1}]"#
    #expect(message(graph(layers, outputs: outputs)) == expected)
  }

  /// Each row is a second layer behind one with the tasks 0 and 1.
  @Test(
    "is refused for what a layer holds",
    arguments: [
      ("7", "layers[1]: the number 7 stands where an object should stand"),
      ("{}", "layers[1]: 'name' is missing"),
      (#"{"name": true}"#, "layers[1]: 'name' is a boolean where a string should stand"),
      (#"{"name": "b", "operation": "test-bare", "parameters": {}}"#, "layers[1] 'b': 'tasks' is missing"),
      (#"{"name": "b", "parameters": {}, "tasks": 1}"#, "layers[1] 'b': operation: this is missing"),
      (#"{"name": "b", "operation": "test-bare", "tasks": 1}"#, "layers[1] 'b': parameters: this is missing"),
      (
        #"{"name": "b", "operation": "test-bare", "parameters": {}, "tasks": -1}"#,
        "layers[1] 'b': 'tasks' holds the number -1 where an integer from 0 to 9223372036854775807 should stand"
      ),
      (
        #"{"name": "b", "operation": "test-bare", "parameters": {}, "tasks": 1.5}"#,
        "layers[1] 'b': 'tasks' holds the number 1.5 where an integer from 0 to 9223372036854775807 should stand"
      ),
      (
        #"{"name": "b", "operation": "test-bare", "parameters": {}, "tasks": 99999999999999999999999999999999999999999}"#,
        "layers[1] 'b': 'tasks' holds the number 9999999999999999999999999999999999999... where an integer from 0 to "
          + "9223372036854775807 should stand"
      ),
      (
        #"{"name": "b", "operation": "test-bare", "parameters": {}, "tasks": 268435455}"#,
        "layers[1] 'b': the graph is too large: tasks and dependencies together may be 268435456"
      ),
      (
        #"{"name": "b", "operation": "test-bare", "parameters": {}, "tasks": 0, "resultBytes": -5}"#,
        "layers[1] 'b': 'resultBytes' holds the number -5 where an integer from 0 to 9223372036854775807 should stand"
      ),
      (
        #"{"name": "b", "operation": "test-bare", "parameters": {}, "tasks": 0, "kind": "box"}"#,
        "layers[1] 'b': the kind 'box' is not known\na kind is 'data' or 'operation'"
      ),
      (
        #"{"name": "b", "operation": "test-bare", "parameters": {}, "tasks": 1, "dependancies": [[0]]}"#,
        "layers[1] 'b': there is a field 'dependancies', which the format does not have\ndid you mean 'dependencies'?"
      ),
      (
        #"{"name": "b", "operation": "test-bare", "parameters": {}, "tasks": 1, "x": 1}"#,
        "layers[1] 'b': there is a field 'x', which the format does not have\n"
          + "the fields are: name, operation, parameters, salt, kind, resultBytes, tasks, dependencies"
      ),
      (
        #"{"name": "b", "operation": "other", "parameters": {}, "salt": "5", "tasks": 0}"#,
        "layers[1] 'b': the salt is not 32 hexadecimal digits"
      ),
    ])
  func layers(layer: String, expected: String) {
    #expect(message(withLayer(layer)) == expected)
  }

  /// Each row are the tasks and dependencies of a second layer, behind one with the tasks 0 and 1.
  @Test(
    "is refused for dependencies that are none",
    arguments: [
      (
        1, "[]",
        "layers[1] 'b': 'tasks' is 1, and there are 0 lists of dependencies\neach task has one list, which may be empty"
      ),
      (
        0, "[[0]]",
        "layers[1] 'b': 'tasks' is 0, and there are 1 list of dependencies\neach task has one list, which may be empty"
      ),
      (1, "7", "layers[1] 'b': 'dependencies' is the number 7 where an array should stand"),
      (2, "[[], 7]", "layers[1] 'b', task 1: the number 7 stands where the list of dependencies should stand"),
      (
        1, "[[-1]]", "layers[1] 'b', task 0: 'dependencies' holds the number -1 where the number of a task should stand"
      ),
      (
        1, "[[0.5]]",
        "layers[1] 'b', task 0: 'dependencies' holds the number 0.5 where the number of a task should stand"
      ),
      (
        1, "[[4294967295]]",
        "layers[1] 'b', task 0: 'dependencies' holds the number 4294967295 where the number of a task should stand"
      ),
      (1, #"[["0"]]"#, "layers[1] 'b', task 0: 'dependencies' holds a string where the number of a task should stand"),
      (
        2, "[[0], [99]]",
        "layers[1] 'b', task 1: it depends on task 99, and the graph has 4 tasks\ntasks are numbered through all layers, from 0"
      ),
      (
        2, "[[3], [0]]",
        "layers[1] 'b', task 0: it depends on task 3, which is 'b[1]' and comes later\nput each task behind all that it depends on"
      ),
      (2, "[[3], [2]]", cycle("b[0] -> b[1] -> b[0]")),
      (3, "[[0], [1, 3], [3, 2]]", cycle("b[1] -> b[1]")),
      (1, #"[{"first": [0]}]"#, "layers[1] 'b', task 0: 'count' is missing"),
      (
        1, #"[{"first": [0], "count": 1, "by": 1}]"#,
        "layers[1] 'b', task 0: there is a field 'by', which the format does not have\nthe fields are: first, step, count"
      ),
      (
        1, #"[{"first": [0], "step": [1, 2], "count": 1}]"#,
        "layers[1] 'b', task 0: 'first' has 1 task, and 'step' has 2 numbers"
      ),
      (
        1, #"[{"first": [0], "step": [0.5], "count": 1}]"#,
        "layers[1] 'b', task 0: 'step' holds the number 0.5 where an integer should stand"
      ),
      (
        2, #"[{"first": [0], "step": [-1], "count": 2}]"#,
        "layers[1] 'b', task 0: a step of -1, 1 times from task 0, leads to no task"
      ),
      (
        3, #"[{"first": [0], "step": [9223372036854775807], "count": 3}]"#,
        "layers[1] 'b', task 0: a step of 9223372036854775807, 2 times from task 0, leads to no task"
      ),
      (
        5, #"[{"first": [0], "step": [4611686018427387904], "count": 5}]"#,
        "layers[1] 'b', task 0: a step of 4611686018427387904, 4 times from task 0, leads to no task"
      ),
      (
        1, #"[{"first": [0], "count": 9223372036854775807}]"#,
        "layers[1] 'b', task 0: the graph is too large: tasks and dependencies together may be 268435456"
      ),
      (
        1, #"[{"first": [0, 0, 0], "count": 4611686018427387904}]"#,
        "layers[1] 'b', task 0: the graph is too large: tasks and dependencies together may be 268435456"
      ),
      (3, #"[[], {"first": [0], "step": [2], "count": 2}]"#, "no error"),
    ])
  func dependencies(tasks: Int, dependencies: String, expected: String) {
    let found = message(
      withLayer(
        #"{"name": "b", "operation": "test-bare", "parameters": {}, "tasks": \#(tasks), "dependencies": \#(dependencies)}"#
      ))
    #expect(found == expected)
  }

  @Test(
    "is refused for parameters that the operation is not made of",
    arguments: [
      ("{}", "parameters.weights: this is missing"),
      ("[]", "parameters: an array stands where an object should stand"),
      (
        #"{"weights": [1, 2, "x"], "seed": 1}"#,
        #"parameters.weights[2]: a string stands where a number, "nan", "inf" or "-inf" should stand"#
      ),
      (
        #"{"weights": [1e999], "seed": 1}"#,
        "parameters.weights[0]: the number 1e999 stands where a number that fits Double should stand"
      ),
      (
        #"{"weights": [], "seed": -1}"#,
        "parameters.seed: the number -1 stands where an integer from 0 to 18446744073709551615 should stand"
      ),
      (#"{"weights": [], "seed": 1.0}"#, "parameters.seed: the number 1.0 stands where an integer should stand"),
      (#"{"weights": [], "seed": null}"#, "parameters.seed: null stands where an integer should stand"),
      (#"{"weights": [], "seed": 1, "label": {}}"#, "parameters.label: an object stands where a string should stand"),
    ])
  func parameters(parameters: String, expected: String) {
    let layer = #"{"name": "b", "operation": "test-blend", "parameters": \#(parameters), "tasks": 0}"#
    #expect(message(withLayer(layer)) == "layers[1] 'b': " + expected)
  }

  @Test(
    "is refused where any byte of it is missing, changed or added, or read as another graph: it never traps",
    arguments: 0..<20)
  func fuzz(seed: UInt64) throws {
    let (random, outputs) = variedGraph(seed: seed)
    let bytes = Array(try random.json(outputs: outputs).utf8)
    var numbers = SplitMix64(seed: seed)
    for _ in 0..<60 {
      var changed = bytes
      let place = Int.random(in: 0..<bytes.count, using: &numbers)
      let byte = Array("0123456789-.eE[]{}\",: \\a".utf8).randomElement(using: &numbers) ?? 0
      switch Int.random(in: 0...3, using: &numbers) {
      case 0: changed.remove(at: place)
      case 1: changed[place] = byte
      case 2: changed.insert(byte, at: place)
      default: changed.removeSubrange(place..<min(place + 9, bytes.count))
      }
      guard
        let read = try? TaskGraph.decode(json: String(decoding: changed, as: UTF8.self), operations: sampleOperations)
      else { continue }
      #expect(read.graph.tasks.allSatisfy { task in read.graph.dependencies(of: task).allSatisfy { $0 < task } })
      _ = try read.graph.json(outputs: read.outputs)
    }
  }

  @Test(
    "is refused where tasks and dependencies together are too many",
    arguments: [
      (#""tasks": 6"#, true), (#""tasks": 7"#, false),
      (#""tasks": 2, "dependencies": [[0, 1], [0, 1]]"#, true),
      (#""tasks": 2, "dependencies": [[0, 1], [0, 1, 1]]"#, false),
      (#""tasks": 2, "dependencies": [{"first": [0, 1], "count": 2}]"#, true),
      (#""tasks": 3, "dependencies": [{"first": [0, 1], "count": 3}]"#, false),
    ])
  func limit(rest: String, fits: Bool) throws {
    var reader = JSONLayerReader(operations: sampleOperations, limit: 8)
    let before = #"{"name": "a", "operation": "test-bare", "parameters": {}, "tasks": 2}"#
    try reader.read(JSONParser.parse(before), index: 0)
    let layer = try JSONParser.parse(#"{"name": "b", "operation": "test-bare", "parameters": {}, \#(rest)}"#)
    if fits {
      try reader.read(layer, index: 1)
      #expect(try reader.graph().taskCount + reader.graph().edgeCount == 8)
    } else {
      #expect {
        try reader.read(layer, index: 1)
      } throws: {
        "\($0)".contains("the graph is too large: tasks and dependencies together may be 8")
      }
    }
  }

  @Test(
    "tells programs what is wrong by a code",
    arguments: [
      ("[", .malformedJSON), ("{}", .unsupportedFormat),
      (#"{"format": "lazyframe-task-graph", "version": 1, "layers": []}"#, .invalidGraph),
    ] as [(String, GraphError.Code)])
  func codes(text: String, code: GraphError.Code) {
    #expect {
      try TaskGraph.decode(json: text, operations: sampleOperations)
    } throws: {
      ($0 as? GraphError)?.code == code
    }
  }

  private func withLayer(_ layer: String) -> String {
    graph(#"[{"name": "a", "operation": "test-bare", "parameters": {}, "tasks": 2}, \#(layer)]"#)
  }
}

private func cycle(_ path: String) -> String {
  "no order of tasks exists, since results are needed in a cycle: \(path)\n"
    + "each arrow leads from a result to a task that needs it: take one of these inputs away"
}
