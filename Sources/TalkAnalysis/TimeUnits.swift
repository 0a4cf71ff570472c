/// One thing in somebody's coding of a meeting: a state that lasts, or a point that has only a time.
public struct CodedStretch: Equatable, Sendable {
  /// In seconds.
  public var start: Double
  /// In seconds; `nil` for a point.
  public var end: Double?
  public var code: String

  public init(start: Double, end: Double?, code: String) {
    self.start = start
    self.end = end
    self.code = code
  }
}

/// Two codings of one meeting compared at every unit of time, as the "Cohen's kappa (time-unit)" of BORIS 8 does
/// (`cohen_kappa` in its `irr.py`, after Bakeman and Quera, "Sequential Analysis and Observational Methods for the
/// Behavioral Sciences", 2011), with one subject and without modifiers:
///
/// - Units are moments: the first is the earliest start in either coding, and each next one a unit later, up to and
///   including the latest end. Silence before the first tag and after the last is not compared.
/// - A state holds at a unit from its start to its end, both included: where one turn ends and the next starts on a unit,
///   both hold there.
/// - A point holds at each unit no further away than half a unit, which is one unit, or two when it lies midway.
/// - What somebody says of a unit is everything that holds there together, and two people agree when all of it is the
///   same. Nothing at all is one of the things to say.
/// - A coding without any stretches is compared with nothing.
///
/// Times count to the microsecond and are compared exactly; BORIS compares binary fractions, and can lose a unit that falls
/// on the very end. It also rounds kappa to three places. Its plugins of 2025 are another measure: they compare the
/// stretches between all borders, and leave the end of each out.
public struct TimeUnitAgreement: Equatable, Sendable {
  /// How many units were compared.
  public let units: Int
  /// The share of them in which both said the same.
  public let observed: Double
  /// Cohen's kappa over the units; 1, as in BORIS, when both say one and the same thing all along.
  public let kappa: Double

  /// Compares at units of `unit` seconds (a microsecond at least). `nil` when either coding is empty.
  public init?(_ first: [CodedStretch], _ second: [CodedStretch], unit: Double = 1) {
    guard !first.isEmpty, !second.isEmpty else { return nil }
    let both = first + second
    let start = both.map { Int(microsecondsIn: $0.start) }.min()!
    let end = max(start, both.map { Int(microsecondsIn: $0.end ?? $0.start) }.max()!)
    let unit = max(1, Int(microsecondsIn: unit))
    let last = (end - start) / unit

    var changes: [Change] = []
    var numbers: [String: Int] = [:]
    for (isSecond, coding) in [(false, first), (true, second)] {
      for stretch in coding {
        let held = Self.units(of: stretch, from: start, unit: unit).clamped(to: 0..<last + 1)
        guard !held.isEmpty else { continue }
        let code = numbers[stretch.code] ?? numbers.count
        numbers[stretch.code] = code
        changes.append(Change(unit: held.lowerBound, isSecond: isSecond, code: code, begins: true))
        changes.append(Change(unit: held.upperBound, isSecond: isSecond, code: code, begins: false))
      }
    }
    // What holds changes at few units: those between two changes are counted together. The codes that hold are kept sorted.
    var counts: [LabelPair<[Int]>: Int] = [:]
    var holding = LabelPair<[Int]>(first: [], second: [])
    var counted = 0
    for change in changes.sorted(by: { $0.unit < $1.unit }) {
      if change.unit > counted { counts[holding, default: 0] += change.unit - counted }
      counted = change.unit
      if change.isSecond { change.apply(to: &holding.second) } else { change.apply(to: &holding.first) }
    }
    if last + 1 > counted { counts[holding, default: 0] += last + 1 - counted }

    let kappa = CohenKappa(counts: counts)
    units = kappa.count
    observed = kappa.observed ?? 1
    self.kappa = kappa.value ?? 1
  }

  /// At a unit a code begins to hold, or holds no more.
  private struct Change {
    var unit: Int
    var isSecond: Bool
    var code: Int
    var begins: Bool

    func apply(to holding: inout [Int]) {
      if begins {
        holding.insert(code, at: holding.firstIndex { $0 >= code } ?? holding.endIndex)
      } else if let place = holding.firstIndex(of: code) {
        holding.remove(at: place)
      }
    }
  }

  /// The units at which a stretch holds. Counted in half microseconds, so that half a unit is whole.
  private static func units(of stretch: CodedStretch, from start: Int, unit: Int) -> Range<Int> {
    let from = 2 * (Int(microsecondsIn: stretch.start) - start)
    let to = stretch.end.map { 2 * (Int(microsecondsIn: $0) - start) }
    let (low, high) = to.map { (from, $0) } ?? (from - unit, from + unit)
    let first = low <= 0 ? 0 : (low + 2 * unit - 1) / (2 * unit)
    return first..<max(first, high < 0 ? 0 : high / (2 * unit) + 1)
  }
}
