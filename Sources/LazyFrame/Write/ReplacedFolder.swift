import Glibc
import Synchronization
import TaskGraph

/// A folder of files `part-00000.csv`, … that appears under its name only when it is complete, or stays what it was.
///
/// It is filled beside its place and renamed by `finish()`. A link stays a link. A folder that is there is replaced only if
/// nothing but such files is in it. One that is not finished is removed by `discard()`.
final class ReplacedFolder: Sendable {
  private static let prefix = "part-"

  /// As it is called in messages.
  let path: String
  private let place: String
  private let replaces: Bool
  private let unfinished: String
  /// Whether it has its name, or is removed.
  private let isSettled = Atomic(false)

  /// - Throws: `LazyFrameError` when no folder can be made there.
  init(_ path: String) throws {
    self.path = path
    var status = stat()
    replaces = stat(path, &status) == 0
    if replaces {
      guard status.st_mode & S_IFMT == S_IFDIR else { throw LazyFrameError(writing: path, SystemError(ENOTDIR)) }
      let real = realpath(path, nil)
      defer { free(real) }
      place = real.map { String(cString: $0) } ?? path
      try ReplacedFolder.checkContents(of: place, path)
    } else {
      guard errno == ENOENT else { throw LazyFrameError(writing: path, SystemError(errno)) }
      if path.isEmpty || lstat(path, &status) == 0 { throw LazyFrameError(writing: path, SystemError(ENOENT)) }
      place = String(path.reversed().drop { $0 == "/" }.reversed())
    }
    unfinished = ReplacedFile.unfinishedPath(beside: place)
    guard mkdir(unfinished, 0o777) == 0 else { throw LazyFrameError(writing: path, SystemError(errno)) }
    if replaces { chmod(unfinished, status.st_mode & 0o7777) }
  }

  deinit { discard() }

  /// Whatever is in the folder that is replaced goes with it, so there must be nothing but what was written here before.
  private static func checkContents(of place: String, _ path: String) throws {
    guard let names = ReplacedFolder.names(in: place) else { throw LazyFrameError(writing: path, SystemError(errno)) }
    if let other = names.first(where: { !ReplacedFolder.isPart($0, in: place) }) {
      throw LazyFrameError(
        .output, "cannot write \(path): the folder holds other files, such as '\(other)'",
        hint: "name a new folder, or one that holds nothing but files such as 'part-00000.csv'")
    }
  }

  /// Whether a name is one that `file(_:ending:)` gives, and that of a file.
  private static func isPart(_ name: String, in folder: String) -> Bool {
    let words = name.split(separator: ".", maxSplits: 1)
    guard words.count == 2, words[0].hasPrefix(prefix), TextFormat.endings.contains(String(words[1])) else {
      return false
    }
    let digits = words[0].dropFirst(prefix.count)
    var status = stat()
    return digits.count >= 5 && digits.allSatisfy { $0.isASCII && $0.isNumber }
      && lstat("\(folder)/\(name)", &status) == 0
      && status.st_mode & S_IFMT == S_IFREG
  }

  /// Removes the folder if it is not finished. The last reference may be that of a thread which is still tidying up after a run.
  func discard() {
    if !isSettled.exchange(true, ordering: .acquiringAndReleasing) { ReplacedFolder.remove(unfinished) }
  }

  /// Begins a file.
  func file(_ index: Int, ending: String) throws -> any TextFile {
    let digits = String(index)
    let name = "\(ReplacedFolder.prefix)\(String(repeating: "0", count: max(0, 5 - digits.count)))\(digits).\(ending)"
    return try Part(folder: self, name: name)
  }

  /// Removes what is in the unfinished folder.
  func removeFiles() {
    for name in ReplacedFolder.names(in: unfinished) ?? [] { unlink("\(unfinished)/\(name)") }
  }

  /// Gives the complete folder its name.
  ///
  /// - Throws: `LazyFrameError`.
  func finish() throws {
    let folder = open(unfinished, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
    guard folder >= 0, fsync(folder) == 0 else { throw LazyFrameError(writing: path, SystemError(errno)) }
    close(folder)
    guard replaces else {
      guard rename(unfinished, place) == 0 else { throw LazyFrameError(writing: path, SystemError(errno)) }
      return isSettled.store(true, ordering: .releasing)
    }
    try ReplacedFolder.checkContents(of: place, path)
    // Where the file system can exchange two names, there is a folder under the name at every moment.
    if exchangeNames?(AT_FDCWD, unfinished, AT_FDCWD, place, exchangeFlag) != 0 {
      let old = ReplacedFile.unfinishedPath(beside: place)
      guard rename(place, old) == 0 else { throw LazyFrameError(writing: path, SystemError(errno)) }
      guard rename(unfinished, place) == 0 else {
        let code = errno
        rename(old, place)
        throw LazyFrameError(writing: path, SystemError(code))
      }
      rename(old, unfinished)
    }
    // What was there before now has the hidden name.
    discard()
  }

  private static func remove(_ folder: String) {
    for name in names(in: folder) ?? [] { unlink("\(folder)/\(name)") }
    rmdir(folder)
  }

  /// Nil, with the reason in `errno`, where they cannot be read.
  private static func names(in path: String) -> [String]? {
    guard let folder = opendir(path) else { return nil }
    defer { closedir(folder) }
    var names: [String] = []
    while let entry = readdir(folder) {
      let name = withUnsafeBytes(of: entry.pointee.d_name) { String(decoding: $0.prefix { $0 != 0 }, as: UTF8.self) }
      if name != ".", name != ".." { names.append(name) }
    }
    return names.sorted()
  }

  /// A file of the folder.
  private final class Part: TextFile {
    let path: String?
    private let finalPath: String
    /// -1 once it is closed: there may be more parts than a program can have open.
    private let descriptor: Atomic<Int32>

    init(folder: ReplacedFolder, name: String) throws {
      finalPath = "\(folder.path.hasSuffix("/") ? String(folder.path.dropLast()) : folder.path)/\(name)"
      path = finalPath
      let opened = open("\(folder.unfinished)/\(name)", O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0o666)
      descriptor = Atomic(opened)
      guard opened >= 0 else { throw LazyFrameError(writing: finalPath, SystemError(errno)) }
    }

    deinit {
      let open = descriptor.load(ordering: .relaxed)
      if open >= 0 { Glibc.close(open) }
    }

    func write(_ bytes: UnsafeRawBufferPointer) throws {
      do { try SystemError.writeAll(bytes, to: descriptor.load(ordering: .acquiring)) } catch {
        throw LazyFrameError(writing: finalPath, error)
      }
    }

    func close() throws {
      let open = descriptor.exchange(-1, ordering: .acquiringAndReleasing)
      defer { Glibc.close(open) }
      guard fsync(open) == 0 else { throw LazyFrameError(writing: finalPath, SystemError(errno)) }
    }
  }
}

// The C library declares this for GNU sources only, which Swift's module of it is not.
private let exchangeFlag: UInt32 = 2
private let exchangeNames = dlsym(nil, "renameat2").map {
  unsafeBitCast(
    $0, to: (@convention(c) (Int32, UnsafePointer<CChar>, Int32, UnsafePointer<CChar>, UInt32) -> Int32).self)
}
