import TaskGraph
import Testing

@Suite("Arguments of delayed functions") struct DelayedArgumentTests {
  private struct Point: Equatable { var x = 1 }
  private struct Settings: DelayedArgument, Equatable { var scale = 3 }

  @Test("are values and delayed values, mixed")
  func mixed() throws {
    let one = increment(0)
    #expect(try evaluate(increment(4)) == 5)
    #expect(try evaluate(increment(one)) == 2)
    #expect(try evaluate(add(3, 4)) == 7)
    #expect(try evaluate(add(one, 4)) == 5)
    #expect(try evaluate(add(4, one)) == 5)
    #expect(try evaluate(add(one, increment(one))) == 3)
    #expect(try evaluate(add(one, Delayed(5))) == 6)
  }

  @Test("may be any number, or none")
  func count() throws {
    #expect(try evaluate(delayed("answer") { 42 }()) == 42)
    let five = delayed("join") { (a: Int, b: String, c: Double, d: Bool, e: [Int]) in "\(a) \(b) \(c) \(d) \(e)" }
    let text = five(increment(0), "b", Delayed(2.5), true, [increment(1), Delayed(7)])
    #expect(try evaluate(text) == "1 b 2.5 true [2, 7]")
    #expect(try evaluate(five(1, "b", 2.5, true, [])) == "1 b 2.5 true []")
  }

  @Test("are arrays, dictionaries and optionals of delayed values, one inside the other")
  func containers() throws {
    let (one, two) = (increment(0), increment(1))
    #expect(try evaluate(total([one, two, one])) == 4)
    #expect(try evaluate(total([])) == 0)
    #expect(try evaluate(total([Delayed<Int>]())) == 0)
    #expect(try evaluate(total([1, 2])) == 3)
    let nested = delayed("nested") { (lists: [String: [[Int]]]) in
      lists.sorted { $0.key < $1.key }.map { "\($0)\($1)" }.joined()
    }
    #expect(try evaluate(nested(["b": [[one, two], []], "a": [[two]]])) == "a[[2]]b[[1, 2], []]")
    #expect(try evaluate(nested(["a": [[1]]])) == "a[[1]]")
    let lists = delayed("lists") { (lists: [[Int]]) in lists.count }
    #expect(try evaluate(lists([delayed("range") { (count: Int) in Array(0..<count) }(two)])) == 1)
    let optional = delayed("optional") { (x: Int?) in x ?? -1 }
    #expect(try evaluate(optional(nil)) == -1)
    #expect(try evaluate(optional(5)) == 5)
    #expect(try evaluate(optional(Optional(one))) == 1)
    #expect(try evaluate(optional(Optional<Delayed<Int>>.none)) == -1)
    #expect(try evaluate(optional(one.map("wrap") { Optional($0) })) == 1)
    #expect(try evaluate(optional(one.map("nothing") { _ in Int?.none })) == -1)
  }

  @Test("are an array that another call gives")
  func wholeArray() throws {
    let numbers = delayed("numbers") { (count: Int) in Array(0..<count) }
    #expect(try evaluate(total(numbers(increment(3)))) == 6)
  }

  @Test("are values of one's own types")
  func ownTypes() throws {
    let point = delayed("point") { (point: Point, x: Int) in point.x + x }
    #expect(try evaluate(point(Point(), 2)) == 3)
    #expect(try evaluate(point(Delayed(Point()), increment(1))) == 3)
    let scaled = delayed("scaled") { (settings: Settings, x: Int) in settings.scale * x }
    #expect(try evaluate(scaled(Settings(), increment(1))) == 6)
    #expect(try evaluate(delayed("same") { (all: [Settings]) in all }([Settings(scale: 1)])) == [Settings(scale: 1)])
  }

  @Test("may be of a type that holds any value, and delayed values are still computed first")
  func existentials() throws {
    let text = delayed("text") { (value: any Sendable) in "\(value)" }
    #expect(try evaluate(text(3)) == "3")
    #expect(try evaluate(text(increment(1).map("erase") { $0 as any Sendable })) == "2")
    let texts = delayed("texts") { (values: [any Sendable]) in "\(values)" }
    #expect(try evaluate(texts([increment(1).map("erase") { $0 as any Sendable }])) == "[2]")
  }

  @Test("are tuples, functions' results of any type, and other delayed values' properties")
  func results() throws {
    let pair = delayed("pair") { (x: Int) in (x, "\(x)") }
    let join = delayed("join") { (pair: (Int, String)) in "\(pair.0)\(pair.1)" }
    #expect(try evaluate(join(pair(1))) == "11")
    #expect(try evaluate(pair(1).map("first") { $0.0 }) == 1)
    #expect(try evaluate(Delayed([1, 2, 3]).map("count", \.count)) == 3)
    #expect(try evaluate(Delayed(7)) == 7)
  }

  @Test("are other lazy collections, as their computed values")
  func collections() throws {
    let double = delayed("double") { (x: String) in x + x }
    #expect(try evaluate(double(Fixed(text: "a"))) == "aa")
    #expect(try evaluate(double(Delayed(Fixed(text: "b")))) == "bb")
    #expect(try evaluate(Delayed(Fixed(text: "c"))) == "c")
    let join = delayed("join") { (texts: [String]) in texts.joined() }
    #expect(try evaluate(join([Fixed(text: "d"), Fixed(text: "e")])) == "de")
  }

  @Test("of another type than the function's parameter are found when it runs, if the compiler could not")
  func wrongType() throws {
    let (graph, _) = try lowered(add(1, increment(2)))
    let error = #expect(throws: ResultTypeError.self) {
      try graph.layers[1].operation.run(TaskContext(index: 0, inputs: ["three"]))
    }
    #expect(error?.description == "input 1 is of the type String, and Int was expected")
    let (list, _) = try lowered(total([increment(2), increment(3)]))
    let other = #expect(throws: ResultTypeError.self) {
      try list.layers[1].operation.run(TaskContext(index: 0, inputs: [3, 2.5]))
    }
    #expect(other?.description == "input 2 is of the type Double, and Int was expected")
    let result = #expect(throws: ResultTypeError.self) { try increment(2).computed("three") }
    #expect(result?.description == "the result is of the type String, and Int was expected")
  }
}

/// A collection whose task gives the letters of its text.
private struct Fixed: LazyCollection {
  typealias Computed = String
  let text: String

  struct Letters: TaskOperation {
    static let wireName = "test-letters"
    let text: String
    func run(_ task: TaskContext) throws -> any Sendable { Array(text) }
  }

  func addTasks(to builder: inout GraphBuilder) throws -> TaskID {
    builder.graph.addLayer("letters", Letters(text: text), dependencies: [[]])[0]
  }

  func computed(_ result: any Sendable) throws -> String { String(result as? [Character] ?? []) }
}
