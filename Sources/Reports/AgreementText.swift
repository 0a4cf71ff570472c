public import Coaching
public import PromptLibrary
public import TalkAnalysis

/// How far people who tagged the same meeting agree, in plain words: what to talk about first, figures after it.
public struct AgreementText {
  /// Turns that people disagree on, listed at most, in words.
  private static let mostListed = 40
  /// Turns on which a group differs most, listed at most.
  private static let mostOfAll = 10
  /// Turns below which a kappa is a figure, and no word is put to it. Ours.
  private static let enoughCompared = 5

  private let report: AgreementReport
  /// Critical moments that each tagger marked, in seconds.
  private let moments: [[Double]]
  private let vocabulary: Vocabulary
  private let people: People

  public init(_ report: AgreementReport, moments: [[Double]], vocabulary: Vocabulary, people: People) {
    (self.report, self.moments, self.vocabulary, self.people) = (report, moments, vocabulary, people)
  }

  /// Paragraphs, one a line.
  public var lines: [String] {
    var lines = report.names.count > 2 ? differing : []
    for matching in report.matchings {
      let (first, second) = (report.names[matching.first], report.names[matching.second])
      let both = matching.pairs.count
      lines.append(
        "\(first), beside \(second): \(both) \(both == 1 ? "turn is" : "turns are") in both (starting within "
          + "\(Int(report.tolerance)) seconds of each other), \(matching.onlyFirst.count) only in the tags of \(first), "
          + "\(matching.onlySecond.count) only in those of \(second).")
      lines += momentLine(matching)
      let differing = disagreements(matching)
      if !differing.isEmpty {
        lines.append("To talk about:")
        lines += differing.prefix(Self.mostListed).map { "  " + $0 }
        if differing.count > Self.mostListed { lines.append("  and \(differing.count - Self.mostListed) more") }
      }
      let figures = figures(matching)
      if !figures.isEmpty {
        lines.append("How often you said the same (kappa: 1 is always, 0 as often as chance would have it):")
        lines += figures
      }
    }
    if report.names.count > 2 { lines += alphas }
    lines += ["", AgreementWords.bands]
    if moments.contains(where: { !$0.isEmpty }) { lines += ["", AgreementWords.singleEvents] }
    return lines
  }

  /// Where three or more differ most, all together.
  private var differing: [String] {
    guard !report.differing.isEmpty else { return [] }
    let turns = report.differing.prefix(Self.mostOfAll).map { turn in
      let questions = turn.differences.map { difference in
        let answers = difference.answers.map { "\(title(difference.aspect, $0.said)) (\(names($0.by)))" }
        return "\(name(difference.aspect)): \(answers.joined(separator: " or "))?"
      }
      let missing = turn.missing.isEmpty ? [] : ["Not tagged by \(names(turn.missing))."]
      return "  \(Timecode.text(turn.t)) " + (questions + missing).joined(separator: " ")
    }
    return ["Where you differ most, all together (the most first):"] + turns + [""]
  }

  private func names(_ places: [Int]) -> String { places.map { report.names[$0] }.inSentence }

  private func momentLine(_ matching: TurnMatching) -> [String] {
    let (a, b) = (moments[matching.first], moments[matching.second])
    guard !a.isEmpty || !b.isEmpty else { return [] }
    let matched = EventMatching(a, b, within: report.tolerance)
    let only = (matched.onlyFirst.map { a[$0] } + matched.onlySecond.map { b[$0] }).sorted().map(Timecode.text)
    return [
      "Critical moments: \(matched.pairs.count) marked by both"
        + (only.isEmpty ? "." : "; by one alone at \(only.inSentence).")
    ]
  }

  /// What two people say differently, and the turns that only one of them has, by time.
  private func disagreements(_ matching: TurnMatching) -> [String] {
    let found = report.aspects.filter { aspect in if case .function = aspect.aspect { false } else { true } }.flatMap {
      aspect in
      (pair(aspect, matching)?.disagreements ?? []).map { (aspect.aspect, $0) }
    }
    let differing = found.map { aspect, differing in
      let said = [differing.firstSaid, differing.secondSaid].map { title(aspect, $0) }
      return (
        differing.time,
        "\(name(aspect)): \(said[0]) (\(report.names[matching.first])) or "
          + "\(said[1]) (\(report.names[matching.second]))?"
      )
    }
    let alone = [(matching.first, matching.onlyFirst), (matching.second, matching.onlySecond)].flatMap { who, turns in
      turns.map { turn in
        let functions = turn.turn.functions.map { vocabulary.title(.function, $0.rawValue).lowercased() }
        let what = [people.name(turn.turn.by)] + (functions.isEmpty ? [] : [functions.joined(separator: ", ")])
        return (turn.t, "\(what.joined(separator: ": ")) (\(report.names[who]) alone)")
      }
    }
    return (differing + alone).sorted { $0.0 < $1.0 }.map { "\(Timecode.text($0.0)) \($0.1)" }
  }

  private func figures(_ matching: TurnMatching) -> [String] {
    report.aspects.compactMap { aspect in
      guard let pair = pair(aspect, matching), pair.compared > 0 else { return nil }
      let same = pair.observed.map { "\(Int(($0 * Double(pair.compared)).rounded())) of \(pair.compared) the same" }
      let reading =
        pair.compared < Self.enoughCompared ? "too few to say more" : AgreementWords.reading(pair.kappa)
      return "  \(name(aspect.aspect)): \(same ?? ""); \(reading) (kappa \(figure(pair.kappa)))"
    }
  }

  private var alphas: [String] {
    ["", "All together (Krippendorff’s alpha):"]
      + report.aspects.compactMap { aspect in
        aspect.alpha.map { "  \(name(aspect.aspect)): \(figure($0)), \(AgreementWords.reading($0))" }
      }
  }

  private func pair(_ aspect: AspectAgreement, _ matching: TurnMatching) -> PairAgreement? {
    aspect.pairs.first { $0.first == matching.first && $0.second == matching.second }
  }

  private func figure(_ value: Double?) -> String {
    guard let value else { return "–" }
    let hundredths = Int((value * 100).rounded())
    let digits = "\(abs(hundredths) % 100)"
    return (hundredths < 0 ? "−" : "") + "\(abs(hundredths) / 100)." + (digits.count < 2 ? "0" : "") + digits
  }

  private func name(_ aspect: Aspect) -> String {
    switch aspect {
    case .speaker: "who spoke"
    case .dimension(let dimension): (vocabulary.entry(dimension)?.title ?? dimension.rawValue).lowercased()
    case .function(let function): "“\(vocabulary.title(.function, function.rawValue).lowercased())”"
    }
  }

  private func title(_ aspect: Aspect, _ said: String) -> String {
    switch aspect {
    case .speaker: Speaker(rawValue: said).map(people.name) ?? said
    case .dimension(let dimension):
      said.split(separator: ", ").map { vocabulary.title(dimension, String($0)).lowercased() }.joined(separator: ", ")
    case .function: said
    }
  }
}
