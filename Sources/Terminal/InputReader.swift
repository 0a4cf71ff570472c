internal import Dispatch
internal import Glibc

/// What came from standard input, with the monotonic time at which it came.
public enum Input: Equatable, Sendable {
  case bytes([UInt8], at: SuspendingClock.Instant)
  /// Nothing more will come: the end of the file, or the terminal is gone.
  case end(at: SuspendingClock.Instant)
}

/// A thread that reads standard input and does nothing else, so that the time of a key is the time it was pressed and
/// not the time the program got round to it.
public enum InputReader {
  /// Starts the thread. `deliver` is called on it and must be quick (post to a ``Mailbox``); after ``Input/end(at:)``
  /// it is not called again.
  public static func start(descriptor: Int32 = 0, deliver: @escaping @Sendable (Input) -> Void) {
    // A serial queue that is never free again is a thread of its own.
    DispatchQueue(label: "input").async {
      withUnsafeTemporaryAllocation(byteCount: 65536, alignment: 16) { buffer in
        while true {
          waitForInput(descriptor)
          let count = read(descriptor, buffer.baseAddress, buffer.count)
          let error = errno
          let now = SuspendingClock.now
          if count > 0 {
            deliver(.bytes([UInt8](buffer[..<count]), at: now))
          } else if count < 0, error == EINTR {
            continue
          } else if count < 0, error == EAGAIN {
            waitUntilReady(descriptor, for: Int16(POLLIN))
          } else if count < 0, error == EIO, !TerminalKeeper.isInForeground(descriptor) {
            // It went to the background in between.
            continue
          } else {
            return deliver(.end(at: now))
          }
        }
      }
    }
  }
}

/// Blocks until there is something to read that is for this program. Whoever has begun to read from a terminal takes what is
/// typed there from the shell that got it back meanwhile.
private func waitForInput(_ descriptor: Int32) {
  waitUntilReady(descriptor, for: Int16(POLLIN))
  while !TerminalKeeper.isInForeground(descriptor) {
    usleep(50_000)
    waitUntilReady(descriptor, for: Int16(POLLIN))
  }
}

/// Blocks until `descriptor` can be read or written without blocking, or is broken.
func waitUntilReady(_ descriptor: Int32, for events: Int16) {
  var request = pollfd(fd: descriptor, events: events, revents: 0)
  _ = poll(&request, 1, -1)
}

/// Writes all of `text`, waiting where the other side is slow; false when it cannot be written.
func writeAll(_ descriptor: Int32, _ text: String) -> Bool {
  var text = text
  return text.withUTF8 { bytes in
    var rest = UnsafeRawBufferPointer(bytes)
    while !rest.isEmpty {
      let count = write(descriptor, rest.baseAddress, rest.count)
      if count >= 0 {
        rest = UnsafeRawBufferPointer(rebasing: rest[count...])
      } else if errno == EAGAIN {
        waitUntilReady(descriptor, for: Int16(POLLOUT))
      } else if errno != EINTR {
        return false
      }
    }
    return true
  }
}
