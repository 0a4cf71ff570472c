import Coaching
import PromptLibrary
import TalkAnalysis

/// The signs of the four levels, and the meetings side by side.
extension Reflection {
  var signBlocks: [Page.Block] {
    let found = Dictionary(uniqueKeysWithValues: analysis.signs.map { ($0.sign.rawValue, $0) })
    // With a handful of tags most of it is open: only what turned up is shown.
    let isShown = { (finding: SignFinding) in
      self.analysis.enoughTags || finding.verdict == .seen || finding.verdict == .partly
    }
    let shown = levels.filter { level in level.signs.contains { found[$0.id].map(isShown) ?? false } }
    return (analysis.enoughTags ? [] : [.aside("With so few tags only what turned up is shown; the rest is open.")])
      + aboutLevels.map { .aside($0) }
      + shown.map { level in
        .signs(
          Page.SignLevel(
            title: level.title, sentence: level.sentence,
            signs: level.signs.compactMap { words in
              found[words.id].flatMap { isShown($0) ? $0 : nil }.map {
                Page.SignRow(
                  verdict: $0.verdict, title: words.title, sentence: words.sentence, rule: words.rule, places: $0.places
                )
              }
            }))
      }
  }

  /// This meeting beside those before it, and what became of what they left to try. Guide §4.1, §9.1 (C5, H1).
  var progressBlocks: [Page.Block] {
    let shown = earlier.suffix(Self.mostEarlier)
    let columns = shown.map { ($0.meeting, Analysis(TalkMeasures($0.state))) } + [(meeting, analysis)]
    func row(_ title: String, _ value: (Analysis) -> String) -> [String] { [title] + columns.map { value($0.1) } }
    let rows = [
      row("Turns tagged") { "\($0.turns)" },
      row("Of these by \(people.coach)") { analysis in
        "\(analysis.parts.first { $0.speaker == .coach }?.turns ?? 0)"
      },
      row("Topics opened by \(people.coachee)") { analysis in
        let opened = analysis.parts.map(\.opened).reduce(0, +)
        return opened == 0 ? "–" : "\(analysis.parts.first { $0.speaker == .coachee }?.opened ?? 0) of \(opened)"
      },
      row("Challenges, and how many were answered") { analysis in
        let all = analysis.patterns.challenges
        return all.isEmpty ? "–" : "\(all.count), \(all.count { !$0.answers.isEmpty })"
      },
      row("Times something stopped adding up") { "\($0.patterns.dissonances.count)" },
      row("Critical moments") { "\($0.patterns.moments.count)" },
      row("Runs of building together") { "\($0.patterns.buildings.count)" },
      row("Sizes of talk used, of five") { "\(($0.counts["scale"] ?? [:]).count)" },
    ]
    var blocks: [Page.Block] = [
      .comparison(
        Page.Comparison(
          caption: "This meeting and those before it", headings: [""] + columns.map { "\($0.0)" }, rows: rows))
    ]
    if let last = earlier.last(where: { !$0.state.actions.isEmpty }) {
      blocks.append(.heading("What you set out to try in \(last.meeting)"))
      blocks += last.state.actions.map { action in
        let places = measures.mentions(of: action)
        return .pattern(
          Page.Pattern(
            title: nil,
            text: "“\(action)” "
              + (places.isEmpty
                ? "You will know whether it came up; nothing that was noted says so."
                : "It may have come up, going by the words:"),
            places: places))
      }
    }
    return blocks
  }
}
