import Testing

@testable import TaskGraph

@Suite("An operation that is not registered")
struct UnknownOperationTests {
  private func layer(_ operation: String) -> String {
    """
    {
      "format": "lazyframe-task-graph",
      "version": 1,
      "layers": [
        {"name": "a", \(operation), "tasks": 1}
      ],
      "outputs": [0]
    }

    """
  }

  @Test("is written as it came, with every digit")
  func unchanged() throws {
    let text = layer(
      #""operation": "from-elsewhere", "parameters": {"a": [1.0, 1, -0, -0.0, 1e400, 5e-324, 18446744073709551615], "#
        + #""b": 123456789012345678901234567890.12345, "c": [null, true, "nan", {}]}"#)
    let (graph, outputs) = try TaskGraph.decode(json: text, operations: sampleOperations)
    #expect((graph.layers[0].operation as? UnknownOperation)?.name == "from-elsewhere")
    #expect(graph.layers[0].operation.wireName == "from-elsewhere")
    #expect(try graph.json(outputs: outputs) == text)
    for parameters in ["5", "[]", "null", "\"text\"", "false"] {
      let text = layer("\"operation\": \"x\", \"parameters\": \(parameters)")
      #expect(try TaskGraph.decode(json: text, operations: sampleOperations).graph.json(outputs: outputs) == text)
    }
  }

  @Test("names itself, what to do, and the nearest registered one, when it is run")
  func run() throws {
    for (name, hint) in [("test-blund", "; did you mean 'test-blend'?"), ("other", "")] {
      let text = layer("\"operation\": \"\(name)\", \"parameters\": {}")
      let graph = try TaskGraph.decode(json: text, operations: sampleOperations).graph
      #expect {
        try graph.runAll()
      } throws: {
        ($0 as? GraphError)?.code == .unknownOperation
          && "\($0)" == "this program does not know the operation '\(name)'\n"
            + "register its type in the OperationRegistry with which the graph is read" + hint
      }
    }
  }

  @Test("has a key of its own for each name, each parameter and each type of number")
  func keys() throws {
    let operations = [
      #""operation": "x", "parameters": {}"#, #""operation": "y", "parameters": {}"#,
      #""operation": "x", "parameters": []"#, #""operation": "x", "parameters": {"a": 1}"#,
      #""operation": "x", "parameters": {"a": 1.0}"#, #""operation": "x", "parameters": {"a": "1"}"#,
      #""operation": "x", "parameters": {"a": true}"#, #""operation": "x", "parameters": {"a": null}"#,
      #""operation": "x", "parameters": {"a": 0}"#, #""operation": "x", "parameters": {"a": -0}"#,
      #""operation": "x", "parameters": {"a": 1e999}"#, #""operation": "x", "parameters": {"a": 1e998}"#,
      #""operation": "x", "parameters": {}, "salt": "00000000000000000000000000000001""#,
    ]
    let keys = try operations.map {
      try TaskGraph.decode(json: layer($0), operations: OperationRegistry()).graph.key(of: TaskID(index: 0))
    }
    #expect(Set(keys).count == keys.count)
  }

  @Test("loses its key when somebody changes a parameter in the text")
  func edited() throws {
    var graph = TaskGraph()
    graph.addLayer("a", Blend(weights: [1.5], seed: 3), dependencies: [[]])
    let text = try graph.json()
    #expect(text.contains("\"salt\""))
    let same = try TaskGraph.decode(json: text, operations: OperationRegistry()).graph
    #expect(same.keys == graph.keys)
    let other = try TaskGraph.decode(json: text.replacing("1.5", with: "2.5"), operations: OperationRegistry()).graph
    #expect(other.keys != graph.keys)
  }

  @Test("cannot be encoded by an encoder that does not know it")
  func foreignEncoder() throws {
    let text = layer(#""operation": "other", "parameters": {}"#)
    let operation = try TaskGraph.decode(json: text, operations: sampleOperations).graph.layers[0].operation
    #expect {
      try JSONSlot.tree(of: Wrapper(inner: operation), path: [])
    } throws: {
      JSONPlace.describe($0) == "inner: the operation 'other' is not registered, and can be written as JSON only"
    }
  }
}

/// Encodes an operation by hand, as it should not.
private struct Wrapper: Encodable {
  let inner: any TaskOperation

  private enum CodingKeys: CodingKey { case inner }

  func encode(to encoder: any Encoder) throws {
    var container = encoder.container(keyedBy: CodingKeys.self)
    try inner.encode(to: container.superEncoder(forKey: .inner))
  }
}
