public import Coaching

/// How far people who tagged the same meeting agree, and where they do not: something to talk about, no verdict on anybody.
public struct AgreementReport: Equatable, Sendable {
  /// Who tagged, in the order given.
  public let names: [String]
  /// How far apart, in seconds, two tags may start and be of one turn.
  public let tolerance: Double
  /// Every two taggers' turns side by side, in the order of ``names``.
  public let matchings: [TurnMatching]
  /// Speaker, the eight dimensions, and each function that anybody tagged.
  public let aspects: [AspectAgreement]
  /// The turns of which people say different things, those with most differences first, then by time.
  public let differing: [DifferingTurn]

  /// Compares everybody's turns, which may be in any order.
  ///
  /// - Parameters:
  ///   - duration: the meeting's length in seconds, where a tagger's last turn ends; each other ends where that tagger's
  ///     next one starts.
  ///   - tolerance: how far apart, in seconds, two tags may start and be of one turn.
  ///   - unit: seconds between the moments at which time-unit kappa looks.
  public init(
    _ taggers: [(name: String, turns: [TaggedTurn])], duration: Double,
    within tolerance: Double = EventMatching.defaultTolerance, unit: Double = 1
  ) {
    let turns = taggers.map { tagger in tagger.turns.sorted { ($0.t, $0.number) < ($1.t, $1.number) } }
    let twos = turns.indices.flatMap { first in turns.indices.filter { $0 > first }.map { (first, $0) } }
    let matchings = twos.map { TurnMatching($0, $1, turns, within: tolerance) }
    let shared = SharedTurn.aligned(turns, within: tolerance)
    names = taggers.map(\.name)
    self.tolerance = tolerance
    self.matchings = matchings
    differing = shared.compactMap { DifferingTurn($0) }.sorted { ($1.weight, $0.t) < ($0.weight, $1.t) }
    aspects = Aspect.all(Self.functions(turns)).map { aspect in
      let codings = turns.map { aspect.coding($0, until: duration) }
      return AspectAgreement(
        aspect: aspect, alpha: aspect.alpha(shared).value,
        pairs: matchings.map { matching in
          PairAgreement(
            aspect, matching,
            overTime: TimeUnitAgreement(codings[matching.first], codings[matching.second], unit: unit))
        })
    }
  }

  /// The functions anybody tagged: the guide's in its order, then others by name.
  private static func functions(_ turns: [[TaggedTurn]]) -> [InteractionFunction] {
    let used = Set(turns.joined().flatMap(\.turn.functions))
    let others = used.subtracting(InteractionFunction.standard).sorted { $0.rawValue < $1.rawValue }
    return InteractionFunction.standard.filter(used.contains) + others
  }
}

/// Two taggers' turns side by side: those that start within the tolerance and have the same speaker, and of the others
/// those that start within the tolerance. One to one, most pairs first, then nearest.
public struct TurnMatching: Equatable, Sendable {
  /// Where the two stand in ``AgreementReport/names``.
  public let first: Int
  public let second: Int
  /// What both tagged, by the first one's time.
  public let pairs: [Pair]
  /// Turns that only one of them tagged, by time.
  public let onlyFirst: [TaggedTurn]
  public let onlySecond: [TaggedTurn]
  /// Twice the pairs over all turns of both; `nil` when there are none. See ``EventMatching/agreement``.
  public let agreement: Double?
  /// The share of each one's turns that the other has too; `nil` when there are none.
  public let shareOfFirst: Double?
  public let shareOfSecond: Double?

  /// One turn, as each of two people tagged it.
  public struct Pair: Equatable, Sendable {
    public let first: TaggedTurn
    public let second: TaggedTurn
  }

  init(_ first: Int, _ second: Int, _ turns: [[TaggedTurn]], within tolerance: Double) {
    let matching = EventMatching(turns: turns[first], turns[second], within: tolerance)
    self.first = first
    self.second = second
    pairs = matching.pairs.map { Pair(first: turns[first][$0.first], second: turns[second][$0.second]) }
    onlyFirst = matching.onlyFirst.map { turns[first][$0] }
    onlySecond = matching.onlySecond.map { turns[second][$0] }
    agreement = matching.agreement
    shareOfFirst = matching.shareOfFirst
    shareOfSecond = matching.shareOfSecond
  }
}

/// How far all, and every two, agree on one thing about a turn.
public struct AspectAgreement: Equatable, Sendable {
  public let aspect: Aspect
  /// Krippendorff's alpha over all taggers; ordinal for tone, nominal for the rest. What somebody left out of a turn counts
  /// as in ``PairAgreement``, but for tone, where it has no place in the order and is missing. `nil` where it is undefined.
  public let alpha: Double?
  /// Every two taggers, in the order of ``AgreementReport/names``.
  public let pairs: [PairAgreement]
}

/// How far two people agree on one thing, over the turns that both tagged.
///
/// A value that neither of them gave is not compared; one that only one of them gave is compared with "not said". Where a
/// tag can only say yes, and at least one of the two used it somewhere, a turn without it says no.
public struct PairAgreement: Equatable, Sendable {
  /// Where the two stand in ``AgreementReport/names``.
  public let first: Int
  public let second: Int
  /// How many turns were compared.
  public let compared: Int
  /// The share of them on which both said the same; `nil` without any.
  public let observed: Double?
  /// Cohen's kappa over them; `nil` where it is undefined. See ``CohenKappa/value``.
  public let kappa: Double?
  /// The same thing compared at every unit of time, so that long turns weigh more; `nil` when one of them never gave it.
  public let overTime: TimeUnitAgreement?
  /// Where they differ, by time.
  public let disagreements: [Disagreement]

  init(_ aspect: Aspect, _ matching: TurnMatching, overTime: TimeUnitAgreement?) {
    let said = matching.pairs.map { (aspect.said($0.first.turn), aspect.said($0.second.turn)) }
    let isUsed = said.contains { $0 != nil || $1 != nil }
    var labels: [(String, String)] = []
    var disagreements: [Disagreement] = []
    for (pair, words) in zip(matching.pairs, said) {
      guard words.0 != nil || words.1 != nil || (aspect.isYesOrNo && isUsed) else { continue }
      let (one, other) = (words.0 ?? aspect.leftOut, words.1 ?? aspect.leftOut)
      labels.append((one, other))
      if one != other { disagreements.append(Disagreement(turns: pair, firstSaid: one, secondSaid: other)) }
    }
    let kappa = CohenKappa(labels)
    first = matching.first
    second = matching.second
    compared = kappa.count
    observed = kappa.observed
    self.kappa = kappa.value
    self.overTime = overTime
    self.disagreements = disagreements.sorted { ($0.time, $0.turns.first.number) < ($1.time, $1.turns.first.number) }
  }
}

/// A turn of which two people say different things.
public struct Disagreement: Equatable, Sendable {
  public let turns: TurnMatching.Pair
  /// A value of the dimension, "yes", "no", or "not said".
  public let firstSaid: String
  public let secondSaid: String

  /// When the turn started, in seconds, by the earlier of the two.
  public var time: Double { min(turns.first.t, turns.second.t) }
}

extension Aspect {
  /// When somebody says what: each turn lasts until the next one starts, the last until `end`. Turns that say the same one
  /// after the other are one stretch; what is left out is in none.
  func coding(_ turns: [TaggedTurn], until end: Double) -> [CodedStretch] {
    var stretches: [CodedStretch] = []
    for (index, turn) in turns.enumerated() {
      guard let code = said(turn.turn) else { continue }
      let end = index + 1 < turns.count ? turns[index + 1].t : max(end, turn.t)
      if let last = stretches.last, last.code == code, last.end == turn.t {
        stretches[stretches.count - 1].end = end
      } else {
        stretches.append(CodedStretch(start: turn.t, end: end, code: code))
      }
    }
    return stretches
  }

  /// Krippendorff's alpha over everybody's tags of each turn.
  func alpha(_ shared: [SharedTurn]) -> KrippendorffAlpha {
    let tags = shared.map { $0.tags.compactMap { $0?.turn } }.filter { $0.count > 1 }
    if self == .dimension(.tone) {
      let tones = tags.map { turns in turns.compactMap { $0.tone.map { Tone.allCases.firstIndex(of: $0)! } } }
      return KrippendorffAlpha(ordinal: tones)
    }
    let said = tags.map { turns in turns.map { self.said($0) } }
    let units = said.filter { $0.contains { $0 != nil } || isYesOrNo }
    return KrippendorffAlpha(nominal: units.map { $0.map { $0 ?? leftOut } })
  }
}
