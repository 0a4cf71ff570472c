/// How far two people agree beyond what chance alone would give, over things that both gave a label to. J. Cohen, "A
/// coefficient of agreement for nominal scales", Educational and Psychological Measurement 20 (1960). Unweighted: any two
/// different labels are equally different. scikit-learn's `cohen_kappa_score` gives the same figures.
public struct CohenKappa: Equatable, Sendable {
  /// How many things both labelled.
  public let count: Int
  /// The share of them that got the same label; `nil` without any.
  public let observed: Double?
  /// The share that would, had each handed out the same labels as often, but blindly; `nil` without any.
  public let expected: Double?
  /// (observed − expected) ÷ (1 − expected): 1 for full agreement, 0 for what chance gives, below 0 for less.
  ///
  /// `nil` without any, and when both only ever gave one and the same label. Then chance agrees fully too, and the formula
  /// is 0 ÷ 0: whether they would tell things apart cannot be known from things that were all alike. scikit-learn says nan;
  /// BORIS says 1, which would count having nothing to tell apart as telling it apart well.
  public let value: Double?

  /// From what each of the two said, pair by pair: `CohenKappa(zip(first, second))`.
  public init<Label: Hashable>(_ pairs: some Sequence<(Label, Label)>) {
    var counts: [LabelPair<Label>: Int] = [:]
    for (first, second) in pairs { counts[LabelPair(first: first, second: second), default: 0] += 1 }
    self.init(counts: counts)
  }

  /// From how often each pair of labels came.
  init<Label: Hashable>(counts: [LabelPair<Label>: Int]) {
    var (firsts, seconds, total, same): ([Label: Int], [Label: Int], Int, Int) = ([:], [:], 0, 0)
    for (pair, count) in counts {
      firsts[pair.first, default: 0] += count
      seconds[pair.second, default: 0] += count
      total += count
      if pair.first == pair.second { same += count }
    }
    count = total
    guard total > 0 else {
      (observed, expected, value) = (nil, nil, nil)
      return
    }
    let all = Double(total)
    let observed = Double(same) / all
    let byChance = firsts.map { label, count in Double(count) / all * (Double(seconds[label] ?? 0) / all) }
    // In order of size, since a dictionary's order, and with it the last digit of a sum, changes from run to run.
    let expected = byChance.sorted().reduce(0, +)
    let onlyOneLabel = counts.count == 1 && same == total
    (self.observed, self.expected) = (observed, onlyOneLabel ? 1 : expected)
    value = onlyOneLabel ? nil : (observed - expected) / (1 - expected)
  }
}

/// What two people said of the same thing.
struct LabelPair<Label: Hashable>: Hashable {
  var first: Label
  var second: Label
}
