internal import Synchronization

/// Ties monotonic time to frames.
///
/// Every read says: at this moment the device had delivered, or held ready, so many frames. Each such observation gives
/// the moment of frame 0; their running median over 10 s shrugs off late wake-ups and follows a device whose quartz
/// runs a little fast or slow. One thread observes and publishes; any thread may ask.
final class FrameClock: @unchecked Sendable {  // the window belongs to the observing thread, the atomic to all
  private struct Observation {
    var at: Int64
    var offset: Int64
  }

  let timeline: Timeline
  private let rate: Int
  private static let span: Int64 = 10_000_000_000
  private static let recent: Int64 = 2_000_000_000
  private static let most = 1024
  /// Observations after which the clock is as good as it gets: the first few come with a stream's start and may be 15 ms
  /// off.
  private static let enough = 12
  private static let tooLate: Int64 = 100_000_000
  private static let unknown = Int64.min
  private let offset = Atomic<Int64>(FrameClock.unknown)
  private let settled = Atomic<Bool>(false)
  private var window: [Observation] = []

  init(timeline: Timeline, rate: Int) {
    self.timeline = timeline
    self.rate = rate
    window.reserveCapacity(Self.most + 1)
  }

  // MARK: Any thread

  /// True a quarter of a second into a live stream.
  var isSettled: Bool { settled.load(ordering: .acquiring) }

  /// False until the first observation.
  var isRunning: Bool { offset.load(ordering: .acquiring) != Self.unknown }

  /// The frame at `nanoseconds` of the timeline, possibly below zero; nil until the first observation.
  func frame(at nanoseconds: Int64) -> Int? {
    let offset = offset.load(ordering: .acquiring)
    guard offset != Self.unknown else { return nil }
    return Int((Double(nanoseconds - offset) * Double(rate) / 1e9).rounded())
  }

  func frame(at instant: SuspendingClock.Instant) -> Int? { frame(at: timeline.nanoseconds(instant)) }

  /// Seconds since frame 0 at that moment; 0 before it.
  func time(at instant: SuspendingClock.Instant) -> Double {
    let offset = offset.load(ordering: .acquiring)
    guard offset != Self.unknown else { return 0 }
    return max(0, Double(timeline.nanoseconds(instant) - offset) / 1e9)
  }

  // MARK: The observing thread

  /// At `at`, `frames` frames of the recording had been heard: those in the file and those still in the device.
  func observe(at: Int64, frames: Int) {
    window.append(Observation(at: at, offset: at - Int64(Double(frames) * 1e9 / Double(rate))))
    let old = window.firstIndex { $0.at > at - Self.span } ?? window.count - 1
    window.removeFirst(max(old, window.count - Self.most))
    if !isRunning { publish() }
    if window.count == Self.enough {
      publish()
      settled.store(true, ordering: .releasing)
    }
  }

  /// Makes what was observed since the last time known to all.
  func publish() {
    let known = offset.load(ordering: .relaxed)
    // Sound that is far too late says nothing about the clock: after a stall a server delivers old sound in a burst, and
    // where it left sound out, `missing` will say so.
    let usual = window.filter { known == Self.unknown || $0.offset - known < Self.tooLate }
    guard !usual.isEmpty else { return }
    offset.store(usual.map(\.offset).sorted()[usual.count / 2], ordering: .releasing)
  }

  /// Frames the device left out without saying so: for two seconds every read has come too late for the frames it
  /// brought, and by the same time. A sound server does that after a long stall. Zero when nothing is missing.
  func missing() -> Int {
    guard isRunning, let last = window.last,
      let split = window.firstIndex(where: { $0.at > last.at - Self.recent }), split > 0
    else { return 0 }
    let known = offset.load(ordering: .relaxed)
    let (least, most) = window[(split - 1)...].reduce((Int64.max, Int64.min)) { range, observation in
      (min(range.0, observation.offset), max(range.1, observation.offset))
    }
    guard least - known >= Self.tooLate, most - least < Self.tooLate else { return 0 }
    return Int(Double(least - known) * Double(rate) / 1e9)
  }

  /// Forgets observations that a gap of `frames`, inserted only now, has made wrong.
  func correct(by frames: Int) {
    let shift = Int64(Double(frames) * 1e9 / Double(rate))
    guard let last = window.last else { return }
    for index in window.indices where window[index].at > last.at - Self.recent { window[index].offset -= shift }
  }
}
