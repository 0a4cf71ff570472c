import Coaching
public import TalkAnalysis

/// The figures of an ``AgreementReport`` as `agree --json` writes them.
public struct AgreementFigures: Encodable {
  struct Pair: Encodable {
    var first: String
    var second: String
    var compared: Int
    var observed: Double?
    var kappa: Double?
    var kappaOverTime: Double?
    var disagreements: [Difference]
  }

  struct Difference: Encodable {
    var t: Double
    var first: String
    var second: String
  }

  struct Figures: Encodable {
    var aspect: String
    var alpha: Double?
    var pairs: [Pair]
  }

  struct Answer: Encodable {
    var said: String
    var by: [String]
  }

  struct Question: Encodable {
    var aspect: String
    var answers: [Answer]
  }

  struct Differing: Encodable {
    var t: Double
    var weight: Int
    var notTaggedBy: [String]
    var differences: [Question]
  }

  struct Matched: Encodable {
    var first: String
    var second: String
    var both: Int
    var onlyFirst: Int
    var onlySecond: Int
    var agreement: Double?
  }

  var names: [String]
  var toleranceSeconds: Double
  var turns: [Matched]
  var moments: [Matched]
  var aspects: [Figures]
  var differing: [Differing]

  public init(_ report: AgreementReport, moments: [[Double]]) {
    let names = report.names
    self.names = names
    toleranceSeconds = report.tolerance
    turns = report.matchings.map {
      Matched(
        first: names[$0.first], second: names[$0.second], both: $0.pairs.count, onlyFirst: $0.onlyFirst.count,
        onlySecond: $0.onlySecond.count, agreement: $0.agreement)
    }
    self.moments = report.matchings.map {
      let matched = EventMatching(moments[$0.first], moments[$0.second], within: report.tolerance)
      return Matched(
        first: names[$0.first], second: names[$0.second], both: matched.pairs.count, onlyFirst: matched.onlyFirst.count,
        onlySecond: matched.onlySecond.count, agreement: matched.agreement)
    }
    aspects = report.aspects.map { aspect in
      return Figures(
        aspect: Self.name(aspect.aspect), alpha: aspect.alpha,
        pairs: aspect.pairs.map { pair in
          Pair(
            first: names[pair.first], second: names[pair.second], compared: pair.compared, observed: pair.observed,
            kappa: pair.kappa, kappaOverTime: pair.overTime?.kappa,
            disagreements: pair.disagreements.map { Difference(t: $0.time, first: $0.firstSaid, second: $0.secondSaid) }
          )
        })
    }
    differing = report.differing.map { turn in
      Differing(
        t: turn.t, weight: turn.weight, notTaggedBy: turn.missing.map { names[$0] },
        differences: turn.differences.map { difference in
          Question(
            aspect: Self.name(difference.aspect),
            answers: difference.answers.map { Answer(said: $0.said, by: $0.by.map { names[$0] }) })
        })
    }
  }

  private static func name(_ aspect: Aspect) -> String {
    switch aspect {
    case .speaker: "speaker"
    case .dimension(let dimension): dimension.rawValue
    case .function(let function): "function \(function.rawValue)"
    }
  }
}
