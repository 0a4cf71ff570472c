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
