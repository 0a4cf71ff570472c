internal import Synchronization

/// How well monotonic time and the device's frames could be tied together.
public struct ClockQuality: Equatable, Sendable {
  /// How much faster the device's quartz runs than the computer's clock, in parts per million; negative when slower.
  public var drift: Double
  /// Of the predictions for the next second, 99 in 100 were no further off than this, in seconds.
  public var error: Double

  public init(drift: Double, error: Double) {
    self.drift = drift
    self.error = error
  }
}

/// Ties monotonic time to frames.
///
/// Every read says: at this moment the device had delivered, or held ready, so many frames. Each such observation gives
/// the moment of frame 0. Sound can be seen late, because a wake-up was, or because a server handed it on in portions that
/// are not its own, but never early: of a second the earliest tenth is believed. The median of that over 10 s, carried
/// along by the drift (Theil and Sen's median of slopes over a minute), follows a device whose quartz runs a little fast
/// or slow. One thread observes; any thread may ask.
final class FrameClock: @unchecked Sendable {  // what is observed belongs to the observing thread, the estimate to all
  private struct Observation {
    var at: Int64
    /// The moment of frame 0, in nanoseconds of the timeline, as it looked at `at`.
    var offset: Int64
  }

  private struct Estimate {
    var at: Int64
    var offset: Int64
    /// By how much the offset moves, in nanoseconds a nanosecond: negative for a quartz that runs fast.
    var slope = 0.0
    var isSettled = false

    func offset(at moment: Int64) -> Int64 { offset + Int64(slope * Double(moment - at)) }
  }

  let timeline: Timeline
  private let rate: Int
  private static let second: Int64 = 1_000_000_000
  /// Observations after which the clock may be relied on: the first few come with a stream's start and may be 15 ms off.
  private static let enough = 5
  private static let tooLate: Int64 = 100_000_000
  private static let mostInASecond = 256
  private static let secondsForSlope = 60
  private static let secondsForOffset = 10

  private let estimate = Mutex<Estimate?>(nil)
  /// Those of the second that is not over, and of the two before it.
  private var recent: [Observation] = []
  private var secondBegan: Int64?
  /// What whole seconds came to.
  private var seconds: [Observation] = []
  private var errors = ErrorCount()

  init(timeline: Timeline, rate: Int) {
    self.timeline = timeline
    self.rate = rate
  }

  // MARK: Any thread

  /// True some tenths of a second into a live stream.
  var isSettled: Bool { estimate.withLock { $0?.isSettled ?? false } }

  /// False until the first observation.
  var isRunning: Bool { estimate.withLock { $0 != nil } }

  /// The frame at `nanoseconds` of the timeline, possibly below zero; nil until the first observation.
  func frame(at nanoseconds: Int64) -> Int? {
    guard let estimate = estimate.withLock(\.self) else { return nil }
    return Int((Double(nanoseconds - estimate.offset(at: nanoseconds)) * Double(rate) / 1e9).rounded())
  }

  func frame(at instant: SuspendingClock.Instant) -> Int? { frame(at: timeline.nanoseconds(instant)) }

  /// Seconds since frame 0 at that moment; 0 before it.
  func time(at instant: SuspendingClock.Instant) -> Double {
    guard let estimate = estimate.withLock(\.self) else { return 0 }
    let moment = timeline.nanoseconds(instant)
    return max(0, Double(moment - estimate.offset(at: moment)) / 1e9)
  }

  // MARK: The observing thread

  /// At `at`, `frames` frames of the recording had been heard: those in the file and those still in the device.
  func observe(at: Int64, frames: Int) {
    let known = estimate.withLock(\.self)
    recent.append(Observation(at: at, offset: at - Int64(Double(frames) * 1e9 / Double(rate))))
    // Reads that come thick and fast say nothing that one of them would not.
    if recent.count > 3 * Self.mostInASecond { recent.removeFirst(Self.mostInASecond) }
    let began = secondBegan ?? at
    secondBegan = began
    if at - began >= Self.second {
      secondBegan = at
      closeSecond(from: began, known: known)
      recent.removeAll { $0.at <= at - 3 * Self.second }
    } else if seconds.isEmpty, known == nil || recent.count >= Self.enough {
      let isSettled = recent.count >= Self.enough
      let offset = Self.earliest(recent.map(\.offset))
      estimate.withLock { $0 = Estimate(at: at, offset: offset, isSettled: isSettled) }
    }
  }

  private func closeSecond(from began: Int64, known: Estimate?) {
    guard let known else { return }
    // Sound that is far too late says nothing about the clock: after a stall a server delivers old sound in a burst, and
    // where it left sound out, `missing` will say so.
    let usual = recent.filter { $0.at >= began && $0.offset - known.offset(at: $0.at) < Self.tooLate }
    guard !usual.isEmpty else { return }
    let second = Observation(at: Self.median(usual.map(\.at)), offset: Self.earliest(usual.map(\.offset)))
    if !seconds.isEmpty { errors.add(abs(second.offset - known.offset(at: second.at))) }
    seconds.append(second)
    if seconds.count > Self.secondsForSlope { seconds.removeFirst() }
    let slope = seconds.count < 4 ? 0 : Self.medianSlope(seconds)
    let last = seconds.suffix(Self.secondsForOffset)
    let offset = Self.median(last.map { $0.offset + Int64(slope * Double(second.at - $0.at)) })
    estimate.withLock { $0 = Estimate(at: second.at, offset: offset, slope: slope, isSettled: true) }
  }

  private static func earliest(_ offsets: [Int64]) -> Int64 { offsets.sorted()[offsets.count / 10] }

  private static func median<T: Comparable>(_ values: [T]) -> T { values.sorted()[values.count / 2] }

  private static func medianSlope(_ points: [Observation]) -> Double {
    var slopes: [Double] = []
    slopes.reserveCapacity(points.count * points.count / 2)
    for (index, first) in points.enumerated() {
      for second in points[(index + 1)...] where second.at > first.at {
        slopes.append(Double(second.offset - first.offset) / Double(second.at - first.at))
      }
    }
    return slopes.isEmpty ? 0 : median(slopes)
  }

  /// Frames the device left out without saying so: for two seconds every read has come too late for the frames it
  /// brought, and by the same time. A sound server does that after a long stall. Zero when nothing is missing.
  func missing() -> Int {
    guard let known = estimate.withLock(\.self), let last = recent.last,
      let split = recent.firstIndex(where: { $0.at > last.at - 2 * Self.second }), split > 0
    else { return 0 }
    var (least, most) = (Int64.max, Int64.min)
    for observation in recent[(split - 1)...] {
      let late = observation.offset - known.offset(at: observation.at)
      guard late >= Self.tooLate else { return 0 }
      (least, most) = (min(least, late), max(most, late))
    }
    return most - least < Self.tooLate ? Int(Double(least) * Double(rate) / 1e9) : 0
  }

  /// Forgets observations that a gap of `frames`, inserted only now, has made wrong.
  func correct(by frames: Int) {
    let shift = Int64(Double(frames) * 1e9 / Double(rate))
    guard let last = recent.last else { return }
    for index in recent.indices where recent[index].at > last.at - 2 * Self.second { recent[index].offset -= shift }
  }

  /// `nil` before there was anything to predict.
  var quality: ClockQuality? {
    guard let error = errors.percentile(99), let slope = estimate.withLock({ $0?.slope }) else { return nil }
    return ClockQuality(drift: -slope * 1e6, error: Double(error) / 1e9)
  }
}

/// Counts errors by size, in steps of 0.01 ms up to 100 ms: as much memory for a day as for a minute.
private struct ErrorCount {
  private static let step: Int64 = 10_000
  private var counts = [Int](repeating: 0, count: 10_001)
  private var total = 0

  mutating func add(_ nanoseconds: Int64) {
    counts[Int(min(nanoseconds / Self.step, Int64(counts.count - 1)))] += 1
    total += 1
  }

  /// The upper edge of the step in which that percentile lies, in nanoseconds.
  func percentile(_ percent: Int) -> Int64? {
    guard total > 0 else { return nil }
    var left = (total * percent + 99) / 100
    let index = counts.firstIndex { count in
      left -= count
      return left <= 0
    }
    return index.map { Int64($0 + 1) * Self.step }
  }
}
