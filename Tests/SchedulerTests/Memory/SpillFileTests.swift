import Glibc
import TaskGraph
import TestSupport
import Testing

@testable import Scheduler

@Suite("The file for results that wait")
struct SpillFileTests {
  @Test("gives back what was written, whatever its size", arguments: [0, 1, 4095, 4096, 65_536, 65_537, 1_000_003])
  func roundTrip(size: Int) throws {
    let file = try SpillFile(folder: "/tmp")
    var generator = SplitMix64(seed: UInt64(size))
    let bytes = (0..<size).map { _ in UInt8.random(in: 0...255, using: &generator) }
    let region = try file.write(bytes)
    let others = try (0..<3).map { _ in try file.write([size, 1, 2]) }
    #expect(try file.read([UInt8].self, from: region) as? [UInt8] == bytes)
    for other in others { #expect(try file.read([Int].self, from: other) as? [Int] == [size, 1, 2]) }
  }

  @Test("keeps the bits of numbers and the scalars of strings")
  func types() throws {
    let file = try SpillFile(folder: "/tmp")
    let doubles = [0.1, -0.0, .infinity, .nan, .leastNonzeroMagnitude, Double(nan: 7, signaling: false)]
    let read = try file.read([Double].self, from: file.write(doubles)) as? [Double]
    #expect(read?.map(\.bitPattern) == doubles.map(\.bitPattern))
    let text = "größe \u{0} \u{301}👩‍👩‍👧 \r\n"
    let string = try file.read(String.self, from: file.write(text)) as? String
    #expect(string.map { Array($0.unicodeScalars) } == Array(text.unicodeScalars))
    #expect(try file.read([Bool].self, from: file.write([true, false])) as? [Bool] == [true, false])
  }

  @Test("says which type could not write or read itself, and gives the space back")
  func foreignErrors() throws {
    let file = try SpillFile(folder: "/tmp")
    let writing = #expect(throws: SpillError.self) { try file.write(Stubborn(refusesToWrite: true)) }
    #expect(writing?.message == "a result of the type Stubborn cannot be written to the spill file: Refusal()")
    #expect(file.diskBytes == 0)
    let region = try file.write(Stubborn(refusesToWrite: false))
    let reading = #expect(throws: SpillError.self) { try file.read(Stubborn.self, from: region) }
    #expect(reading?.message == "a result of the type Stubborn cannot be read back from the spill file: Refusal()")
  }

  @Test("gives the disk its space back")
  func space() throws {
    let file = try SpillFile(folder: "/tmp")
    let regions = try (0..<10).map { try file.write([UInt8](repeating: UInt8($0), count: 100_000)) }
    let full = file.diskBytes
    #expect(full >= 1_000_000)
    for region in regions.dropFirst() { file.free(region) }
    #expect(file.diskBytes <= full / 5)
    #expect(try file.read([UInt8].self, from: regions[0]) as? [UInt8] == [UInt8](repeating: 0, count: 100_000))
    file.free(regions[0])
    #expect(file.diskBytes == 0)
  }

  @Test("has no name, so nothing is left of it")
  func nameless() throws {
    let file = try SpillFile(folder: "/tmp")
    _ = try file.write([1, 2, 3])
    let folder = try #require(opendir("/tmp"))
    defer { closedir(folder) }
    while let entry = readdir(folder) {
      let name = withUnsafeBytes(of: entry.pointee.d_name) { String(decoding: $0.prefix { $0 != 0 }, as: UTF8.self) }
      #expect(!name.hasPrefix("lazyframe-spill-") || name.hasPrefix("lazyframe-spill-test-"))
    }
  }

  @Test(
    "says why a folder cannot take it",
    arguments: [("/proc", "no such file or directory"), ("/dev/null", "not a directory")])
  func badFolder(folder: String, reason: String) throws {
    let error = try #require(throws: SpillError.self) { try SpillFile(folder: folder) }
    #expect(error.message == "cannot make a file in the spill folder \(folder): \(reason)")
  }
}

private struct Refusal: Error {}

/// Refuses to be read, and perhaps to be written to its end.
private struct Stubborn: Spillable {
  let refusesToWrite: Bool
  var byteCount: Int { 100_000 }

  init(refusesToWrite: Bool) { self.refusesToWrite = refusesToWrite }

  func write(to file: inout some SpillWriter) throws {
    try file.write(plain: [UInt8](repeating: 1, count: 100_000))
    if refusesToWrite { throw Refusal() }
  }

  init(reading file: inout some SpillReader) throws { throw Refusal() }
}
