/// How far any number of people agree beyond chance, when not everybody labelled everything. K. Krippendorff, "Computing
/// Krippendorff's alpha-reliability" (2011); the PyPI package `krippendorff` gives the same figures.
///
/// It is given units: what those who labelled one thing said of it, in any order. Who said what does not matter to it, and
/// somebody who said nothing is simply not there. A unit with fewer than two labels says nothing about agreement, and is
/// left out.
public struct KrippendorffAlpha: Equatable, Sendable {
  /// How many units at least two people labelled.
  public let units: Int
  /// 1 − observed ÷ expected disagreement: 1 for full agreement, 0 for what chance gives, below 0 for less.
  ///
  /// `nil` without such units, and when they all carry one and the same label: then no disagreement is to be expected, and
  /// none can be missed. The package raises an error, or gives nan.
  public let value: Double?

  /// Any two different labels are equally different.
  public init<Label: Hashable>(nominal units: [[Label]]) {
    let units = units.filter { $0.count > 1 }
    var totals: [Label: Int] = [:]
    // Twice over: the pairs of different labels in a unit, and in all units together.
    func different(_ counts: [Label: Int], of all: Int) -> Double {
      Double(all) * Double(all) - counts.values.reduce(0) { $0 + Double($1) * Double($1) }
    }
    var observed = 0.0
    for unit in units {
      let counts = unit.reduce(into: [:]) { $0[$1, default: 0] += 1 }
      totals.merge(counts, uniquingKeysWith: +)
      observed += different(counts, of: unit.count) / Double(unit.count - 1)
    }
    let all = units.reduce(0) { $0 + $1.count }
    self.init(units: units.count, all: all, observed: observed, expected: different(totals, of: all))
  }

  /// Labels have an order, and two are the further apart the more labels were given between them. Labels that were never
  /// given change nothing.
  public init<Label: Hashable & Comparable>(ordinal units: [[Label]]) {
    let units = units.filter { $0.count > 1 }
    let totals = units.joined().reduce(into: [Label: Double]()) { $0[$1, default: 0] += 1 }
    let labels = totals.keys.sorted()
    let rank = Dictionary(uniqueKeysWithValues: zip(labels, 0...))
    // Where each label's middle lies among all labels given, lowest first; their distances are the ordinal ones.
    var (below, middles): (Double, [Double]) = (0, [])
    for label in labels {
      middles.append(below + totals[label]! / 2)
      below += totals[label]!
    }
    // The sum of squared distances over all pairs, both ways round: 2 (n Σx² − (Σx)²), from the mean to keep it exact.
    func spread(_ values: [Double], weights: [Double]) -> Double {
      let all = weights.reduce(0, +)
      let mean = zip(values, weights).reduce(0) { $0 + $1.0 * $1.1 } / all
      return 2 * all * zip(values, weights).reduce(0) { $0 + ($1.0 - mean) * ($1.0 - mean) * $1.1 }
    }
    let observed = units.reduce(0) { sum, unit in
      let values = unit.map { middles[rank[$0]!] }
      return sum + spread(values, weights: values.map { _ in 1 }) / Double(unit.count - 1)
    }
    let expected = labels.count > 1 ? spread(middles, weights: labels.map { totals[$0]! }) : 0
    self.init(units: units.count, all: Int(below), observed: observed, expected: expected)
  }

  private init(units: Int, all: Int, observed: Double, expected: Double) {
    self.units = units
    value = expected == 0 ? nil : 1 - Double(all - 1) * observed / expected
  }
}
