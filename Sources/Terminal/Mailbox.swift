internal import Glibc

/// Everything that happens to a program, in the order it was posted: an unbounded first-in-first-out queue.
///
/// Any thread posts; one thread, usually the main one, takes the messages and acts on them.
public final class Mailbox<Message: Sendable>: @unchecked Sendable {  // the lock guards the queue
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

  private var queue = Queue()
  private let lock = UnsafeMutablePointer<pthread_mutex_t>.allocate(capacity: 1)
  /// Waits by the monotonic clock. A semaphore of Dispatch waits until a moment of the calendar clock: when that was set
  /// back by an hour, it would wait an hour more.
  private let arrival = UnsafeMutablePointer<pthread_cond_t>.allocate(capacity: 1)

  public init() {
    pthread_mutex_init(lock, nil)
    var attributes = pthread_condattr_t()
    pthread_condattr_init(&attributes)
    pthread_condattr_setclock(&attributes, CLOCK_MONOTONIC)
    pthread_cond_init(arrival, &attributes)
    pthread_condattr_destroy(&attributes)
  }

  deinit {
    pthread_cond_destroy(arrival)
    pthread_mutex_destroy(lock)
    arrival.deallocate()
    lock.deallocate()
  }

  /// Adds a message at the end. Never waits longer than another thread takes to add or take one.
  public func post(_ message: Message) {
    pthread_mutex_lock(lock)
    queue.arriving.append(message)
    pthread_mutex_unlock(lock)
    pthread_cond_signal(arrival)
  }

  /// The oldest message; waits for one when there is none, until `deadline` (for ever when nil), and is nil when none
  /// came. A message that is already there is delivered even past the deadline.
  public func next(until deadline: SuspendingClock.Instant? = nil) -> Message? {
    var until = deadline.map(Self.monotonic)
    pthread_mutex_lock(lock)
    defer { pthread_mutex_unlock(lock) }
    while true {
      if let message = queue.take() { return message }
      guard until != nil else {
        pthread_cond_wait(arrival, lock)
        continue
      }
      if pthread_cond_timedwait(arrival, lock, &until!) != 0 { return queue.take() }
    }
  }

  private static func monotonic(_ moment: SuspendingClock.Instant) -> timespec {
    let remaining = min(max(SuspendingClock.now.duration(to: moment), .zero), .seconds(1_000_000))
    var time = timespec()
    clock_gettime(CLOCK_MONOTONIC, &time)
    let nanoseconds = time.tv_nsec + Int(remaining / .nanoseconds(1))
    time.tv_sec += nanoseconds / 1_000_000_000
    time.tv_nsec = nanoseconds % 1_000_000_000
    return time
  }
}
