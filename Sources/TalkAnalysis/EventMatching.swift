/// Which of two people's events are the same event: one to one, and no further apart than a tolerance.
///
/// Of all such matchings this is one with the most pairs, and among those with the smallest total distance; where two are
/// as good, the later event is left out. It is found by a dynamic programme over the sorted times. Pairs never need to
/// cross (uncrossing two pairs makes neither longer than the longer of them was, nor both together longer), so the events
/// up to one time can be matched without knowing those after. Only the pairs within the tolerance are looked at; work and
/// memory grow with their number.
public struct EventMatching: Equatable, Sendable {
  /// Two events that are taken to be one: where they stand in the lists given, and the seconds between them.
  public struct Pair: Equatable, Sendable {
    public let first: Int
    public let second: Int
    public let distance: Double
  }

  /// By the first one's time.
  public let pairs: [Pair]
  /// Where the events stand that only the first has, by time.
  public let onlyFirst: [Int]
  /// Where the events stand that only the second has, by time.
  public let onlySecond: [Int]

  /// Two seconds: about what it takes to hear that something happened, and to press a key. Ours.
  public static let defaultTolerance = 2.0

  /// Matches events by their times in seconds, in any order. Times and tolerance are taken to the microsecond, so that
  /// 2 s apart is within 2 s however the numbers are rounded.
  public init(_ first: [Double], _ second: [Double], within tolerance: Double = defaultTolerance) {
    let (a, b) = (Moments(first), Moments(second))
    let matched = Self.best(a.times, b.times, within: Int(microsecondsIn: tolerance))
    self.init(
      pairs: matched.map { i, j in
        Pair(first: a.places[i], second: b.places[j], distance: abs(a.times[i] - b.times[j]).inSeconds)
      }, first: a.places, second: b.places)
  }

  /// A matching with these pairs among events whose places, by time, are `first` and `second`.
  init(pairs: [Pair], first: [Int], second: [Int]) {
    self.pairs = pairs
    let (inFirst, inSecond) = (Set(pairs.map(\.first)), Set(pairs.map(\.second)))
    onlyFirst = first.filter { !inFirst.contains($0) }
    onlySecond = second.filter { !inSecond.contains($0) }
  }

  /// Twice the pairs over all events of both: 1 when each event has its pair, 0 when none has; `nil` without events. The
  /// same whichever of the two is asked first (Dice; F1 in information retrieval).
  public var agreement: Double? { share(2 * pairs.count, of: 2 * pairs.count + onlyFirst.count + onlySecond.count) }

  /// The share of the first's events that the second has too; `nil` when the first has none. It is the second's recall
  /// when the first is held to be right, and the first's precision when the second is.
  public var shareOfFirst: Double? { share(pairs.count, of: pairs.count + onlyFirst.count) }

  /// The share of the second's events that the first has too; `nil` when the second has none. It is the second's precision
  /// when the first is held to be right, and the first's recall when the second is.
  public var shareOfSecond: Double? { share(pairs.count, of: pairs.count + onlySecond.count) }

  private func share(_ part: Int, of whole: Int) -> Double? { whole == 0 ? nil : Double(part) / Double(whole) }

  /// Times in microseconds, ascending, and where each stood in the list given.
  private struct Moments {
    var times: [Int] = []
    var places: [Int] = []

    init(_ seconds: [Double]) {
      let given = seconds.map { Int(microsecondsIn: $0) }
      places = given.indices.sorted { (given[$0], $0) < (given[$1], $1) }
      times = places.map { given[$0] }
    }
  }

  /// What a matching is worth: more pairs first, then less distance.
  private struct Worth {
    var pairs = 0
    var distance = 0

    func isBetter(than other: Worth) -> Bool { (pairs, other.distance) > (other.pairs, distance) }
  }

  /// What the best matching does with the last two events: leave one of them out, or pair them.
  private enum Step { case leaveFirst, leaveSecond, pair }

  /// One row of the table: what it holds from `from` on; past its end, its last.
  private struct Row {
    let from: Int
    var worths: [Worth]
    subscript(_ j: Int) -> Worth { worths[min(j - from, worths.count - 1)] }
  }

  /// The best matching's pairs, ascending. Row i of the table says, for each j, what the best matching of the first i of
  /// `a` and the first j of `b` is worth. Only the j within the tolerance of the i-th event are kept: before them the row
  /// above still holds, and past them nothing changes.
  private static func best(_ a: [Int], _ b: [Int], within tolerance: Int) -> [(Int, Int)] {
    var bands: [(low: Int, steps: [Step])] = []
    var above = Row(from: 0, worths: [Worth()])
    var (low, high) = (0, 0)
    for time in a {
      while low < b.count, b[low] < time - tolerance { low += 1 }
      high = max(high, low)
      while high < b.count, b[high] <= time + tolerance { high += 1 }
      var row = Row(from: low, worths: [above[low]])
      var steps: [Step] = []
      for j in low..<high {
        var (step, worth) = (Step.leaveFirst, above[j + 1])
        if row[j].isBetter(than: worth) { (step, worth) = (.leaveSecond, row[j]) }
        var paired = above[j]
        paired.pairs += 1
        paired.distance += abs(time - b[j])
        if paired.isBetter(than: worth) { (step, worth) = (.pair, paired) }
        steps.append(step)
        row.worths.append(worth)
      }
      bands.append((low, steps))
      above = row
    }

    var pairs: [(Int, Int)] = []
    var j = b.count
    for (i, band) in bands.enumerated().reversed() {
      j = min(j, band.low + band.steps.count)
      while j > band.low, band.steps[j - 1 - band.low] == .leaveSecond { j -= 1 }
      if j > band.low, band.steps[j - 1 - band.low] == .pair {
        j -= 1
        pairs.append((i, j))
      }
    }
    return pairs.reversed()
  }
}

extension Int {
  /// Whole microseconds, in which sums and differences of times are exact. What no meeting can reach (three years), or is
  /// no number, is cut off.
  init(microsecondsIn seconds: Double) {
    self = seconds.isNaN ? 0 : Int((Swift.min(Swift.max(seconds, -1e8), 1e8) * 1e6).rounded())
  }

  var inSeconds: Double { Double(self) / 1e6 }
}
