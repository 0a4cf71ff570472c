internal import Glibc

/// The time a computer sleeps, which ``SuspendingClock`` leaves out.
public enum ComputerSleep {
  /// How long this computer has slept since it was started.
  public static func soFar() -> Duration {
    func now(_ clock: clockid_t) -> Duration {
      var time = timespec()
      clock_gettime(clock, &time)
      return .seconds(time.tv_sec) + .nanoseconds(time.tv_nsec)
    }
    return now(CLOCK_BOOTTIME) - now(CLOCK_MONOTONIC)
  }
}

extension Duration {
  /// Whole nanoseconds: the form in which moments go through atomics and the ring.
  var nanoseconds: Int64 {
    let (seconds, attoseconds) = components
    return seconds * 1_000_000_000 + attoseconds / 1_000_000_000
  }
}

/// Monotonic moments as nanoseconds since a base moment, so that threads can share them without a lock.
struct Timeline: Sendable {
  let base: SuspendingClock.Instant

  func nanoseconds(_ instant: SuspendingClock.Instant) -> Int64 { base.duration(to: instant).nanoseconds }
}
