import Dispatch
import Synchronization

/// Everything that happens to a program, in the order it was posted: an unbounded first-in-first-out queue.
///
/// Any thread posts; one thread, usually the main one, takes the messages and acts on them.
public final class Mailbox<Message: Sendable>: Sendable {
  private struct Queue {
    var arriving: [Message] = []
    /// Newest first, so that taking the oldest is `popLast`.
    var leaving: [Message] = []

    mutating func take() -> Message? {
      if leaving.isEmpty {
        leaving = arriving.reversed()
        arriving.removeAll()
      }
      return leaving.popLast()
    }
  }

  private let queue = Mutex(Queue())
  /// Counts the messages in the queue.
  private let waiting = DispatchSemaphore(value: 0)

  public init() {}

  /// Adds a message at the end. Never waits longer than another thread takes to add or take one.
  public func post(_ message: Message) {
    queue.withLock { $0.arriving.append(message) }
    waiting.signal()
  }

  /// The oldest message; waits for one when there is none, until `deadline` (for ever when nil), and is nil when none
  /// came. A message that is already there is delivered even past the deadline.
  public func next(until deadline: SuspendingClock.Instant? = nil) -> Message? {
    let timeout: DispatchTime
    if let deadline {
      let remaining = min(max(SuspendingClock.now.duration(to: deadline), .zero), .seconds(1_000_000))
      timeout = .now() + .nanoseconds(Int(remaining / .nanoseconds(1)))
    } else {
      timeout = .distantFuture
    }
    guard waiting.wait(timeout: timeout) == .success else { return nil }
    return queue.withLock { $0.take() }
  }
}
