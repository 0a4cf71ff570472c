/// How another computer's clock runs beside the meeting's: a straight line, from moments that both saw.
///
/// Both clocks count seconds from a beginning of their own; a computer's quartz is off by less than 100 parts per million.
public struct ClockAlignment: Equatable, Sendable {
  /// A moment that both saw, in seconds of each clock.
  public struct Pair: Equatable, Sendable {
    public var other: Double
    public var meeting: Double

    public init(other: Double, meeting: Double) {
      self.other = other
      self.meeting = meeting
    }

    var difference: Double { meeting - other }
  }

  public enum Basis: Sendable {
    /// Somebody pressed a key at each of the two computers.
    case marks
    /// The same sound is in both recordings.
    case sound
  }

  public let basis: Basis
  /// The meeting's time when the other clock was at 0, in seconds.
  public let offset: Double
  /// By how many parts per million the meeting's clock runs faster than the other.
  public let drift: Double
  /// Whether the moments lie far enough apart to tell how it drifts; if not, ``drift`` is 0.
  public let knowsDrift: Bool
  /// How many moments the line rests on, and how many were seen by both and do not lie on it.
  public let count: Int
  public let rejected: Int
  /// The farthest that any of them lies from the line, in seconds.
  public let residual: Double
  /// From the first of them to the last, in seconds of the other clock.
  public let span: ClosedRange<Double>

  /// Quartzes are better than that, both together. Ours.
  static let largestDrift = 500e-6
  /// What two quartzes may be off by where nothing tells how they drift. Ours.
  private static let usualDrift = 100e-6

  /// The line that most of `pairs` lie on: the median of the slopes between every two (Theil and Sen), so that a wrong
  /// pair does not matter. Those farther than `tolerance` seconds from it are left out, and it is drawn again. Where they
  /// span less than `enough` seconds no drift is read from them. `nil` when fewer than `least` of them, or fewer than half,
  /// lie on one line that two quartzes can give.
  init?(_ pairs: [Pair], basis: Basis, within tolerance: Double, enough: Double, least: Int) {
    func line(_ pairs: [Pair]) -> (slope: Double, offset: Double) {
      let ends = pairs.map(\.other)
      let span = (ends.max() ?? 0) - (ends.min() ?? 0)
      var slopes: [Double] = []
      if span >= enough {
        for (index, one) in pairs.enumerated() {
          for two in pairs[(index + 1)...] where abs(two.other - one.other) >= span / 8 {
            slopes.append((two.difference - one.difference) / (two.other - one.other))
          }
        }
      }
      let slope = slopes.median ?? 0
      return (slope, pairs.map { $0.difference - slope * $0.other }.median ?? 0)
    }
    var (slope, offset) = line(pairs)
    let kept = pairs.filter { abs($0.difference - slope * $0.other - offset) <= tolerance }
    guard kept.count >= max(least, 1), kept.count * 2 >= pairs.count else { return nil }
    (slope, offset) = line(kept)
    guard abs(slope) <= Self.largestDrift, let first = kept.map(\.other).min(), let last = kept.map(\.other).max()
    else { return nil }
    self.basis = basis
    self.offset = offset
    drift = slope * 1e6
    knowsDrift = last - first >= enough
    count = kept.count
    rejected = pairs.count - kept.count
    residual = kept.map { abs($0.difference - slope * $0.other - offset) }.max() ?? 0
    span = first...last
  }

  /// The meeting's time when the other clock was at `t`.
  public func meetingTime(_ t: Double) -> Double { t + offset + drift * 1e-6 * t }

  /// How far ``meetingTime(_:)`` may be off at `t`, in seconds: what the moments themselves are off by, and away from them
  /// what the drift is not known to.
  public func error(at t: Double) -> Double {
    let own = max(residual, basis == .marks ? 0.2 : 0.02)
    let beyond = max(span.lowerBound - t, t - span.upperBound, 0)
    guard knowsDrift else { return own + Self.usualDrift * max(abs(t - span.lowerBound), abs(t - span.upperBound)) }
    return own + beyond * min(Self.usualDrift, 2 * own / (span.upperBound - span.lowerBound))
  }
}

// MARK: - Marks

extension ClockAlignment {
  /// How far from their line two presses may lie, in seconds: people hear a clap and press. Ours.
  private static let pressTolerance = 0.5
  /// Drift shows in presses only over so many seconds.
  private static let pressesTellDrift = 1200.0

  /// Finds which of the presses belong together, by the time between them, and the line through those. `nil` when that
  /// cannot be told: fewer than two on either side, less than five seconds apart, less than half of the shorter list
  /// fitting, or more than one way to lay them side by side.
  public init?(marks other: [Double], meeting: [Double]) {
    let (a, b) = (Self.few(other), Self.few(meeting))
    var best: (pairs: [Pair], difference: Double, worth: (Int, Double))?
    var isAmbiguous = false
    for (i, first) in a.enumerated() {
      for last in a[(i + 1)...] where last - first >= 5 {
        for (j, from) in b.enumerated() {
          for to in b[(j + 1)...] {
            let (mine, theirs) = (last - first, to - from)
            guard abs(theirs - mine) <= Self.largestDrift * mine + 2 * Self.pressTolerance else { continue }
            let slope = min(max(theirs / mine - 1, -Self.largestDrift), Self.largestDrift)
            let difference = (from + to - first - last) / 2
            let middle = (first + last) / 2
            let pairs = Self.pairs(a, b) { $0 + difference + slope * ($0 - middle) }
            let distance = pairs.map { abs($0.meeting - $0.other - difference - slope * ($0.other - middle)) }
            let worth = (pairs.count, -distance.reduce(0, +))
            guard let known = best else {
              best = (pairs, difference, worth)
              continue
            }
            // The same presses side by side, seen from another two of them, are no other way.
            if abs(difference - known.difference) > 4 * Self.pressTolerance {
              if pairs.count > known.pairs.count { isAmbiguous = false }
              if pairs.count == known.pairs.count { isAmbiguous = true }
            }
            if worth > known.worth { best = (pairs, difference, worth) }
          }
        }
      }
    }
    guard let best, !isAmbiguous, best.pairs.count * 2 >= min(a.count, b.count) else { return nil }
    self.init(
      best.pairs, basis: .marks, within: Self.pressTolerance, enough: Self.pressesTellDrift, least: 2)
    guard span.upperBound - span.lowerBound >= 5 else { return nil }
  }

  /// Ascending, and no more than can be tried in every way: the first and the last, where the shared moments are.
  private static func few(_ times: [Double]) -> [Double] {
    let sorted = times.filter(\.isFinite).sorted()
    return sorted.count <= 24 ? sorted : Array(sorted.prefix(12) + sorted.suffix(12))
  }

  /// One to one, in order: each of `a` with the nearest of `b` that is left, within the tolerance.
  private static func pairs(_ a: [Double], _ b: [Double], at moved: (Double) -> Double) -> [Pair] {
    var left = b[...]
    return a.compactMap { time in
      let at = moved(time)
      left = left.drop { $0 < at - pressTolerance }
      guard let nearest = left.prefix(while: { $0 <= at + pressTolerance }).min(by: { abs($0 - at) < abs($1 - at) })
      else { return nil }
      left = left.drop { $0 <= nearest }
      return Pair(other: time, meeting: nearest)
    }
  }
}

extension [Double] {
  /// The middle value, or the mean of the two in the middle; `nil` when there is none.
  var median: Double? {
    guard !isEmpty else { return nil }
    let sorted = sorted()
    return (sorted[(count - 1) / 2] + sorted[count / 2]) / 2
  }
}
