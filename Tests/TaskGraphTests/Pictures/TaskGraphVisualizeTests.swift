@preconcurrency import Glibc
import TaskGraph
import TestSupport
import Testing

@Suite("Drawing a graph")
struct TaskGraphVisualizeTests {
  private let folder = TemporaryFolder()

  @Test("writes the text for .dot and .gv", arguments: ["graph.dot", "graph.gv", "GRAPH.DOT"])
  func text(name: String) throws {
    let (graph, output) = mergedSources(4)
    let colouring = PictureColouring.order(graph.priorities(outputs: [output]))
    try graph.visualize(folder.path(name), detail: .layers, colouring: colouring)
    #expect(folder.contents(name) == graph.dot(detail: .layers, colouring: colouring))
    #expect(folder.names == [name])
  }

  @Test(
    "writes a picture of the kind that the ending asks for", .enabled(if: hasGraphviz, needsGraphviz),
    arguments: [("graph.svg", "<?xml"), ("graph.png", "\u{89}PNG"), ("graph.pdf", "%PDF"), ("Graph.SVG", "<?xml")])
  func pictures(name: String, beginning: String) throws {
    try mergedSources(4).graph.visualize(folder.path(name))
    #expect(
      folder.bytes(name).prefix(beginning.unicodeScalars.count).elementsEqual(
        beginning.unicodeScalars.map { UInt8($0.value) }))
    #expect(folder.names == [name])
  }

  @Test("gives an element for a page of HTML", .enabled(if: hasGraphviz, needsGraphviz))
  func element() throws {
    let (graph, output) = mergedSources(4)
    let text = try graph.svg(colouring: .order(graph.priorities(outputs: [output])))
    #expect(text.hasPrefix("<svg ") && text.hasSuffix("</svg>\n"))
    #expect(text.contains(">source[3]</text>") && text.contains(">order of running</text>"))
    #expect(text.contains("xlink:title=\"\(graph.key(of: TaskID(index: 3)).replacing("-", with: "&#45;"))\""))
  }

  @Test(
    "shows names as they are", .enabled(if: hasGraphviz, needsGraphviz),
    arguments: [
      ("a \"b\" <c> &amp;", "a &quot;b&quot; &lt;c&gt; &amp;amp;"), ("\\N\\n\\", "\\N\\n\\"),
      ("größe 日本 😀", "größe 日本 😀"),
      ("\0\u{1B}\u{FFFF}", "\u{FFFD}\u{FFFD}\u{FFFD}"), ("{a|b}", "{a|b}"),
    ])
  func names(name: String, shown: String) throws {
    var graph = TaskGraph()
    graph.addLayer(name, Source(), dependencies: [[]])
    let text = try graph.svg()
    #expect(text.contains(">\(shown)</text>"))
    #expect(text.contains("xlink:title=\"\(shown)&#45;"))
  }

  @Test(
    "is quick for the largest pictures that are drawn unasked", .enabled(if: hasGraphviz, needsGraphviz))
  func largest() throws {
    // Long arrows are what Graphviz needs most time for: minutes, if it is not told to stop looking for something better.
    var graph = TaskGraph()
    let data = graph.addLayer("data", Source(), kind: .data, dependencies: [[]])
    var last = data
    for number in 0..<60 { last = graph.addLayer("step-\(number)", Merge(), dependencies: [data + last]) }
    #expect(try graph.svg().contains(">step&#45;59</text>"))
  }

  @Test("replaces a file, keeps its permissions, and a link stays a link")
  func replacing() throws {
    let (graph, _) = mergedSources(2)
    #expect(folder.shell("echo old >old.dot; chmod 640 old.dot; ln -s old.dot link.dot") == 0)
    try graph.visualize(folder.path("link.dot"))
    #expect(folder.contents("old.dot") == graph.dot())
    #expect(folder.shell("test -L link.dot && test \"$(stat -c %a old.dot)\" = 640") == 0)
    #expect(folder.names == ["link.dot", "old.dot"])
  }

  @Test("writes directly to what is no file")
  func device() {
    #expect(folder.shell("ln -s /dev/full full.dot") == 0)
    let error = #expect(throws: PictureError.self) { try mergedSources(2).graph.visualize(folder.path("full.dot")) }
    #expect(error?.code == .unwritable)
    #expect(
      error?.description == """
        cannot write \(folder.path)/full.dot: no space left on device
        make room on the disk, or write elsewhere
        """)
  }

  @Test(
    "is refused when the name says nothing, before anything is drawn",
    arguments: ["graph", "graph.jpeg", "svg", "folder.svg/", "graph.dot "])
  func endings(name: String) {
    let error = #expect(throws: PictureError.self) { try mergedSources(2).graph.visualize(name) }
    #expect(error?.code == .unknownEnding)
    #expect(
      error?.description == """
        '\(name)' has no ending that says what to write
        end it in .dot for text, or in .svg, .png, .pdf for a picture
        """)
  }

  @Test("says why a file cannot be written, and leaves nothing")
  func unwritable() {
    let (graph, _) = mergedSources(2)
    #expect(folder.shell("mkdir folder.dot; touch file") == 0)
    let cases = [
      ("missing/a.dot", "no such file or directory\nmake the folder first"),
      ("file/a.dot", "not a directory"),
      ("folder.dot", "is a directory\nname a file in it: \(folder.path)/folder.dot/graph.svg"),
      (String(repeating: "x", count: 300) + ".dot", "file name too long"),
    ]
    for (name, reason) in cases {
      let error = #expect(throws: PictureError.self) { try graph.visualize(folder.path(name)) }
      #expect(error?.code == .unwritable)
      #expect(error?.description == "cannot write \(folder.path)/\(name): \(reason)")
    }
    #expect(folder.names == ["file", "folder.dot"])
  }

  @Test("leaves what was there when the disk has no more room")
  func fullDisk() async {
    await #expect(processExitsWith: .success) {
      await TemporaryFolder.exit { folder in
        let (graph, _) = mergedSources(64)
        _ = folder.shell("echo old >graph.dot")
        signal(SIGXFSZ, SIG_IGN)
        var limit = rlimit(rlim_cur: 512, rlim_max: 512)
        setrlimit(__rlimit_resource_t(RLIMIT_FSIZE.rawValue), &limit)
        do throws(PictureError) {
          try graph.visualize(folder.path("graph.dot"), detail: .tasks)
        } catch {
          let isRight = error.message == "cannot write \(folder.path)/graph.dot: file too large"
          return isRight && folder.contents("graph.dot") == "old\n" && folder.names == ["graph.dot"]
        }
        return false
      }
    }
  }

  @Test("says how to get Graphviz where it is not installed, and leaves nothing")
  func missingGraphviz() async {
    await #expect(processExitsWith: .success) {
      await TemporaryFolder.exit { folder in
        let (graph, _) = mergedSources(2)
        let path = getenv("PATH").map { String(cString: $0) } ?? ""
        setenv("PATH", "/nonexistent", 1)
        do throws(PictureError) {
          try graph.visualize(folder.path("graph.png"))
        } catch {
          setenv("PATH", path, 1)
          return error.code == .missingProgram && folder.names.isEmpty
        }
        return false
      }
    }
  }
}

/// Why a test was passed over.
private let needsGraphviz: Comment = "needs Graphviz: apt-get install graphviz"
