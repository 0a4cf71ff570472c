import Coaching

/// A turn of the meeting that people have tagged differently: where a group that tagged the same talk has most to talk about.
public struct DifferingTurn: Equatable, Sendable {
  /// What people said about one thing; what somebody left open is no answer.
  public struct Difference: Equatable, Sendable {
    public let aspect: Aspect
    /// Each answer, and who gave it, as places in ``AgreementReport/names``; the answer that most gave first.
    public let answers: [(said: String, by: [Int])]

    public static func == (a: Difference, b: Difference) -> Bool {
      a.aspect == b.aspect && a.answers.elementsEqual(b.answers) { $0.said == $1.said && $0.by == $1.by }
    }
  }

  /// When it began, in seconds, by the earliest tag.
  public let t: Double
  /// Who has no tag of it, as places in ``AgreementReport/names``.
  public let missing: [Int]
  /// Speaker first, then the dimensions in the guide's order.
  public let differences: [Difference]
  /// In how many ways any two people differ here: two who gave different answers count once for each thing, and so do two
  /// of whom one has no tag of the turn. Ours.
  public let weight: Int

  /// `nil` when all say the same.
  init?(_ shared: SharedTurn) {
    let tags = shared.tags.enumerated().compactMap { tagger, tag in tag.map { (tagger, $0) } }
    t = tags.map(\.1.t).min() ?? 0
    missing = shared.tags.indices.filter { shared.tags[$0] == nil }
    differences = Aspect.all([]).compactMap { aspect in
      let isUsed = tags.contains { aspect.said($0.1.turn) != nil }
      let said = tags.compactMap { tagger, tag -> (String, Int)? in
        (aspect.said(tag.turn) ?? (aspect.isYesOrNo && isUsed ? aspect.leftOut : nil)).map { ($0, tagger) }
      }
      let answers = Dictionary(grouping: said, by: \.0).map { (said: $0.key, by: $0.value.map(\.1)) }
      guard answers.count > 1 else { return nil }
      return Difference(aspect: aspect, answers: answers.sorted { ($1.by.count, $0.by[0]) < ($0.by.count, $1.by[0]) })
    }
    let differing = differences.map { difference in
      let sizes = difference.answers.map(\.by.count)
      let all = sizes.reduce(0, +)
      return (all * all - sizes.reduce(0) { $0 + $1 * $1 }) / 2
    }
    weight = differing.reduce(0, +) + missing.count * tags.count
    if weight == 0 { return nil }
  }
}
