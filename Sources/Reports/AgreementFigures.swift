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
      let name =
        switch aspect.aspect {
        case .speaker: "speaker"
        case .dimension(let dimension): dimension.rawValue
        case .function(let function): "function \(function.rawValue)"
        }
      return Figures(
        aspect: name, alpha: aspect.alpha,
        pairs: aspect.pairs.map { pair in
          Pair(
            first: names[pair.first], second: names[pair.second], compared: pair.compared, observed: pair.observed,
            kappa: pair.kappa, kappaOverTime: pair.overTime?.kappa,
            disagreements: pair.disagreements.map { Difference(t: $0.time, first: $0.firstSaid, second: $0.secondSaid) }
          )
        })
    }
  }
}
