import Glibc

/// Talks to a child process until it has said all: sends it a text, and receives its output and its complaints.
struct StreamExchange {
  /// What the child wrote to the socket that it also read from.
  private(set) var received: [UInt8] = []
  /// What it wrote to the other one, as far as anybody will read it.
  var complaints: String { String(decoding: errorBytes, as: UTF8.self) }

  private var errorBytes: [UInt8] = []
  private var unsent: ArraySlice<UInt8>
  private var stream: pollfd
  private var errors: pollfd
  private var buffer = [UInt8](repeating: 0, count: 1 << 16)

  init(sending text: String, over stream: Int32, listeningTo errors: Int32) {
    unsent = Array(text.utf8)[...]
    self.stream = pollfd(fd: stream, events: Int16(POLLIN | POLLOUT), revents: 0)
    self.errors = pollfd(fd: errors, events: Int16(POLLIN), revents: 0)
  }

  mutating func run() {
    // A negative descriptor is one that nothing more comes from.
    while stream.fd >= 0 || errors.fd >= 0 {
      var both = [stream, errors]
      // Interrupted by a signal, or short of memory for a moment.
      guard poll(&both, 2, -1) > 0 else { continue }
      if both[0].revents & Int16(POLLOUT) != 0 { send() }
      if both[0].revents & ~Int16(POLLOUT) != 0, !receive(from: stream.fd, into: \.received) { stream.fd = -1 }
      if both[1].revents != 0, !receive(from: errors.fd, into: \.errorBytes) { errors.fd = -1 }
      if errorBytes.count > 1 << 12 { errorBytes.removeLast(errorBytes.count - 1 << 12) }
    }
  }

  private mutating func send() {
    let flags = Int32(MSG_NOSIGNAL | MSG_DONTWAIT)
    let count = unsent.withUnsafeBytes { Glibc.send(stream.fd, $0.baseAddress, $0.count, flags) }
    if count >= 0 {
      unsent.removeFirst(count)
    } else if errno != EAGAIN, errno != EINTR {
      // The child reads no more. Why, its complaints and its status say.
      unsent = []
    }
    if unsent.isEmpty {
      stream.events = Int16(POLLIN)
      shutdown(stream.fd, Int32(SHUT_WR))
    }
  }

  /// Returns false at the end of the stream.
  private mutating func receive(from descriptor: Int32, into bytes: WritableKeyPath<Self, [UInt8]>) -> Bool {
    let count = recv(descriptor, &buffer, buffer.count, Int32(MSG_DONTWAIT))
    if count > 0 { self[keyPath: bytes] += buffer[..<count] }
    return count > 0 || (count < 0 && (errno == EAGAIN || errno == EINTR))
  }
}
