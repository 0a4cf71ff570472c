internal import Glibc

/// A plain POSIX thread: no pool, no queue, nothing between the code and the scheduler.
struct WorkerThread: Sendable {
  private final class Body: Sendable {
    let run: @Sendable () -> Void
    init(_ run: @escaping @Sendable () -> Void) { self.run = run }
  }

  private let handle: pthread_t

  /// Starts `body` on a thread of its own; nil when the system has none to give. `urgent` asks for real-time scheduling
  /// and takes a refusal for an answer.
  init?(urgent: Bool = false, _ body: @escaping @Sendable () -> Void) {
    var handle = pthread_t()
    let box = Unmanaged.passRetained(Body(body))
    let code = pthread_create(&handle, nil, { WorkerThread.enter($0) }, box.toOpaque())
    guard code == 0 else {
      box.release()
      return nil
    }
    self.handle = handle
    if urgent {
      var priority = sched_param(sched_priority: 10)
      pthread_setschedparam(handle, SCHED_RR, &priority)
    }
  }

  private static func enter(_ argument: UnsafeMutableRawPointer?) -> UnsafeMutableRawPointer? {
    guard let argument else { return nil }
    Unmanaged<Body>.fromOpaque(argument).takeRetainedValue().run()
    return nil
  }

  func join() { pthread_join(handle, nil) }

  static func sleep(milliseconds: Int) {
    var left = timespec(tv_sec: milliseconds / 1000, tv_nsec: milliseconds % 1000 * 1_000_000)
    var rest = timespec()
    while nanosleep(&left, &rest) == -1 && errno == EINTR { left = rest }
  }
}
